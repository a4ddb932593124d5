import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineId, GuestId, TaskId } from '../../../shared/ids.ts';
import type { Operation, Step } from '../../engines/operation.ts';
import { Journals } from '../journals.ts';
import type { Recovered } from '../recover.ts';
import { watchJournalDisk } from './journal-disk.ts';

/** What one process has done, if it was not killed. */
export interface KillReport {
  /** Moments at which it could have been killed. */
  readonly moments: number;
  readonly recovered: readonly Recovered[];
}

const [what = '', folder = '', killAt = ''] = process.argv.slice(2);
let moments = 0;

/** Ends this process as nothing else does: no handler runs, nothing is written any more. */
async function moment(): Promise<void> {
  moments += 1;
  if (moments === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

/** Moments before, in the middle of, and after something that takes a while. */
async function through<T>(work: () => Promise<T>): Promise<T> {
  await moment();
  const running = work();
  await moment();
  const result = await running;
  await moment();
  return result;
}

const at = (name: string): string => path.join(folder, 'disks', name);
const gone = (name: string) => through(() => rm(at(name), { force: true }));

/**
 * Puts a copy of the disk in its place: `now` names the disk that is used. Up to the switch it can be taken back, from then
 * on it can only be finished.
 */
const steps: readonly Step[] = [
  {
    name: 'copy',
    do: async () => {
      await through(() => copyFile(at('disk-1'), at('disk-2.part')));
      return { size: (await readFile(at('disk-2.part'))).length };
    },
    undo: async () => gone('disk-2.part'),
  },
  {
    name: 'name',
    do: async (run) => {
      if (typeof run.facts('copy')?.size !== 'number') throw new Error('the step before has told nothing');
      await through(() => rename(at('disk-2.part'), at('disk-2')));
      return undefined;
    },
    undo: async () => gone('disk-2'),
  },
  {
    name: 'prepare',
    do: async () => through(() => writeFile(at('now.new'), 'disk-2')) as Promise<undefined>,
    undo: async () => gone('now.new'),
  },
  {
    name: 'switch',
    do: async () => {
      // Done again after a crash it may be there already.
      if ((await readFile(at('now'), 'utf8')) !== 'disk-2') await through(() => rename(at('now.new'), at('now')));
      return undefined;
    },
  },
  { name: 'tidy', do: async () => gone('disk-1') as Promise<undefined> },
];

const operation: Operation = { kind: 'copy', plan: null, steps };
const run = { signal: new AbortController().signal, progress: () => undefined, cancellable: () => undefined };

await watchJournalDisk({ moment }, true);
const journals = new Journals(path.join(folder, 'journal'));
const recovered: Recovered[] = [];
if (what === 'perform') {
  const about = { task: 'task' as TaskId, engine: 'files' as EngineId, guest: 'guest' as GuestId, guestName: 'web' };
  await journals.perform(operation, { ...about, action: { verb: 'start' }, at: Date.now() }, run);
} else {
  const unreadable = await journals.find();
  if (unreadable.length > 0) throw unreadable[0]?.error;
  for (const left of journals.left()) recovered.push(await journals.recover(left, () => operation, run));
}
process.send?.({ moments, recovered } satisfies KillReport);
