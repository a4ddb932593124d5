import { z } from 'zod';
import { columnIds, groupings } from './columns.ts';

/** How the list looks: kept over restarts, and under a name as a saved view. Nothing of it is about a certain guest. */
/** In characters. */
export const longestFilter = 1000;

export const listView = z.strictObject({
  /** Those shown, in order; width in CSS pixels. */
  columns: z
    .array(z.strictObject({ id: z.enum(columnIds), width: z.number().min(30).max(2000) }))
    .max(columnIds.length),
  sort: z.strictObject({ column: z.enum(columnIds), direction: z.enum(['ascending', 'descending']) }),
  filter: z.string().max(longestFilter),
  groupBy: z.enum(groupings),
});
export type ListView = z.infer<typeof listView>;

export const savedView = z.strictObject({ name: z.string().min(1).max(100), view: listView });
export type SavedView = z.infer<typeof savedView>;

/** What the window keeps of itself; a part that is left out was never changed. */
export const keptViews = z.strictObject({
  list: listView.optional(),
  saved: z.array(savedView).max(100),
  /** Sizes of panes in CSS pixels, and other numbers that the window remembers, by name. */
  sizes: z.record(z.string().max(100), z.number()),
});
export type KeptViews = z.infer<typeof keptViews>;
