import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useNotices, useText } from '../stores/context.tsx';
import type { Notice, OrderResult } from '../stores/notices-store.ts';
import type { Text } from '../text/make-text.ts';
import { FailureCard } from './failure-card.tsx';

/** What the person is told without having to look: failures, and what became of an order to many guests. */
export function Notices() {
  const text = useText();
  const notices = useNotices((state) => state.notices);
  const dismiss = useNotices((state) => state.dismiss);
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label={text.t('notices.title')}>
      {notices.map((notice) => (
        <div key={notice.id} className="notice" role={notice.about === 'failure' ? 'alert' : undefined}>
          <NoticeBody notice={notice} onDismiss={() => dismiss(notice.id)} />
        </div>
      ))}
    </section>
  );
}

function NoticeBody({ notice, onDismiss }: { notice: Notice; onDismiss: () => void }) {
  const text = useText();
  if (notice.about === 'failure') return <FailureCard failure={notice.failure} onDismiss={onDismiss} />;
  const bad = notice.result.failed > 0;
  const Icon = bad ? CircleAlert : CircleCheck;
  return (
    <div className="failure" data-good={!bad || undefined}>
      <Icon size={16} aria-hidden className="failure-icon" />
      <div className="failure-body" role="status">
        <p className="failure-title">{orderText(notice.result, text)}</p>
        {bad && <p className="failure-detail">{text.t('order.seeTasks')}</p>}
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
