import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { Annotation, Annotations } from './annotations.ts';

/** {@link Annotations} that last as long as this object: for tests. */
export class MemoryAnnotations implements Annotations {
  readonly #kept = new Map<GuestId, Annotation>();

  read(guest: GuestId): Annotation | undefined {
    return this.#kept.get(guest);
  }

  async keep(guest: GuestId, annotation: Annotation): Promise<void> {
    this.#kept.set(guest, annotation);
  }

  retain(engine: EngineId, guests: ReadonlySet<GuestId>): void {
    for (const guest of this.#kept.keys()) {
      if (guest.startsWith(`${engine}/`) && !guests.has(guest)) this.#kept.delete(guest);
    }
  }
}
