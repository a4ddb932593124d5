import type { Bridge } from '../bridge/bridge.ts';
import type { Text } from '../text/make-text.ts';
import type { InventoryStore } from './inventory-store.ts';
import type { SettingsStore } from './settings-store.ts';

/** More at once would bury the desktop: the rest is counted. */
const mostAtOnce = 3;

/** Tells the desktop of tasks that fail, where the person wants that; main leaves it out while the window is in front. */
export function notifyFailures(
  bridge: Bridge,
  inventory: InventoryStore,
  settings: SettingsStore,
  text: () => Text,
): () => void {
  return inventory.subscribe(({ tasks, loaded }, before) => {
    if (tasks === before.tasks || !before.loaded || !loaded || !settings.getState().settings.notifications) return;
    const failed = [...tasks.values()].filter(
      (task) => task.state === 'failed' && before.tasks.get(task.id)?.state !== 'failed',
    );
    const words = text();
    for (const { failure, label, guestName } of failed.slice(0, mostAtOnce)) {
      const title = failure ? words.message(failure.title) : `${words.message(label)} ${guestName}`;
      const body = failure?.detail ? words.message(failure.detail) : '';
      void bridge.call('app.notify', { title: title.slice(0, 300), body: body.slice(0, 1000) });
    }
    const more = failed.length - mostAtOnce;
    if (more > 0) void bridge.call('app.notify', { title: words.t('notify.more', { count: more }), body: '' });
  });
}
