import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BrokenOff } from '../../shared/task.ts';
import type { Operation } from '../engines/operation.ts';
import { type JournalContent, JournalError, JournalFile, type JournalHead, parseJournal } from './journal-file.ts';
import { isBrokenByLoss, isLeft, type OperationRun, perform } from './perform.ts';
import { type Recovered, recover } from './recover.ts';

/** A journal whose operation has not come to its end, and of which nothing runs now. */
export interface LeftJournal {
  readonly file: string;
  readonly head: JournalHead;
  readonly why: BrokenOff;
}

/** A file that is no journal of ours; it stays where it is. */
export interface UnreadableJournal {
  readonly file: string;
  readonly error: unknown;
}

/** A step that the operation, as it is made now, does not have. */
export class UnknownStepError extends Error {
  constructor(step: string) {
    super(`there is no step ${step}`);
    this.name = 'UnknownStepError';
  }
}

/** The journals of all operations under way, one file each, and of those that were broken off. */
export class Journals {
  readonly folder: string;
  readonly #left = new Map<string, LeftJournal>();
  #heard: (left: LeftJournal) => void = () => undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Finds what earlier runs of the app have left; to be called before anything is performed. A journal that was not even
   * begun wholly is taken away: nothing was done.
   * @throws what fs says
   */
  async find(): Promise<UnreadableJournal[]> {
    const unreadable: UnreadableJournal[] = [];
    for (const { file, content } of await this.read((each) => unreadable.push(each))) {
      if (content) this.#left.set(file, { file, head: content.head, why: 'appEnded' });
      else await rm(file).catch((error) => unreadable.push({ file, error }));
    }
    return unreadable;
  }

  /** All that are on the disk now, those of running operations too. @throws what fs says of the folder */
  async read(
    unreadable: (file: UnreadableJournal) => void,
  ): Promise<{ file: string; content: JournalContent | undefined }[]> {
    const names = await readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []; // no operation was ever begun
      throw error;
    });
    const found: { file: string; content: JournalContent | undefined }[] = [];
    for (const name of names.filter((each) => each.endsWith('.jsonl')).sort()) {
      const file = path.join(this.folder, name);
      try {
        found.push({ file, content: parseJournal(await readFile(file, 'utf8')) });
      } catch (error) {
        unreadable({ file, error });
      }
    }
    return found;
  }

  /** Those that wait to be recovered, the newest first: each was begun on what the older ones had left. */
  left(): LeftJournal[] {
    return [...this.#left.values()].sort((a, b) => b.head.at - a.head.at);
  }

  /** Calls `heard` with each that is left from now on. */
  watch(heard: (left: LeftJournal) => void): void {
    this.#heard = heard;
  }

  /** Performs the operation with a journal. @throws JournalError where nothing was done; and as perform() does */
  async perform(
    operation: Operation,
    about: Omit<JournalHead, 'journal' | 'kind' | 'plan'>,
    run: OperationRun,
  ): Promise<void> {
    const { kind, plan } = operation;
    const head: JournalHead = { journal: 1, ...about, kind, plan };
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new JournalError(this.folder, 'begin', error);
    }
    const journal = await JournalFile.begin(this.folder, head);
    try {
      await perform(operation, journal, run);
    } catch (error) {
      await this.#leave(journal, head, error);
      throw error;
    }
  }

  /**
   * Brings a left one to its end.
   * @param recall makes its operation again
   * @throws what recall() throws, UnknownStepError, JournalError, and as recover() does: it is left then
   */
  async recover(left: LeftJournal, recall: (head: JournalHead) => Operation, run: OperationRun): Promise<Recovered> {
    const { file, head } = left;
    const content = parseJournal(await readFile(file, 'utf8'));
    const operation = recall(head);
    const names = new Set(operation.steps.map((step) => step.name));
    for (const step of content?.steps.keys() ?? []) if (!names.has(step)) throw new UnknownStepError(step);
    const journal = await JournalFile.goOn(file);
    try {
      const recovered = await recover(operation, content?.steps ?? new Map(), journal, run);
      this.#left.delete(file);
      return recovered;
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  async #leave(journal: JournalFile, head: JournalHead, error: unknown): Promise<void> {
    if (!isLeft(error)) return;
    await journal.close();
    const left = { file: journal.path, head, why: isBrokenByLoss(error) ? 'engineLost' : 'halfDone' } as const;
    this.#left.set(left.file, left);
    this.#heard(left);
  }
}
