import type { GuestId } from '../../shared/ids.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { isMeasured } from './guest-facts.ts';
import type { GuestListStore } from './guest-list-store.ts';

/** Rows that rush by while scrolling need no figures. */
const settleMs = 150;

/**
 * Tells main which guests to measure: those on screen, the one whose charts are shown, all when sorted by a figure, none
 * while nobody looks.
 */
export interface MetricsWatch {
  /** The guests on screen now. */
  onScreen(guests: readonly GuestId[]): void;
  /** The guest whose charts are shown: it is measured even where its row is scrolled away. */
  charted(guest: GuestId | undefined): void;
  stop(): void;
}

export function createMetricsWatch(bridge: Bridge, list: GuestListStore): MetricsWatch {
  let guests: readonly GuestId[] = [];
  let charted: GuestId | undefined;
  let sent = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function send(): void {
    timer = undefined;
    const visible = document.visibilityState !== 'hidden';
    const input = visible
      ? {
          guests: [...new Set(charted === undefined ? guests : [...guests, charted])],
          all: isMeasured(list.getState().sort.column),
        }
      : { guests: [], all: false };
    const key = JSON.stringify(input);
    if (key === sent) return;
    sent = key;
    void bridge.call('metrics.watch', input);
  }
  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(send, settleMs);
  }

  document.addEventListener('visibilitychange', send);
  const unsubscribe = list.subscribe((now, before) => {
    if (now.sort !== before.sort) send();
  });
  return {
    onScreen(now) {
      guests = now;
      later();
    },
    charted(guest) {
      charted = guest;
      later();
    },
    stop() {
      clearTimeout(timer);
      unsubscribe();
      document.removeEventListener('visibilitychange', send);
    },
  };
}
