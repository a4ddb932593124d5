import { ListChecks } from 'lucide-react';
import { openPanel } from './in-page.ts';
import type { UserAction } from './user-action.ts';

/** The button with the list of tasks behind it has this id, so that it can be opened from anywhere. */
export const taskButtonId = 'task-button';

export const showTasks: UserAction = {
  id: 'tasks.show',
  icon: ListChecks,
  shortcuts: [{ key: 'j', ctrl: true }],
  label: (_none, text) => text.t('tasks.show'),
  run: () => openPanel(taskButtonId),
};
