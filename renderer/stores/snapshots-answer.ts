import type { GuestId } from '../../shared/ids.ts';
import type { Reply } from '../../shared/ipc/bridge.ts';
import type { GuestSnapshots } from '../../shared/snapshot.ts';
import { snapshotVerbs, type Verb } from '../../shared/verbs.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { createGuestAnswer, type GuestAnswerStore } from './guest-answer.ts';
import type { InventoryStore } from './inventory-store.ts';

/** Engines tell of no snapshot that another client makes: while they are shown they are read again so often. */
export const everyMs = 5000;

const changing: ReadonlySet<Verb> = new Set(['takeSnapshot', ...snapshotVerbs]);

/**
 * The snapshots of the guest that is shown: read again also when a task of ours on them has ended, and every few
 * seconds while the window is seen. What has not changed stays the same object: nothing is drawn again for it.
 * @param remembered of how many guests they are kept: they are shown at once, and read again
 */
export function createSnapshotsAnswer(
  bridge: Bridge,
  inventory: InventoryStore,
  remembered: number,
): { store: GuestAnswerStore<GuestSnapshots>; stop(): void } {
  let last: { readonly guest: GuestId; readonly text: string; readonly value: GuestSnapshots } | undefined;

  async function ask(guest: GuestId): Promise<Reply<GuestSnapshots>> {
    const reply = await bridge.call('guest.snapshots', { guest });
    if (!reply.ok) return reply;
    const text = JSON.stringify(reply.value);
    if (last?.guest !== guest || last.text !== text) last = { guest, text, value: reply.value };
    return { ok: true, value: last.value };
  }

  const { store, stop } = createGuestAnswer(ask, inventory, remembered);

  const timer = setInterval(() => {
    const { guest, answer, again } = store.getState();
    if (guest === undefined || answer.reading || document.visibilityState === 'hidden') return;
    // An engine without snapshots has none in five seconds either.
    if (answer.failure?.code !== 'not-supported') again();
  }, everyMs);

  const unsubscribe = inventory.subscribe(({ tasks }, before) => {
    const { guest, again } = store.getState();
    if (guest === undefined || tasks === before.tasks) return;
    for (const [id, task] of tasks) {
      if (task.guest !== guest || task.endedAt === undefined || !changing.has(task.action.verb)) continue;
      if (before.tasks.get(id)?.endedAt === undefined) return again();
    }
  });

  return {
    store,
    stop() {
      clearInterval(timer);
      unsubscribe();
      stop();
    },
  };
}
