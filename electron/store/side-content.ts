import { z } from 'zod';
import { tags } from '../../shared/action.ts';
import { keptViews } from '../../shared/list-view.ts';
import type { Versions } from './json-file.ts';

/** A container that is recreated is gone for a moment, one whose project is down for days. */
export const forgetAfterMs = 30 * 24 * 3600 * 1000;

const annotation = z.strictObject({ title: z.string().max(200).optional(), tags, protected: z.boolean() });

/** What the side store keeps, as it is on the disk. */
export const sideContent = z.strictObject({
  schemaVersion: z.literal(2),
  /** Guest id to what is kept of it. */
  guests: z.record(
    z.string(),
    annotation.extend({
      /** Unix time in milliseconds at which its engine first listed its guests without it. */
      goneSince: z.number().optional(),
    }),
  ),
  views: keptViews,
});
export type SideContent = z.output<typeof sideContent>;

export const emptySide: SideContent = { schemaVersion: 2, guests: {}, views: { saved: [], sizes: {} } };

const version1 = z.object({
  schemaVersion: z.literal(1),
  guests: z.record(z.string(), z.record(z.string(), annotation)),
  views: keptViews,
});

/** Before it had a version, the file held no more than tags. */
const version0 = z.object({ guests: z.record(z.string(), z.record(z.string(), z.object({ tags }))) });

export const sideVersions: Versions = {
  current: 2,
  steps: [
    (old) => {
      const engines = Object.entries(version0.parse(old).guests).map(([engine, guests]) => [
        engine,
        Object.fromEntries(Object.entries(guests).map(([id, kept]) => [id, { ...kept, protected: false }])),
      ]);
      return { schemaVersion: 1, guests: Object.fromEntries(engines), views: emptySide.views };
    },
    // Guests were under their engine: now their own id is enough, and they stay a while after they have gone.
    (old) => {
      const { guests, views } = version1.parse(old);
      return { schemaVersion: 2, guests: Object.assign({}, ...Object.values(guests)), views };
    },
  ],
};
