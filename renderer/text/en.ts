import type { MainMessageKey } from '../../shared/message.ts';
import { acts } from './en/acts.ts';
import { app } from './en/app.ts';
import { detail } from './en/detail.ts';
import { engine } from './en/engine.ts';
import { list } from './en/list.ts';
import { snapshots } from './en/snapshots.ts';

/** English: key to ICU message, by area. */
export const en = { ...engine, ...list, ...detail, ...acts, ...app, ...snapshots } as const satisfies Readonly<
  Record<MainMessageKey, string>
> &
  Readonly<Record<string, string>>;

export type TextKey = keyof typeof en;
