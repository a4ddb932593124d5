import type { ActionRun } from '../../engines/engine.ts';
import type { Journal } from '../journal-file.ts';
import { perform } from '../perform.ts';

/** A run of an action that nobody follows and nobody cancels; its operations have a journal that is kept nowhere. */
export function quietRun(more: Partial<Omit<ActionRun, 'perform'>> = {}): ActionRun {
  const run = {
    signal: new AbortController().signal,
    progress: () => undefined,
    cancellable: () => undefined,
    ...more,
  };
  return { ...run, perform: (operation) => perform(operation, nowhere, run) };
}

const nowhere: Journal = { write: async () => undefined, end: async () => undefined };
