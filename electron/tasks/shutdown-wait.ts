import { onStates } from '../../shared/guest-words.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { History } from '../inventory/history.ts';
import type { Inventory } from '../inventory/inventory.ts';

/** Milliseconds. */
export interface ShutdownTimes {
  /** A guest that has done nothing for so long has probably ignored it: force off is offered. */
  readonly ignored: number;
  /** Nobody waits longer. */
  readonly most: number;
}

export const usualShutdownTimes: ShutdownTimes = { ignored: 20_000, most: 300_000 };

/** A shut-down that was asked for. */
export interface AskedShutdown {
  readonly guest: GuestId;
  /** Unix time in milliseconds. */
  readonly at: number;
}

/**
 * A shut-down is a request: the guest decides. Waits until it is off or gone. One that has begun anew since was off: a VM
 * may be told to (`on_poweroff` restart), and QEMU then keeps its process, so that nothing but the reboot is heard of.
 * @param ignored called once when it has not reacted for a while
 * @returns false when it is still on at the end of all patience
 */
export function waitForShutdown(
  inventory: Inventory,
  history: History,
  { guest, at }: AskedShutdown,
  signal: AbortSignal,
  ignored: () => void,
  times: ShutdownTimes,
): Promise<boolean> {
  return new Promise((resolve) => {
    const isOff = (): boolean => {
      const row = inventory.guest(guest);
      if (!row || !onStates.has(row.state) || (row.startedAt ?? 0) > at) return true;
      return history.of(guest).some((event) => event.at >= at && event.what.key === 'event.rebooted');
    };
    const look = (): void => {
      if (isOff()) end(true);
    };
    const end = (off: boolean): void => {
      clearTimeout(slow);
      clearTimeout(last);
      for (const stop of stops) stop();
      signal.removeEventListener('abort', giveUp);
      resolve(off);
    };
    const giveUp = (): void => end(isOff());
    const slow = setTimeout(ignored, times.ignored);
    const last = setTimeout(giveUp, times.most);
    const stops = [inventory.watchGuest(guest, look), history.watch((event) => event.guest === guest && look())];
    signal.addEventListener('abort', giveUp, { once: true });
    look();
  });
}
