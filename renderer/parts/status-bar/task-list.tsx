import { Ban, Check, CircleAlert, Clock, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { Task } from '../../../shared/task.ts';
import { cancelTask, clearEndedTasks } from '../../actions/end-tasks.ts';
import { retryTask } from '../../actions/retry-task.ts';
import { useStores, useText } from '../../stores/context.tsx';
import { ByHand } from '../by-hand.tsx';
import { EngineText } from '../engine-text.tsx';
import { FailureCard } from '../failure-card.tsx';
import { useNow } from '../use-now.ts';

/** An order to thousands of guests makes thousands of tasks; nobody reads more than this. */
const mostDrawn = 100;
const order: Readonly<Record<Task['state'], number>> = { running: 0, failed: 1, waiting: 2, done: 3, cancelled: 3 };
const icons: Readonly<Record<Task['state'], LucideIcon>> = {
  waiting: Clock,
  running: LoaderCircle,
  done: Check,
  failed: CircleAlert,
  cancelled: Ban,
};

/** What is being done and what became of it: running first, then what failed, newest first. */
export function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const stores = useStores();
  const text = useText();
  const sorted = tasks.toSorted((a, b) => order[a.state] - order[b.state] || b.startedAt - a.startedAt);
  const now = useNow(tasks.some((task) => task.endedAt === undefined));
  const ended = tasks.some((task) => task.endedAt !== undefined);
  return (
    <>
      <div className="panel-title">
        <h2>{text.t('tasks.title')}</h2>
        {tasks.length > 0 && <span className="quiet-text">{text.t('tasks.counts', counts(tasks))}</span>}
        {ended && (
          <button type="button" className="button small" onClick={() => clearEndedTasks.run(tasks, stores)}>
            <clearEndedTasks.icon size={14} aria-hidden />
            <span>{clearEndedTasks.label(tasks, text)}</span>
          </button>
        )}
      </div>
      {tasks.length === 0 && <p className="quiet-text">{text.t('tasks.none')}</p>}
      <ul className="task-list">
        {sorted.slice(0, mostDrawn).map((task) => (
          <TaskItem key={task.id} task={task} now={now} />
        ))}
      </ul>
      {sorted.length > mostDrawn && (
        <p className="quiet-text">{text.t('tasks.more', { count: sorted.length - mostDrawn })}</p>
      )}
    </>
  );
}

/** How many are in which state, for the words that count them. */
function counts(tasks: readonly Task[]): Record<'running' | 'waiting' | 'failed', number> {
  const count = { running: 0, waiting: 0, failed: 0 };
  for (const { state } of tasks) if (state in count) count[state as keyof typeof count] += 1;
  return count;
}

type Standing = Task['state'] | 'ignored' | 'brokenOff' | 'recovering' | 'finished' | 'undone';

function standing({ state, endedAt, ignored, brokenOff, recovery, recovered }: Task): Standing {
  if (endedAt === undefined && ignored) return 'ignored';
  if (recovery && endedAt === undefined) return 'recovering';
  return recovered ?? (brokenOff ? 'brokenOff' : state);
}

function TaskItem({ task, now }: { task: Task; now: number }) {
  const stores = useStores();
  const text = useText();
  const Icon = icons[task.state];
  const name = { label: text.message(task.label), name: task.guestName };
  const open = task.endedAt === undefined;
  return (
    <li className="task" data-state={task.state}>
      <div className="task-line">
        <Icon size={14} aria-hidden className={task.state === 'running' ? 'spin' : undefined} />
        <span className="task-name">
          <strong>{name.label}</strong> <EngineText text={task.guestName} />
        </span>
        <span className="quiet-text">
          {text.t(`task.${standing(task)}`, {
            time: text.duration((task.endedAt ?? now) - task.startedAt),
          })}
        </span>
        {open &&
          (task.cancellable ? (
            <button
              type="button"
              className="button small"
              aria-label={cancelTask.label(task, text)}
              onClick={() => cancelTask.run(task, stores)}
            >
              {text.t('tasks.cancel')}
            </button>
          ) : (
            <span className="quiet-text">{text.t('tasks.cannotCancel')}</span>
          ))}
      </div>
      {task.state === 'running' && task.progress !== undefined && (
        <progress value={task.progress} aria-label={text.t('tasks.progress', name)} />
      )}
      <ByHand commands={task.commands} />
      {task.failure && task.state === 'failed' && !task.recovered && (
        <FailureCard failure={task.failure} onRetry={retryTask(task, stores)} />
      )}
    </li>
  );
}
