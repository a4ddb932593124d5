import { CircleAlert, Search } from 'lucide-react';
import { useState } from 'react';
import type { GuestEvent } from '../../../../shared/guest-event.ts';
import type { Task } from '../../../../shared/task.ts';
import { retryTask } from '../../../actions/retry-task.ts';
import { FailureCard } from '../../../parts/failure-card.tsx';
import { useNow } from '../../../parts/use-now.ts';
import { useHistory, useInventory, useStores, useText } from '../../../stores/context.tsx';
import type { TabProps } from './one-guest.tsx';

/** What happened to the guest, newest first: told by its engine, or done from here. */
export function Events({ guest }: TabProps) {
  const text = useText();
  const { events, reading, failure, again } = useHistory(guest.id);
  const [filter, setFilter] = useState('');
  const now = useNow(events.length > 0, 10_000);
  const tasks = useInventory((inventory) => inventory.tasks);
  const wanted = filter.trim().toLocaleLowerCase(text.language);
  const shown = events.filter((event) => eventWords(event, text).toLocaleLowerCase(text.language).includes(wanted));
  return (
    <div className="history">
      <div className="history-head">
        <search className="filter">
          <Search size={14} aria-hidden />
          <input
            type="text"
            value={filter}
            placeholder={text.t('events.filter')}
            aria-label={text.t('events.filter')}
            spellCheck={false}
            onChange={(event) => setFilter(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || filter === '') return;
              event.stopPropagation();
              setFilter('');
            }}
          />
        </search>
        <span className="quiet-text" role="status">
          {wanted !== '' && text.t('events.found', { count: shown.length, total: events.length })}
        </span>
      </div>
      {failure && <FailureCard failure={failure} onRetry={again} />}
      {events.length === 0 && !failure && (
        <p className="quiet-text">{text.t(reading ? 'events.reading' : 'events.none')}</p>
      )}
      {events.length > 0 && shown.length === 0 && (
        <p className="quiet-text">{text.t('events.noMatch', { filter: filter.trim() })}</p>
      )}
      <ol className="event-list" aria-label={text.t('tab.events')}>
        {shown.map((event) => (
          <EventLine key={event.id} event={event} now={now} task={failedTask(event, tasks.values())} />
        ))}
      </ol>
    </div>
  );
}

function EventLine({ event, now, task }: { event: GuestEvent; now: number; task: Task | undefined }) {
  const text = useText();
  const stores = useStores();
  return (
    <li className="event" data-bad={event.bad || undefined}>
      <time dateTime={new Date(event.at).toISOString()} title={text.dateTime(event.at)}>
        <span className="digits">{text.clock(event.at)}</span>
        <span className="quiet-text"> {text.ago(now - event.at)}</span>
      </time>
      <span className="mark">{text.t(`events.from.${event.from}`)}</span>
      <span className="event-what">
        {event.bad && <CircleAlert size={14} aria-hidden />}
        <span>{text.message(event.what)}</span>
        {event.bad && <span className="for-readers">{text.t('events.bad')}</span>}
      </span>
      {task?.failure && (
        <div className="event-failure">
          <FailureCard failure={task.failure} onRetry={retryTask(task, stores)} />
        </div>
      )}
    </li>
  );
}

/** The task whose end this event tells of, if it failed: main writes both with the same time. */
function failedTask(event: GuestEvent, tasks: Iterable<Task>): Task | undefined {
  if (event.from !== 'posada' || !event.bad) return undefined;
  for (const task of tasks) {
    if (task.guest === event.guest && task.state === 'failed' && task.endedAt === event.at) return task;
  }
  return undefined;
}

/** All by which an event is found. */
function eventWords(event: GuestEvent, text: ReturnType<typeof useText>): string {
  return [text.message(event.what), text.t(`events.from.${event.from}`), text.clock(event.at)].join(' ');
}
