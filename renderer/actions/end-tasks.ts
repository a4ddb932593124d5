import { ListX, X } from 'lucide-react';
import type { Task } from '../../shared/task.ts';
import { send } from './send.ts';
import type { UserAction } from './user-action.ts';

/** Takes back a task that waits, or stops one whose engine can. */
export const cancelTask: UserAction<Task> = {
  id: 'task.cancel',
  icon: X,
  label: (task, text) => text.t('tasks.cancelOne', { label: text.message(task.label), name: task.guestName }),
  run: (task, stores) => void send(stores, 'task.cancel', { task: task.id }),
};

/** Takes all ended tasks out of the list. */
export const clearEndedTasks: UserAction<readonly Task[]> = {
  id: 'task.dismiss',
  icon: ListX,
  label: (_tasks, text) => text.t('tasks.clear'),
  run: (tasks, stores) =>
    void send(stores, 'task.dismiss', {
      tasks: tasks.filter((task) => task.endedAt !== undefined).map((task) => task.id),
    }),
};
