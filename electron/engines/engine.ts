import type { Action } from '../../shared/action.ts';
import type { DeletePart } from '../../shared/delete-plan.ts';
import type { EngineKind } from '../../shared/engine-status.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Guest } from '../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../shared/guest-detail.ts';
import type { GuestEvent } from '../../shared/guest-event.ts';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import type { GuestSample } from '../../shared/metrics.ts';
import type { GuestSnapshots } from '../../shared/snapshot.ts';
import type { Json, Operation } from './operation.ts';

/** How the inventory and the window know an engine before it has answered anything. */
export interface EngineInfo {
  readonly id: EngineId;
  readonly kind: EngineKind;
  /** Short name for the status bar. */
  readonly name: string;
  /** URI or socket path. */
  readonly address: string;
  /** Found by looking around, not asked for: it is left out of the window until it has answered once. */
  readonly optional?: boolean;
  /** Whether aborting act() really stops what was begun, if the action says nothing else; where it does not, the window says that it cannot be cancelled. */
  readonly cancels?: boolean;
}

/** Something that the engine says has happened to one of its guests, whoever did it. */
export type EngineEvent = Pick<GuestEvent, 'guest' | 'at' | 'what' | 'bad'>;

/** What an open engine tells its owner. Signals are hints: the owner reads the guest again. */
export interface EngineWatcher {
  /** These guests may have changed, appeared or gone. */
  changed(guests: readonly GuestId[]): void;
  /** Anything may have changed (events were missed, a reconnect inside the engine): list again. */
  changedAll(): void;
  /** For the guest's history. Not a hint: what changed is told by changed(). */
  happened(events: readonly EngineEvent[]): void;
  /** The connection is gone. Told once; after it the engine is closed and may be opened again. */
  lost(failure: Failure): void;
}

/** What a running action may say and hear. */
export interface ActionRun {
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal;
  /** 0 to 1. */
  progress(part: number): void;
  /**
   * Says whether aborting `signal` from now on really stops what was begun. Not called: `info.cancels` holds for the
   * whole action.
   */
  cancellable(can: boolean): void;
  /** Does something in several steps, with a journal: broken off anywhere, it is finished or taken back. */
  perform(operation: Operation): Promise<void>;
}

/** Snapshots of the guests of an engine that has them; they are taken, restored and changed by act(). */
export interface SnapshotFacet {
  /** The snapshots of a guest, and what can be done with them and to take one, read now. */
  list(guest: GuestId): Promise<GuestSnapshots>;
}

/**
 * One connection to something that runs guests. The inventory owns it: it opens it, opens it again after `lost`, and
 * asks nothing of it while it is closed. Everything rejects with a `FailureError` (failure-error.ts) and nothing else.
 */
export interface Engine {
  readonly info: EngineInfo;
  /**
   * Connects and subscribes to events, so that a list() made after it misses nothing. Resolves with what answered, for
   * example `Docker 20.10.24 (API 1.41)`.
   */
  open(watcher: EngineWatcher): Promise<{ version: string }>;
  /** Ends the connection; safe to call when closed, and during open(), which then rejects. */
  close(): Promise<void>;
  /** Any cheap question: the inventory decides from its answering time whether the engine is silent. */
  ping(): Promise<void>;
  /** Every guest. One that cannot be read is in the list with its failure. */
  list(): Promise<Guest[]>;
  /** The named guests as they are now; those that are gone are left out. */
  read(guests: readonly GuestId[]): Promise<Guest[]>;
  /** Measures the named running guests once; those that cannot be measured are left out. */
  sample(guests: readonly GuestId[]): Promise<GuestSample[]>;
  /**
   * Does it and resolves when the engine has done its part. For shutDown of a domain that is the request: the guest
   * decides.
   */
  act(guest: GuestId, action: Action, run: ActionRun): Promise<void>;
  /** The same by hand: command lines right enough to paste, in order. Empty where the engine has no tool. */
  commands(guest: GuestId, action: Action): string[];
  /**
   * What would go with the guest if it were deleted now, with sizes, and what must stay.
   * @param together the same object for guests that are asked about together: what they share is read once for all
   */
  planDelete(guest: GuestId, together?: object): Promise<DeletePart[]>;
  /** All that is known of one guest, read now. */
  detail(guest: GuestId): Promise<GuestDetail>;
  /** The texts that define the guest, as the engine keeps them. */
  configuration(guest: GuestId): Promise<ConfigurationText[]>;
  readonly snapshots?: SnapshotFacet;
  /**
   * Makes again, from what its journal tells, an operation that was broken off.
   * @throws FailureError where this version does not know it
   */
  recall?(kind: string, plan: Json): Operation;
}
