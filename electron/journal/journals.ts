import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type JournalContent, JournalFile, type JournalHead, parseJournal } from './journal-file.ts';

/** A journal whose operation has not come to its end. */
export interface LeftJournal {
  readonly file: string;
  /** Undefined where nothing was done yet. */
  readonly content: JournalContent | undefined;
}

/** The journals of all operations under way, one file each. */
export class Journals {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws what fs says: then nothing may be done */
  async begin(head: JournalHead): Promise<JournalFile> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return JournalFile.begin(this.#folder, head);
  }

  /**
   * Those that an earlier run of the app has left.
   * @param unreadable is called with each that is none of ours; it stays where it is
   */
  async left(unreadable: (file: string, error: unknown) => void): Promise<LeftJournal[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []; // no operation was ever begun
      throw error;
    });
    const left: LeftJournal[] = [];
    for (const name of names.filter((each) => each.endsWith('.jsonl')).sort()) {
      const file = path.join(this.#folder, name);
      try {
        left.push({ file, content: parseJournal(await readFile(file, 'utf8')) });
      } catch (error) {
        unreadable(file, error);
      }
    }
    return left;
  }
}
