import type { EngineId, GuestId } from '../../shared/ids.ts';

/**
 * Gives guests ids of ours where the engine's own id does not last: Docker gives a container a new id each time it is
 * recreated. Lasting over restarts of the app is the store's work (electron/store/identity-store.ts).
 */
export interface Identities {
  /**
   * The guest behind an engine's id, minted at first sight. `label` is what the container's label `io.posada.guest`
   * says: it decides, unless another container holds it already; then this one gets an id of its own.
   */
  guestFor(engine: EngineId, nativeId: string, label?: string): GuestId;
  /** The engine's id that the guest has now, or undefined for a guest that is gone or never was. */
  nativeFor(guest: GuestId): string | undefined;
  /** Forgets every container of the engine that is not named: its label is then free for the one that follows it. */
  retain(engine: EngineId, nativeIds: ReadonlySet<string>): void;
}
