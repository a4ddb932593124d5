import { randomUUID } from 'node:crypto';
import { constants, copyFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What a file's `schemaVersion` may be, and how an older content becomes today's. */
export interface Versions {
  readonly current: number;
  /** The step at n makes version n + 1 of version n; it may throw where the content is none of version n. */
  readonly steps: readonly ((old: unknown) => unknown)[];
}

/**
 * One JSON file with a schema. Written whole to a neighbour, synced, then renamed over: a crash leaves the old or the
 * new content, never half. What cannot be used is kept beside it under another name, not lost: a content that does not
 * parse, one of a newer version of the app, and with {@link Versions} the one that was there before it was migrated.
 */
export class JsonFile<S extends z.ZodType> {
  readonly #file: string;
  readonly #schema: S;
  readonly #versions: Versions | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** The write that takes along all that changes until it begins. */
  #next: Promise<void> | undefined;

  constructor(file: string, schema: S, versions?: Versions) {
    this.#file = file;
    this.#schema = schema;
    this.#versions = versions;
  }

  /**
   * Reads and checks the content; undefined when there is none, or when it was unusable and has been set aside. An
   * older content is backed up first (`side.json.v1-backup`), then migrated and written.
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
    const content = parseJson(text);
    const version = versionOf(content);
    const { current, steps } = this.#versions ?? { current: version, steps: [] };
    if (version > current) return this.#setAside(`newer-v${version}`, `it is of version ${version}`);
    const migrated = tryInOrder(steps.slice(version), content);
    const parsed = this.#schema.safeParse(migrated);
    if (!parsed.success) return this.#setAside('unreadable', parsed.error.message);
    if (version < current) {
      await this.#backUp(version);
      // Where it cannot be written now it is migrated again at the next start.
      await this.write(parsed.data as z.input<S>).catch((error) => console.error(`${this.#file} not migrated`, error));
    }
    return parsed.data;
  }

  /**
   * {@link read} for a store without which the app still works: what cannot be read at all, as a file of another user,
   * is told of, kept, and out of the way of the next write.
   */
  async readOrSetAside(): Promise<z.output<S> | undefined> {
    try {
      return await this.read();
    } catch (error) {
      console.error(`${this.#file} cannot be read`, error);
      await rename(this.#file, `${this.#file}.unreadable-${Date.now()}`).catch((second) => console.error(second));
      return undefined;
    }
  }

  /** Writes after all earlier writes; resolves when it is on the disk. */
  write(value: z.input<S>): Promise<void> {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    // An earlier failed write was its caller's to hear; it must not stop this one.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#replace(text));
    return this.#writing;
  }

  /**
   * Writes what `content` gives when its turn comes: changes that come while a write is under way share the next one.
   * Resolves when it is on the disk.
   */
  writeLatest(content: () => z.input<S>): Promise<void> {
    this.#next ??= this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return this.write(content());
      });
    return this.#next;
  }

  /** Resolves when all is on the disk, or could not be written, which was its writer's to hear. */
  async flush(): Promise<void> {
    await (this.#next ?? this.#writing).catch(() => undefined);
  }

  async #setAside(why: string, text: string): Promise<undefined> {
    const aside = `${this.#file}.${why}-${Date.now()}`;
    await rename(this.#file, aside);
    console.error(`${this.#file} is not what it should be; kept as ${aside}`, text);
    return undefined;
  }

  /** A backup that is there already is from an earlier migration of the same version: both stay. */
  async #backUp(version: number): Promise<void> {
    const backup = `${this.#file}.v${version}-backup`;
    try {
      await copyFile(this.#file, backup, constants.COPYFILE_EXCL);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      await copyFile(this.#file, `${backup}-${Date.now()}`, constants.COPYFILE_EXCL);
    }
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

const withVersion = z.object({ schemaVersion: z.int().min(0) });

/** The first files had no version: they are version 0. */
function versionOf(content: unknown): number {
  return withVersion.safeParse(content).data?.schemaVersion ?? 0;
}

/** undefined, which no schema takes, where a step met what it cannot use. */
function tryInOrder(steps: readonly ((old: unknown) => unknown)[], content: unknown): unknown {
  try {
    return steps.reduce((value, step) => step(value), content);
  } catch {
    return undefined;
  }
}
