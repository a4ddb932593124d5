import type { EngineId, GuestId } from '../../shared/ids.ts';

/** Facts of the person's own about a guest, where its engine has no place for them. */
export interface Annotation {
  readonly title?: string;
  readonly tags: readonly string[];
  readonly protected: boolean;
}

/**
 * Keeps annotations for engines that cannot: Docker's labels never change after creation. A domain's live in its
 * `<metadata>`. Lasting over restarts of the app is the store's work (electron/store/side-store.ts).
 */
export interface Annotations {
  read(guest: GuestId): Annotation;
  /** Resolves when it is kept. @throws FailureError when it cannot be */
  change(guest: GuestId, part: Partial<Annotation>): Promise<void>;
  /** Forgets what is known of guests of the engine that are not named: they are gone for good. */
  retain(engine: EngineId, guests: ReadonlySet<GuestId>): void;
}

export const noAnnotation: Annotation = { tags: [], protected: false };
