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

/** A journal could not be begun, gone on with, or written. */
export class JournalError extends Error {
  readonly path: string;
  /**
   * `begin`: nothing may be done. `write`: the line is not in the journal, which is as it was before. `torn`: nobody knows
   * how much of the line is in it, and nothing can be written any more.
   */
  readonly at: 'begin' | 'write' | 'torn';

  constructor(file: string, at: JournalError['at'], cause: unknown) {
    super(`${file} could not be written`, { cause });
    this.name = 'JournalError';
    this.path = file;
    this.at = at;
  }
}

/** What is written while an operation runs. */
export interface Journal {
  /** Resolves when the line is on the disk. @throws JournalError */
  write(line: JournalLine): Promise<void>;
  /** The operation is over, one way or the other: nothing of it is left to do. */
  end(): Promise<void>;
}

/** The journal of one operation: a line a step, each on the disk before what it tells of is done. */
export class JournalFile implements Journal {
  readonly path: string;
  readonly #handle: FileHandle;
  /** Bytes of whole lines. */
  #whole: number;
  #torn = false;

  private constructor(file: string, handle: FileHandle, whole: number) {
    this.path = file;
    this.#handle = handle;
    this.#whole = whole;
  }

  /** Begins one. @throws JournalError: then nothing may be done */
  static async begin(folder: string, head: JournalHead): Promise<JournalFile> {
    const file = path.join(folder, `${head.task}.jsonl`);
    const text = `${JSON.stringify(head)}\n`;
    try {
      const handle = await open(file, 'ax', 0o600);
      try {
        await handle.appendFile(text);
        await handle.sync();
        await syncFolder(folder);
      } catch (error) {
        await handle.close();
        await rm(file, { force: true });
        throw error;
      }
      return new JournalFile(file, handle, Buffer.byteLength(text));
    } catch (error) {
      throw new JournalError(file, 'begin', error);
    }
  }

  /**
   * Goes on with one that was left; a last line that was cut off is cut away.
   * @throws JournalError: then nothing may be done
   */
  static async goOn(file: string): Promise<JournalFile> {
    try {
      const text = await readFile(file, 'utf8');
      const whole = Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
      const handle = await open(file, 'a');
      try {
        await handle.truncate(whole);
      } catch (error) {
        await handle.close();
        throw error;
      }
      return new JournalFile(file, handle, whole);
    } catch (error) {
      throw new JournalError(file, 'begin', error);
    }
  }

  async write(line: JournalLine): Promise<void> {
    if (this.#torn) throw new JournalError(this.path, 'torn', undefined);
    const text = `${JSON.stringify(line)}\n`;
    try {
      await this.#handle.appendFile(text);
      await this.#handle.datasync();
      this.#whole += Buffer.byteLength(text);
    } catch (error) {
      this.#torn = !(await this.#cut());
      throw new JournalError(this.path, this.#torn ? 'torn' : 'write', error);
    }
  }

  /** Half a line would make one of the next. @returns whether the journal is as it was before it */
  #cut(): Promise<boolean> {
    return this.#handle
      .truncate(this.#whole)
      .then(() => this.#handle.datasync())
      .then(
        () => true,
        () => false,
      );
  }

  /** Takes it away. One that cannot be stays: at the next start it is seen that nothing is left to do, and told so. */
  async end(): Promise<void> {
    await this.close();
    try {
      await rm(this.path);
      await syncFolder(path.dirname(this.path));
    } catch (error) {
      console.error(`${this.path} could not be taken away`, error);
    }
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
