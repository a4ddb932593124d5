import { z } from 'zod';
import { defaultSettings } from '../../shared/default-settings.ts';
import { type Settings, settings } from '../../shared/settings.ts';
import { JsonFile } from './json-file.ts';

const content = z.record(z.string(), z.unknown());
type Content = z.output<typeof content>;

/**
 * The person's settings, kept in one file, which always opens. Each field stands for itself: one that cannot be used has
 * its default, and the others hold.
 */
export class SettingsStore {
  readonly #file: JsonFile<typeof content>;
  readonly #changed: (now: Settings) => void;
  #now: Settings = defaultSettings;
  /** Fields of the file that say nothing to this version, as a newer one writes them: they stay until they are changed. */
  #unused: Content = {};

  private constructor(file: string, changed: (now: Settings) => void) {
    this.#file = new JsonFile(file, content);
    this.#changed = changed;
  }

  /** @param changed is called with the new settings after each change */
  static async open(file: string, changed: (now: Settings) => void): Promise<SettingsStore> {
    const store = new SettingsStore(file, changed);
    store.#take((await store.#file.readOrSetAside()) ?? {}, file);
    return store;
  }

  read(): Settings {
    return this.#now;
  }

  /** Applies at once, resolves when it is on the disk. */
  async change(part: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings> {
    const changes = Object.entries(part).filter(([, value]) => value !== undefined);
    this.#now = { ...this.#now, ...Object.fromEntries(changes) };
    const changed = new Set(changes.map(([field]) => field));
    this.#unused = Object.fromEntries(Object.entries(this.#unused).filter(([field]) => !changed.has(field)));
    this.#changed(this.#now);
    await this.#file.write({ ...this.#now, ...this.#unused });
    return this.#now;
  }

  /** Resolves when all is on the disk, or could not be written. */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  #take(saved: Content, file: string): void {
    const shape: Readonly<Record<string, z.ZodType>> = settings.shape;
    const used: Content = {};
    for (const [field, value] of Object.entries(saved)) {
      const parsed = Object.hasOwn(shape, field) ? shape[field]?.safeParse(value) : undefined;
      if (parsed?.success) used[field] = parsed.data;
      else this.#unused[field] = value;
      if (parsed?.error) console.error(`${file}: ${field} cannot be used`, parsed.error.message);
    }
    this.#now = settings.parse({ ...defaultSettings, ...used });
  }
}
