import { CircleAlert, CircleCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Task } from '../../shared/task.ts';
import { useNotices, useText } from '../stores/context.tsx';
import { type Notice, noticesShown, type OrderResult } from '../stores/notices-store.ts';
import type { Text } from '../text/make-text.ts';
import { EngineText } from './engine-text.tsx';
import { FailureCard } from './failure-card.tsx';
import { IgnoredShutdown } from './ignored-shutdown.tsx';

/** The others have a line of their own that is read out. */
const alerting: ReadonlySet<Notice['about']> = new Set(['failure', 'ignored']);

/** More lines than this are left to the task list. */
const linesShown = 50;

/**
 * What the person is told without having to look: failures, and what became of an order to many guests. The newest are
 * shown; older ones come back when these are dismissed.
 */
export function Notices() {
  const text = useText();
  const notices = useNotices((state) => state.notices);
  const dismiss = useNotices((state) => state.dismiss);
  if (notices.length === 0) return null;
  const dismissAll = (): void => {
    for (const { id } of notices) dismiss(id);
  };
  const more = notices.length - noticesShown;
  return (
    <section className="notices" aria-label={text.t('notices.title')}>
      {more > 0 && (
        <p className="notice notices-more">
          <span>{text.t('notices.more', { count: more })}</span>
          <button type="button" className="button small" onClick={dismissAll}>
            {text.t('notices.dismissAll')}
          </button>
        </p>
      )}
      {notices.slice(-noticesShown).map((notice) => (
        <div key={notice.id} className="notice" role={alerting.has(notice.about) ? 'alert' : undefined}>
          <NoticeBody notice={notice} onDismiss={() => dismiss(notice.id)} />
        </div>
      ))}
    </section>
  );
}

function NoticeBody({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  if (notice.about === 'failure')
    return <FailureCard failure={notice.failure} reasons={notice.reasons} onDismiss={onDismiss} />;
  if (notice.about === 'ignored') return <IgnoredShutdown guest={notice.task.guest} onKeepWaiting={onDismiss} />;
  if (notice.about === 'recovered') return <Recovered task={notice.task} onDismiss={onDismiss} />;
  return <Result result={notice.result} onDismiss={onDismiss} />;
}

/** The sum of an order, and the result of each of its guests. */
function Result({ result, onDismiss }: { result: OrderResult; onDismiss: () => void }) {
  const text = useText();
  const bad = result.failed > 0;
  return (
    <Line line={orderText(result, text)} bad={bad} onDismiss={onDismiss}>
      <details className="failure-details" open={bad && result.ended.length <= 5}>
        <summary>{text.t('order.each')}</summary>
        <ResultLines ended={result.ended} />
      </details>
    </Line>
  );
}

/** What was broken off, and how it has ended. */
function Recovered({ task, onDismiss }: { task: Task; onDismiss: () => void }) {
  const text = useText();
  const { guestName: name, action, label, recovery: why = '', recovered: how = '' } = task;
  const params = { name, verb: action.verb, label: text.message(label), why, how };
  return <Line line={text.t('recovered.text', params)} bad={false} onDismiss={onDismiss} />;
}

interface LineProps {
  line: string;
  bad: boolean;
  onDismiss: () => void;
  children?: ReactNode;
}

/** One sentence that is read out, with more below it. */
function Line({ line, bad, onDismiss, children }: LineProps) {
  const text = useText();
  const Icon = bad ? CircleAlert : CircleCheck;
  return (
    <div className="failure" data-good={!bad || undefined}>
      <Icon size={16} aria-hidden className="failure-icon" />
      <div className="failure-body">
        <p className="failure-title" role="status">
          {line}
        </p>
        {children}
      </div>
      <button
        type="button"
        className="button small icon-only quiet"
        onClick={onDismiss}
        aria-label={text.t('failure.dismiss')}
        title={text.t('failure.dismiss')}
      >
        <X size={14} aria-hidden />
      </button>
    </div>
  );
}

/** What failed first, then the rest. */
function ResultLines({ ended }: { ended: readonly Task[] }) {
  const text = useText();
  const sorted = [...ended.filter((task) => task.state === 'failed'), ...ended.filter((t) => t.state !== 'failed')];
  return (
    <ul className="result-lines">
      {sorted.slice(0, linesShown).map((task) => (
        <li key={task.id} data-state={task.state}>
          <EngineText text={task.guestName} className="wraps" />
          <span>{lineText(task, text)}</span>
        </li>
      ))}
      {sorted.length > linesShown && <li>{text.t('order.seeTasks', { count: sorted.length - linesShown })}</li>}
    </ul>
  );
}

function lineText({ state, failure }: Task, text: Text): string {
  if (state === 'failed') return failure?.detail ? text.message(failure.detail) : text.t('task.failed');
  return text.t(state === 'cancelled' ? 'task.cancelled' : 'order.lineDone');
}

/** `9 started, 1 could not be started`. */
function orderText({ verb, done, failed, cancelled }: OrderResult, text: Text): string {
  return [
    (done > 0 || failed + cancelled === 0) && text.t('order.done', { verb, done }),
    failed > 0 && text.t('order.failed', { verb, failed }),
    cancelled > 0 && text.t('order.cancelled', { cancelled }),
  ]
    .filter(Boolean)
    .join(', ');
}
