import type { GuestId } from '../../shared/ids.ts';
import type { TrayMenu } from '../../shared/tray.ts';
import type { Verb } from '../../shared/verbs.ts';
import type { Bridge } from '../bridge/bridge.ts';
import type { Text } from '../text/make-text.ts';
import type { Inventory, InventoryStore } from './inventory-store.ts';
import type { Orders } from './orders.ts';
import type { SettingsStore } from './settings-store.ts';

/** Guests that run and have an entry of their own, and stopped ones that were used lately. */
const mostRunning = 15;
const mostStopped = 5;
/** Verbs that do no harm without a question. */
const quick: readonly Verb[] = ['start', 'shutDown', 'restart', 'pause', 'resume'];
/** Changes of so many milliseconds become one menu. */
const foldMs = 500;

/** What the tray shows: the guests that run, those that were used lately, each with its quick verbs. */
export function trayMenuOf({ guests }: Inventory, wasActedOn: (guest: GuestId) => boolean, text: Text): TrayMenu {
  const all = [...guests.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const running = all.filter((guest) => guest.state === 'running' || guest.state === 'paused');
  const lately = all.filter((guest) => !running.includes(guest) && wasActedOn(guest.id));
  const entries = [...running.slice(0, mostRunning), ...lately.slice(0, mostStopped)].map((guest, place) => {
    const items = guest.offers
      .filter(({ verb, ready }) => ready && quick.includes(verb))
      .map(({ verb, label }) => ({ id: `${verb} ${guest.id}`, label: text.message(label), enabled: true }));
    return {
      id: `guest ${guest.id}`,
      label: `${guest.name}: ${text.t(`state.${guest.state}`)}`.slice(0, 300),
      // It stays while nothing can be done to it now: its engine may not answer for a moment.
      enabled: items.length > 0,
      apart: place === 0,
      items,
    };
  });
  const plain = (id: string, label: string, apart = false) => ({ id, label, enabled: true, apart, items: [] });
  return {
    tip: text.t('tray.tip', { running: running.length }),
    items: [plain('show', text.t('tray.show')), ...entries, plain('quit', text.t('tray.quit'), true)],
  };
}

/** Keeps the tray's menu true and does what is chosen in it. @returns what stops that */
export function followTray(
  bridge: Bridge,
  inventory: InventoryStore,
  settings: SettingsStore,
  orders: Orders,
  text: () => Text,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = '';
  function send(): void {
    timer = undefined;
    const menu = trayMenuOf(inventory.getState(), orders.wasActedOn, text());
    const key = JSON.stringify(menu);
    if (key === sent) return;
    sent = key;
    void bridge.call('tray.set', menu);
  }
  function later(): void {
    if (settings.getState().tray) timer ??= setTimeout(send, foldMs);
  }
  const stops = [
    inventory.subscribe((now, before) => now.guests !== before.guests && later()),
    settings.subscribe((now, before) => (now.tray !== before.tray || now.language !== before.language) && later()),
    bridge.listen('tray.chosen', ({ id }) => choose(id)),
  ];
  function choose(id: string): void {
    const at = id.indexOf(' ');
    const guest = id.slice(at + 1) as GuestId;
    const verb = quick.find((each) => each === id.slice(0, at));
    const ready = inventory
      .getState()
      .guests.get(guest)
      ?.offers.some((offer) => offer.verb === verb && offer.ready);
    if (verb && ready) void orders.act([guest], { verb } as Parameters<Orders['act']>[1]);
  }
  return () => {
    clearTimeout(timer);
    for (const stop of stops) stop();
  };
}
