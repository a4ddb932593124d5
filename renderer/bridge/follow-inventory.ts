import type { Failure } from '../../shared/failure.ts';
import type { InventoryCopy, InventoryPatch } from '../../shared/inventory.ts';
import type { Bridge } from './bridge.ts';

/** Who keeps what main knows. */
export interface InventoryKeeper {
  /** Replaces everything. */
  load(copy: InventoryCopy): void;
  /** Applies the patches in their order, as one change. */
  apply(patches: readonly InventoryPatch[]): void;
  /** The copy could not be had; it is asked for again. */
  failed(failure: Failure): void;
}

/** Pause before a copy that could not be had is asked for again, in milliseconds. */
const copyAgainMs = 1000;

/**
 * Keeps `keeper` true to main's inventory: listens first, then takes the full copy, then applies the patches after
 * it. A missing number means that something was lost: a new copy is taken, nothing is guessed.
 * @returns what stops it
 */
export function followInventory(bridge: Bridge, keeper: InventoryKeeper): () => void {
  /** Patches that came while a copy was on its way. */
  let early: InventoryPatch[] = [];
  /** Number of the last patch applied; undefined while a copy is on its way. */
  let serial: number | undefined;
  let stopped = false;
  let again: ReturnType<typeof setTimeout> | undefined;

  function take(patches: readonly InventoryPatch[]): void {
    const inOrder: InventoryPatch[] = [];
    let gap = false;
    for (const patch of patches) {
      if (serial === undefined || patch.serial <= serial) continue; // already in the copy
      if (patch.serial !== serial + 1) {
        gap = true;
        break;
      }
      serial = patch.serial;
      inOrder.push(patch);
    }
    if (inOrder.length > 0) keeper.apply(inOrder);
    if (gap) void copy();
  }

  async function copy(): Promise<void> {
    serial = undefined;
    early = [];
    const reply = await bridge.call('inventory.read', {});
    if (stopped) return;
    if (!reply.ok) {
      keeper.failed(reply.failure);
      again = setTimeout(() => void copy(), copyAgainMs);
      return;
    }
    serial = reply.value.serial;
    keeper.load(reply.value);
    const waiting = early;
    early = [];
    take(waiting);
  }

  const deafen = bridge.listen('inventory.patch', (patch) => {
    if (serial === undefined) early.push(patch);
    else take([patch]);
  });
  void copy();
  return () => {
    stopped = true;
    clearTimeout(again);
    deafen();
  };
}
