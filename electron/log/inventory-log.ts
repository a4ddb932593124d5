import type { EngineStatus } from '../../shared/engine-status.ts';
import type { EngineId, TaskId } from '../../shared/ids.ts';
import type { InventoryPatch } from '../../shared/inventory.ts';
import type { Task } from '../../shared/task.ts';
import { failureLine } from './failure-line.ts';

export type LogLevel = 'info' | 'warn' | 'error';
export type WriteLine = (level: LogLevel, line: string) => void;

/**
 * Logs what patches tell: engines that come and go, and tasks that fail. An engine that is tried again and fails as
 * before is not logged again. Guests are not named.
 */
export class InventoryLog {
  readonly #write: WriteLine;
  readonly #engines = new Map<EngineId, string>();
  readonly #failed = new Set<TaskId>();

  constructor(write: WriteLine) {
    this.#write = write;
  }

  take(patch: Pick<InventoryPatch, 'engines' | 'enginesGone' | 'tasks' | 'tasksGone'>): void {
    for (const engine of patch.engines) this.#engine(engine);
    for (const id of patch.enginesGone) {
      if (this.#engines.delete(id)) this.#write('info', `engine ${id}: not used any more`);
    }
    for (const task of patch.tasks) if (task.state === 'failed') this.#task(task);
    for (const id of patch.tasksGone) this.#failed.delete(id as TaskId);
  }

  #engine({ id, state, version, failure }: EngineStatus): void {
    const what = [state, state === 'live' && version, failure && failureLine(failure)].filter(Boolean).join(' · ');
    if (this.#engines.get(id) === what) return;
    this.#engines.set(id, what);
    this.#write(failure ? 'warn' : 'info', `engine ${id}: ${what}`);
  }

  #task({ id, action, guest, guestName, failure }: Task): void {
    if (this.#failed.has(id) || !failure) return;
    this.#failed.add(id);
    const engine = guest.slice(0, guest.lastIndexOf('/'));
    this.#write('warn', `${action.verb} failed at ${engine}: ${failureLine(failure, [guestName])}`);
  }
}
