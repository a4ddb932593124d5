import type { EngineId, GuestId } from '../../shared/ids.ts';
import { type Annotation, type Annotations, noAnnotation } from './annotations.ts';

/** {@link Annotations} that last as long as this object: for tests. */
export class MemoryAnnotations implements Annotations {
  readonly #kept = new Map<GuestId, Annotation>();

  read(guest: GuestId): Annotation {
    return this.#kept.get(guest) ?? noAnnotation;
  }

  async change(guest: GuestId, part: Partial<Annotation>): Promise<void> {
    this.#kept.set(guest, { ...this.read(guest), ...part });
  }

  retain(engine: EngineId, guests: ReadonlySet<GuestId>): void {
    for (const guest of this.#kept.keys()) {
      if (guest.startsWith(`${engine}/`) && !guests.has(guest)) this.#kept.delete(guest);
    }
  }
}
