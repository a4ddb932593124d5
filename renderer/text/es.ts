import type { TextKey } from './en.ts';
import { acts } from './es/acts.ts';
import { app } from './es/app.ts';
import { detail } from './es/detail.ts';
import { engine } from './es/engine.ts';
import { list } from './es/list.ts';
import { snapshots } from './es/snapshots.ts';

/** Spanish: the same keys as English, each with the same parameters. */
export const es = { ...engine, ...list, ...detail, ...acts, ...app, ...snapshots } as const satisfies Readonly<
  Record<TextKey, string>
>;
