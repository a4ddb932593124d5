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
  /** undefined where nothing was ever kept: what the guest itself says then holds. */
  read(guest: GuestId): Annotation | undefined;
  /** Holds at once; resolves when it is on the disk. @throws FailureError when it cannot be */
  keep(guest: GuestId, annotation: Annotation): Promise<void>;
  /**
   * These are all guests that the engine has now; what is known of others may be forgotten in time. Only for a list
   * that the engine gave: not being reachable is not being gone.
   */
  retain(engine: EngineId, guests: ReadonlySet<GuestId>): void;
}

export const noAnnotation: Annotation = { tags: [], protected: false };
