import { onStates } from '../../shared/guest-words.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { Inventory } from '../inventory/inventory.ts';

/** Milliseconds. */
export interface ShutdownTimes {
  /** A guest that has done nothing for so long has probably ignored it: force off is offered. */
  readonly ignored: number;
  /** Nobody waits longer. */
  readonly most: number;
}

export const usualShutdownTimes: ShutdownTimes = { ignored: 20_000, most: 300_000 };

/**
 * A shut-down is a request: the guest decides. Waits until it is off or gone.
 * @param ignored called once when it has not reacted for a while
 * @returns false when it is still on at the end of all patience
 */
export function waitForShutdown(
  inventory: Inventory,
  guest: GuestId,
  signal: AbortSignal,
  ignored: () => void,
  times: ShutdownTimes,
): Promise<boolean> {
  return new Promise((resolve) => {
    const isOff = (): boolean => !onStates.has(inventory.guest(guest)?.state ?? 'stopped');
    const end = (off: boolean): void => {
      clearTimeout(slow);
      clearTimeout(last);
      stop();
      signal.removeEventListener('abort', giveUp);
      resolve(off);
    };
    const giveUp = (): void => end(isOff());
    const slow = setTimeout(ignored, times.ignored);
    const last = setTimeout(giveUp, times.most);
    const stop = inventory.watchGuest(guest, () => isOff() && end(true));
    signal.addEventListener('abort', giveUp, { once: true });
    if (isOff()) end(true);
  });
}
