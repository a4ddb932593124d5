import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { action } from '../../shared/action.ts';
import { engineId, guestId, taskId } from '../../shared/ids.ts';
import type { Facts, Json } from '../engines/operation.ts';

/** Ours is read only, which zod's is not. */
const json = z.json() as unknown as z.ZodType<Json>;
const facts: z.ZodType<Facts> = z.record(z.string(), json);

/** First line: what is being done, and to what. */
export const journalHead = z.object({
  journal: z.literal(1),
  task: taskId,
  engine: engineId,
  guest: guestId,
  guestName: z.string(),
  action,
  /** Unix time in milliseconds. */
  at: z.number(),
  kind: z.string(),
  plan: json,
});
export type JournalHead = z.infer<typeof journalHead>;

const journalLine = z.discriminatedUnion('now', [
  z.object({ now: z.literal('begin'), step: z.string() }),
  z.object({ now: z.literal('done'), step: z.string(), facts: facts.optional() }),
  z.object({ now: z.literal('undone'), step: z.string() }),
]);
export type JournalLine = z.infer<typeof journalLine>;

/** How far a step came, as the journal tells. */
export interface StepState {
  readonly at: 'begun' | 'done' | 'undone';
  readonly facts?: Facts | undefined;
}

/** What is written while an operation runs. */
export interface Journal {
  /** Resolves when the line is on the disk. */
  write(line: JournalLine): Promise<void>;
  /** The operation is over, one way or the other: nothing of it is left to do. */
  end(): Promise<void>;
}

/** The journal of one operation: a line a step, each on the disk before what it tells of is done. */
export class JournalFile implements Journal {
  readonly path: string;
  readonly #handle: FileHandle;

  private constructor(file: string, handle: FileHandle) {
    this.path = file;
    this.#handle = handle;
  }

  /** Begins one. @throws what fs says: then nothing may be done */
  static async begin(folder: string, head: JournalHead): Promise<JournalFile> {
    const file = path.join(folder, `${head.task}.jsonl`);
    const handle = await open(file, 'ax', 0o600);
    try {
      await handle.write(`${JSON.stringify(head)}\n`);
      await handle.sync();
      await syncFolder(folder);
    } catch (error) {
      await handle.close();
      await rm(file, { force: true });
      throw error;
    }
    return new JournalFile(file, handle);
  }

  /** Goes on with one that an earlier run of the app has left; a last line that was cut off is cut away. */
  static async goOn(file: string): Promise<JournalFile> {
    const text = await readFile(file, 'utf8');
    const handle = await open(file, 'r+');
    const whole = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
    await handle.truncate(whole);
    await handle.close();
    return new JournalFile(file, await open(file, 'a'));
  }

  async write(line: JournalLine): Promise<void> {
    await this.#handle.write(`${JSON.stringify(line)}\n`);
    await this.#handle.datasync();
  }

  async end(): Promise<void> {
    await this.close();
    await rm(this.path);
    await syncFolder(path.dirname(this.path));
  }

  /** Leaves it where it is, for the next recovery. */
  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** What a journal tells. */
export interface JournalContent {
  readonly head: JournalHead;
  /** Of the steps that were begun, by name, in the order in which they were begun. */
  readonly steps: ReadonlyMap<string, StepState>;
}

/**
 * Reads a journal. A last line without its end was being written when the app ended: what it tells of was not done yet.
 * @returns undefined where not even the first line is whole: then nothing was done
 * @throws Error for a content that is none of ours
 */
export function parseJournal(text: string): JournalContent | undefined {
  const lines = text.split('\n').slice(0, -1);
  const [first, ...rest] = lines;
  if (first === undefined) return undefined;
  const head = journalHead.parse(JSON.parse(first));
  const steps = new Map<string, StepState>();
  for (const line of rest) {
    const { now, step, ...more } = journalLine.parse(JSON.parse(line));
    if (now === 'begin') steps.set(step, { at: 'begun' });
    else if (now === 'undone') steps.set(step, { at: 'undone' });
    else steps.set(step, { at: 'done', facts: 'facts' in more ? more.facts : undefined });
  }
  return { head, steps };
}

/** A new name in a folder is on the disk only when the folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
