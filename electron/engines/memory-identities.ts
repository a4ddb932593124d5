import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { Identities } from './identities.ts';

/** {@link Identities} that last as long as this object: for tests. */
export class MemoryIdentities implements Identities {
  readonly #guests = new Map<EngineId, Map<string, GuestId>>();
  readonly #natives = new Map<GuestId, string>();
  #minted = 0;

  guestFor(engine: EngineId, nativeId: string, label?: string): GuestId {
    const guests = this.#guests.get(engine) ?? new Map<string, GuestId>();
    this.#guests.set(engine, guests);
    const known = guests.get(nativeId);
    if (known && this.#natives.get(known) === nativeId) return known;
    const labelled = label === undefined ? undefined : (`${engine}/${label}` as GuestId);
    const guest = [known, labelled].find((id) => id && !this.#natives.has(id)) ?? this.#mint(engine);
    guests.set(nativeId, guest);
    this.#natives.set(guest, nativeId);
    return guest;
  }

  nativeFor(guest: GuestId): string | undefined {
    return this.#natives.get(guest);
  }

  retain(engine: EngineId, nativeIds: ReadonlySet<string>): void {
    for (const [native, guest] of this.#guests.get(engine) ?? []) {
      if (!nativeIds.has(native) && this.#natives.get(guest) === native) this.#natives.delete(guest);
    }
  }

  forget(engine: EngineId, nativeId: string): void {
    const guest = this.#guests.get(engine)?.get(nativeId);
    this.#guests.get(engine)?.delete(nativeId);
    if (guest && this.#natives.get(guest) === nativeId) this.#natives.delete(guest);
  }

  #mint(engine: EngineId): GuestId {
    this.#minted += 1;
    return `${engine}/guest-${this.#minted}` as GuestId;
  }
}
