import type { Task } from '../../shared/task.ts';
import type { AppStores } from '../stores/app-stores.ts';

/**
 * What asks once more for what a task has failed at. Undefined for what was broken off: that has first to be brought to its
 * end, and main does so by itself.
 */
export function retryTask({ guest, action, recovery, brokenOff }: Task, { orders }: AppStores) {
  return recovery || brokenOff ? undefined : (): void => void orders.act([guest], action);
}
