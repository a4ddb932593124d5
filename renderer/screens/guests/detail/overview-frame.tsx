import { RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Guest } from '../../../../shared/guest.ts';
import type { GuestDetail } from '../../../../shared/guest-detail.ts';
import { GuestCharts } from '../../../parts/charts/guest-charts.tsx';
import { FailureCard } from '../../../parts/failure-card.tsx';
import { useText } from '../../../stores/context.tsx';
import type { Answer } from '../../../stores/guest-answer.ts';
import { AwaitedFacts } from './facts.tsx';
import { GuestAdvice } from './guest-advice.tsx';

interface OverviewFrameProps {
  guest: Guest;
  stale: number | true | undefined;
  answer: Answer<GuestDetail>;
  again: () => void;
  /** Groups of facts. */
  children: ReactNode;
}

/** What every overview has: what wants a decision, the charts, and the facts with how old they are. */
export function OverviewFrame({ guest, stale, answer, again, children }: OverviewFrameProps) {
  const text = useText();
  const on = guest.state === 'running' || guest.state === 'paused';
  const { value, at, reading, failure } = answer;
  const old = stale !== undefined || failure !== undefined;
  return (
    <div className="overview" data-charts={on || undefined}>
      <div className="overview-first">
        <GuestAdvice guest={guest} />
        {failure && !guest.failure && <FailureCard failure={failure} onRetry={again} />}
        {on && <GuestCharts guest={guest} old={stale !== undefined} />}
      </div>
      <div className="fact-groups" aria-busy={reading}>
        <AwaitedFacts value={reading && value === undefined}>{children}</AwaitedFacts>
        {old && at !== undefined && (
          <p className="quiet-text facts-old">
            <RefreshCw size={12} aria-hidden />
            <span>{text.t('detail.asOf', { time: text.moment(at) })}</span>
          </p>
        )}
      </div>
    </div>
  );
}
