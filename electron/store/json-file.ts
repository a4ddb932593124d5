import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/**
 * One JSON file with a schema. Written whole to a neighbour, synced, then renamed over: a crash leaves the old or the
 * new content, never half. A file that does not parse is kept beside it under another name, not lost.
 */
export class JsonFile<S extends z.ZodType> {
  readonly #file: string;
  readonly #schema: S;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: string, schema: S) {
    this.#file = file;
    this.#schema = schema;
  }

  /**
   * Reads and checks the content; undefined when there is none, or when it was unusable and has been set aside.
   * @throws what fs says for anything but a missing file
   */
  async read(): Promise<z.output<S> | undefined> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
    const parsed = this.#schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const aside = `${this.#file}.unreadable-${Date.now()}`;
    await rename(this.#file, aside);
    console.error(`${this.#file} is not what it should be; kept as ${aside}`, parsed.error.message);
    return undefined;
  }

  /** Writes after all earlier writes; resolves when it is on the disk. */
  write(value: z.input<S>): Promise<void> {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    // An earlier failed write was its caller's to hear; it must not stop this one.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#replace(text));
    return this.#writing;
  }

  async #replace(text: string): Promise<void> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    const next = `${this.#file}.${randomUUID()}`;
    try {
      const handle = await open(next, 'wx', 0o600);
      try {
        await handle.writeFile(text);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(next, this.#file);
    } catch (error) {
      await rm(next, { force: true });
      throw error;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it with words of its own
  }
}
