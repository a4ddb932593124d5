import type { Guest } from '../../../../shared/guest.ts';
import type { ContainerDetail } from '../../../../shared/guest-detail.ts';
import { useText } from '../../../stores/context.tsx';
import { visibleLines } from '../../../text/visible-text.ts';
import { Fact } from './facts.tsx';

/** What the health check says, and what it has said the last times. */
export function HealthFacts({ guest, log = [] }: { guest: Guest; log?: ContainerDetail['healthLog'] | undefined }) {
  const text = useText();
  if (!guest.health && log.length === 0) return null;
  return (
    <Fact term={text.t('column.health')}>
      {guest.health && (
        <span className="health-mark" data-health={guest.health}>
          <span className="state-dot" aria-hidden />
          <span>{text.t(`health.${guest.health}`)}</span>
        </span>
      )}
      {log.length > 0 && (
        <details className="chain" open={guest.health === 'unhealthy' || undefined}>
          <summary>{text.t('detail.healthLog', { count: log.length })}</summary>
          <ol className="health-log">
            {log.toReversed().map(({ at, exitCode, output }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: checks have no id, and two may be alike
              <li key={place}>
                <span className={exitCode === 0 ? 'quiet-text' : 'bad-text'}>
                  {[
                    at !== undefined && text.clock(at),
                    exitCode !== undefined && text.t('state.note.exitCode', { code: exitCode }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <pre dir="auto">{visibleLines(output)}</pre>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Fact>
  );
}
