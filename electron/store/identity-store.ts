import { randomUUID } from 'node:crypto';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { Identities } from '../engines/identities.ts';
import { type IdentityContent, identityContent, identityVersions } from './identity-content.ts';
import { JsonFile } from './json-file.ts';
import { forgetAfterMs } from './side-content.ts';

interface Known {
  readonly guest: GuestId;
  /** Unix time in milliseconds; undefined while it is there. */
  readonly goneSince?: number | undefined;
}

/**
 * Which guest a native id belongs to, over restarts of the app. Losing the file loses the ids, and with them what the
 * side store keeps of containers without a label of ours: such guests get new ones. It always opens.
 */
export class IdentityStore implements Identities {
  readonly #file: JsonFile<typeof identityContent>;
  readonly #engines = new Map<EngineId, Map<string, Known>>();
  /** Of the guests that are there. */
  readonly #natives = new Map<GuestId, string>();

  private constructor(file: string) {
    this.#file = new JsonFile(file, identityContent, identityVersions);
  }

  static async open(file: string): Promise<IdentityStore> {
    const store = new IdentityStore(file);
    const saved = await store.#file.readOrSetAside();
    for (const [engine, all] of Object.entries(saved?.engines ?? {})) {
      for (const [native, { guest, goneSince }] of Object.entries(all)) {
        store.#put(engine as EngineId, native, { guest: guest as GuestId, goneSince });
      }
    }
    return store;
  }

  guestFor(engine: EngineId, nativeId: string, label?: string): GuestId {
    const known = this.#engines.get(engine)?.get(nativeId);
    if (known && known.goneSince === undefined) return known.guest;
    const fromLabel = label ? (`${engine}/${label}` as GuestId) : undefined;
    // A copied label names two containers, and one that was gone may have been followed by another under its label: an
    // id that is held is not given twice.
    const guest =
      [known?.guest, fromLabel].find((id) => id !== undefined && !this.#natives.has(id)) ??
      (`${engine}/${randomUUID()}` as GuestId);
    this.#put(engine, nativeId, { guest });
    this.#save();
    return guest;
  }

  /** What is not listed is known for 30 more days, as in the side store: a socket may show another daemon meanwhile. */
  retain(engine: EngineId, nativeIds: ReadonlySet<string>): void {
    const now = Date.now();
    for (const [native, { guest, goneSince }] of this.#engines.get(engine) ?? []) {
      if (nativeIds.has(native)) continue;
      if (goneSince === undefined) {
        this.#natives.delete(guest);
        this.#put(engine, native, { guest, goneSince: now });
        this.#save();
      } else if (now - goneSince > forgetAfterMs) this.forget(engine, native);
    }
  }

  forget(engine: EngineId, nativeId: string): void {
    const guests = this.#engines.get(engine);
    const known = guests?.get(nativeId);
    if (!guests || !known) return;
    guests.delete(nativeId);
    if (this.#natives.get(known.guest) === nativeId) this.#natives.delete(known.guest);
    this.#save();
  }

  nativeFor(guest: GuestId): string | undefined {
    return this.#natives.get(guest);
  }

  #put(engine: EngineId, native: string, known: Known): void {
    let guests = this.#engines.get(engine);
    if (!guests) {
      guests = new Map();
      this.#engines.set(engine, guests);
    }
    guests.set(native, known);
    if (known.goneSince === undefined) this.#natives.set(known.guest, native);
  }

  /** Resolves when all that is known is on the disk, or could not be written. */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Many at once, as a first list brings them, are few writes. */
  #save(): void {
    const content = (): IdentityContent => {
      const engines = Object.fromEntries([...this.#engines].map(([id, guests]) => [id, Object.fromEntries(guests)]));
      return { schemaVersion: 2, engines };
    };
    this.#file.writeLatest(content).catch((error) => console.error('identities not saved', error));
  }
}
