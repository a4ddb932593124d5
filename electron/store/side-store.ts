import { z } from 'zod';
import { tags } from '../../shared/action.ts';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import { type KeptViews, keptViews } from '../../shared/list-view.ts';
import { type Annotation, type Annotations, noAnnotation } from '../engines/annotations.ts';
import { JsonFile } from './json-file.ts';

const annotation = z.strictObject({ title: z.string().max(200).optional(), tags, protected: z.boolean() });

const content = z.strictObject({
  schemaVersion: z.literal(1),
  /** Engine id to guest id to what is kept of it. */
  guests: z.record(z.string(), z.record(z.string(), annotation)),
  views: keptViews,
});
type Content = z.output<typeof content>;

const empty: Content = { schemaVersion: 1, guests: {}, views: { saved: [], sizes: {} } };

/**
 * What engines cannot keep, in one file: tags, titles and protection of containers, and how the window looks. Losing it
 * loses conveniences, never a guest.
 */
export class SideStore implements Annotations {
  readonly #file: JsonFile<typeof content>;
  #now: Content = empty;

  private constructor(file: string) {
    this.#file = new JsonFile(file, content);
  }

  static async open(file: string): Promise<SideStore> {
    const store = new SideStore(file);
    store.#now = (await store.#file.read()) ?? empty;
    return store;
  }

  read(guest: GuestId): Annotation {
    const kept = this.#now.guests[engineOf(guest)]?.[guest];
    if (!kept) return noAnnotation;
    const { title, ...rest } = kept;
    return { ...rest, ...(title !== undefined && { title }) };
  }

  async change(guest: GuestId, part: Partial<Annotation>): Promise<void> {
    const { title, tags: now, protected: held } = { ...this.read(guest), ...part };
    const engine = engineOf(guest);
    const next = { tags: [...now], protected: held, ...(title && { title }) };
    const guests = { ...this.#now.guests[engine], [guest]: next };
    await this.#keep({ ...this.#now, guests: { ...this.#now.guests, [engine]: guests } });
  }

  retain(engine: EngineId, guests: ReadonlySet<GuestId>): void {
    const kept = this.#now.guests[engine];
    if (!kept || Object.keys(kept).every((guest) => guests.has(guest as GuestId))) return;
    const left = Object.fromEntries(Object.entries(kept).filter(([guest]) => guests.has(guest as GuestId)));
    this.#keep({ ...this.#now, guests: { ...this.#now.guests, [engine]: left } }).catch((error) =>
      console.error('side store not saved', error),
    );
  }

  views(): KeptViews {
    return this.#now.views;
  }

  async keepViews(part: { [K in keyof KeptViews]?: KeptViews[K] | undefined }): Promise<void> {
    const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
    await this.#keep({ ...this.#now, views: { ...this.#now.views, ...given } });
  }

  #keep(next: Content): Promise<void> {
    this.#now = next;
    return this.#file.write(next);
  }
}

/** A guest's id begins with its engine's and a slash (see identity-store.ts); neither UUIDs nor ours have one. */
function engineOf(guest: GuestId): EngineId {
  return guest.slice(0, guest.lastIndexOf('/')) as EngineId;
}
