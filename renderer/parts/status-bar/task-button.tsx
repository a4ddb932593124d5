import { ListChecks, LoaderCircle } from 'lucide-react';
import type { Task } from '../../../shared/task.ts';
import { taskButtonId } from '../../actions/show-tasks.ts';
import { useInventory, useText } from '../../stores/context.tsx';
import { Popover } from '../popover.tsx';
import { TaskList } from './task-list.tsx';

/** How many tasks run and how many have failed; the task list is behind it. */
export function TaskButton() {
  const text = useText();
  const tasks = useInventory((inventory) => inventory.tasks);
  const all = [...tasks.values()];
  const open = all.filter((task) => task.endedAt === undefined);
  const failed = all.filter((task) => task.state === 'failed').length;
  return (
    <Popover
      buttonId={taskButtonId}
      buttonClass="status-button task-button"
      label={text.t('tasks.title')}
      className="task-panel"
      face={
        <>
          {open.length > 0 ? (
            <LoaderCircle size={14} aria-hidden className="spin" />
          ) : (
            <ListChecks size={14} aria-hidden />
          )}
          <span>{open.length > 0 ? text.t('tasks.running', { count: open.length }) : text.t('tasks.title')}</span>
          {open.length > 0 && <span>{text.percent(partDone(open, all) * 100)}</span>}
          {failed > 0 && <span className="bad-text">{text.t('tasks.failed', { count: failed })}</span>}
        </>
      }
    >
      {() => <TaskList tasks={all} />}
    </Popover>
  );
}

/** How far the open tasks are, together with those of the same moment that have ended. 0 to 1. */
function partDone(open: readonly Task[], all: readonly Task[]): number {
  const since = Math.min(...open.map((task) => task.startedAt));
  const together = all.filter((task) => task.startedAt >= since);
  const done = together.reduce((sum, task) => sum + (task.endedAt === undefined ? (task.progress ?? 0) : 1), 0);
  return together.length > 0 ? done / together.length : 0;
}
