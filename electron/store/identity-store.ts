import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { Identities } from '../engines/identities.ts';
import { JsonFile } from './json-file.ts';

const content = z.strictObject({
  schemaVersion: z.literal(1),
  /** Engine id to native id to guest id. */
  engines: z.record(z.string(), z.record(z.string(), z.string())),
});

/**
 * Which guest a native id belongs to, over restarts of the app. Losing the file loses nothing but the ids: guests get
 * new ones.
 */
export class IdentityStore implements Identities {
  readonly #file: JsonFile<typeof content>;
  readonly #guests = new Map<EngineId, Map<string, GuestId>>();
  readonly #natives = new Map<GuestId, string>();

  private constructor(file: string) {
    this.#file = new JsonFile(file, content);
  }

  static async open(file: string): Promise<IdentityStore> {
    const store = new IdentityStore(file);
    const saved = await store.#file.read();
    for (const [engine, guests] of Object.entries(saved?.engines ?? {})) {
      for (const [native, guest] of Object.entries(guests)) store.#put(engine as EngineId, native, guest as GuestId);
    }
    return store;
  }

  guestFor(engine: EngineId, nativeId: string, label?: string): GuestId {
    const known = this.#guests.get(engine)?.get(nativeId);
    if (known) return known;
    // A copied label names two containers: the second gets an id of its own.
    const fromLabel = label ? (`${engine}/${label}` as GuestId) : undefined;
    const guest = fromLabel && !this.#natives.has(fromLabel) ? fromLabel : (`${engine}/${randomUUID()}` as GuestId);
    this.#put(engine, nativeId, guest);
    this.#save();
    return guest;
  }

  /** Forgets containers of the engine that are not listed any more; their guest ids may be carried over by a label. */
  retain(engine: EngineId, nativeIds: ReadonlySet<string>): void {
    for (const [native, guest] of this.#guests.get(engine) ?? []) {
      if (nativeIds.has(native)) continue;
      this.#guests.get(engine)?.delete(native);
      if (this.#natives.get(guest) === native) this.#natives.delete(guest);
      this.#save();
    }
  }

  nativeFor(guest: GuestId): string | undefined {
    return this.#natives.get(guest);
  }

  #put(engine: EngineId, native: string, guest: GuestId): void {
    let guests = this.#guests.get(engine);
    if (!guests) {
      guests = new Map();
      this.#guests.set(engine, guests);
    }
    guests.set(native, guest);
    this.#natives.set(guest, native);
  }

  /** Resolves when all that is known is on the disk, or could not be written. */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Many at once, as a first list brings them, are few writes. */
  #save(): void {
    const content = () => {
      const engines = Object.fromEntries([...this.#guests].map(([id, guests]) => [id, Object.fromEntries(guests)]));
      return { schemaVersion: 1 as const, engines };
    };
    this.#file.writeLatest(content).catch((error) => console.error('identities not saved', error));
  }
}
