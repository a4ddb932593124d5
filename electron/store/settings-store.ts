import { defaultSettings } from '../../shared/default-settings.ts';
import { type Settings, settings } from '../../shared/settings.ts';
import { JsonFile } from './json-file.ts';

/** The person's settings, kept in one file. A field that a newer version added has its default. */
export class SettingsStore {
  readonly #file: JsonFile<ReturnType<typeof settings.partial>>;
  readonly #changed: (now: Settings) => void;
  #now: Settings = defaultSettings;

  private constructor(file: string, changed: (now: Settings) => void) {
    this.#file = new JsonFile(file, settings.partial());
    this.#changed = changed;
  }

  /** @param changed is called with the new settings after each change */
  static async open(file: string, changed: (now: Settings) => void): Promise<SettingsStore> {
    const store = new SettingsStore(file, changed);
    store.#now = { ...defaultSettings, ...withoutGaps((await store.#file.read()) ?? {}) };
    return store;
  }

  read(): Settings {
    return this.#now;
  }

  /** Applies at once, resolves when it is on the disk. */
  async change(part: { [K in keyof Settings]?: Settings[K] | undefined }): Promise<Settings> {
    this.#now = { ...this.#now, ...withoutGaps(part) };
    this.#changed(this.#now);
    await this.#file.write(this.#now);
    return this.#now;
  }

  /** Resolves when all is on the disk, or could not be written. */
  flush(): Promise<void> {
    return this.#file.flush();
  }
}

function withoutGaps(part: { [K in keyof Settings]?: Settings[K] | undefined }): Partial<Settings> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}
