import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { KeptViews } from '../../shared/list-view.ts';
import { say } from '../../shared/message.ts';
import type { Annotation, Annotations } from '../engines/annotations.ts';
import { FailureError } from '../engines/failure-error.ts';
import { JsonFile } from './json-file.ts';
import { emptySide, forgetAfterMs, type SideContent, sideContent, sideVersions } from './side-content.ts';

/**
 * What engines cannot keep, in one file: tags, titles and protection of containers, and how the window looks. Losing it
 * loses conveniences, never a guest: so it always opens.
 */
export class SideStore implements Annotations {
  readonly #path: string;
  readonly #file: JsonFile<typeof sideContent>;
  #now: SideContent = emptySide;

  private constructor(file: string) {
    this.#path = file;
    this.#file = new JsonFile(file, sideContent, sideVersions);
  }

  static async open(file: string): Promise<SideStore> {
    const store = new SideStore(file);
    store.#now = (await store.#file.readOrSetAside()) ?? emptySide;
    return store;
  }

  read(guest: GuestId): Annotation | undefined {
    const kept = this.#now.guests[guest];
    if (!kept) return undefined;
    const { title, tags, protected: held } = kept;
    return { tags, protected: held, ...(title !== undefined && { title }) };
  }

  async keep(guest: GuestId, { title, tags, protected: held }: Annotation): Promise<void> {
    const next = { tags: [...tags], protected: held, ...(title && { title }) };
    await this.#keep({ ...this.#now, guests: { ...this.#now.guests, [guest]: next } });
  }

  /** What is known of a guest outlasts it by 30 days: it may come back under the label that it carried. */
  retain(engine: EngineId, guests: ReadonlySet<GuestId>): void {
    const now = Date.now();
    let changed = false;
    const kept = Object.entries(this.#now.guests).flatMap(([guest, { goneSince, ...annotation }]) => {
      const there = !guest.startsWith(`${engine}/`) || guests.has(guest as GuestId);
      const since = guest.startsWith(`${engine}/`) ? (there ? undefined : (goneSince ?? now)) : goneSince;
      const over = since !== undefined && now - since > forgetAfterMs;
      changed ||= over || since !== goneSince;
      return over ? [] : [[guest, { ...annotation, ...(since !== undefined && { goneSince: since }) }] as const];
    });
    if (!changed) return;
    this.#keep({ ...this.#now, guests: Object.fromEntries(kept) }).catch((error) => console.error(error));
  }

  views(): KeptViews {
    return this.#now.views;
  }

  /** Keeps the parts that are given. @throws FailureError when they cannot be written */
  async keepViews(part: { [K in keyof KeptViews]?: KeptViews[K] | undefined }): Promise<void> {
    const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
    await this.#keep({ ...this.#now, views: { ...this.#now.views, ...given } });
  }

  /** Resolves when all that was changed is on the disk, or could not be written: to be awaited before the app ends. */
  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** Holds at once; many quick changes are few writes. */
  async #keep(next: SideContent): Promise<void> {
    this.#now = next;
    try {
      await this.#file.writeLatest(() => this.#now);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new FailureError(
        {
          code: 'no-resources',
          title: say('failure.title.keep'),
          detail: say('failure.detail.notKept', { path: this.#path }),
          remedies: [{ do: 'retry' }],
          raw: { source: 'system', text },
        },
        error,
      );
    }
  }
}
