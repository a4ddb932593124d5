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
  /**
   * These are all containers that the engine has now. Others are gone, and their labels free for those that follow them;
   * one that comes back after a while is the guest that it was, unless another holds its id by now.
   */
  retain(engine: EngineId, nativeIds: ReadonlySet<string>): void;
  /** The container was removed: its native id never comes back. */
  forget(engine: EngineId, nativeId: string): void;
}
