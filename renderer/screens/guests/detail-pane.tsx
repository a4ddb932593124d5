import type { ReactNode } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { EngineText } from '../../parts/engine-text.tsx';
import { FailureCard } from '../../parts/failure-card.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useInventory, useMetrics, useText } from '../../stores/context.tsx';
import { memoryWords } from './figure-cells.tsx';
import { useChosen } from './use-chosen.ts';

/** The facts of the chosen guest, or of many together. */
export function DetailPane() {
  const text = useText();
  const chosen = useChosen();
  const [only] = chosen;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long facts scroll, also by keyboard
    <section className="detail" aria-label={text.t('detail.title')} tabIndex={0}>
      {chosen.length === 0 && <p className="quiet-text">{text.t('guests.noneSelected')}</p>}
      {chosen.length === 1 && only && <OneGuest guest={only} />}
      {chosen.length > 1 && <ManyGuests guests={chosen} />}
    </section>
  );
}

function OneGuest({ guest }: { guest: Guest }) {
  const text = useText();
  const engine = useInventory((inventory) => inventory.engines.get(guest.engine));
  const samples = useMetrics((metrics) => metrics.samples.get(guest.id));
  const now = useNow(guest.startedAt !== undefined && guest.state === 'running');
  const last = samples?.at(-1);
  const stale = engine?.state === 'live' ? undefined : (engine?.lastContact ?? true);
  return (
    <>
      <h2 className="panel-title">
        <EngineText text={guest.name} />
        <StateMark guest={guest} stale={stale} />
      </h2>
      {guest.failure && <FailureCard failure={guest.failure} />}
      <dl className="facts">
        <Fact term={text.t('detail.kind')}>{text.t(`kind.${guest.kind}`)}</Fact>
        <Fact term={text.t('detail.engine')}>{engine && <EngineText text={engine.name} />}</Fact>
        <Fact term={text.t('detail.image')}>{guest.image && <EngineText text={guest.image} className="wraps" />}</Fact>
        <Fact term={text.t('detail.cpus')}>{guest.cpus !== undefined && text.number(guest.cpus)}</Fact>
        <Fact term={text.t('detail.cpu')}>
          {last?.cpu !== undefined && stale === undefined && (
            <span className="figure" title={text.t('detail.cpuCurve')}>
              <span>{text.t('measure.cpu', { percent: text.percent(last.cpu) })}</span>
              <Sparkline
                values={(samples ?? []).map((sample) => sample.cpu)}
                most={(guest.cpus ?? 1) * 100}
                width={90}
              />
            </span>
          )}
        </Fact>
        <Fact term={text.t('detail.memory')}>
          {last?.memory !== undefined && stale === undefined
            ? memoryWords(last, guest.memoryLimit, text)
            : guest.memoryLimit !== undefined && text.bytes(guest.memoryLimit)}
        </Fact>
        <Fact term={text.t('detail.addresses')}>
          {guest.addresses.length > 0 && <EngineText text={guest.addresses.join(', ')} className="wraps" />}
        </Fact>
        <Fact term={text.t('detail.ports')}>
          {guest.ports.length > 0 &&
            guest.ports
              .map(({ hostAddress, hostPort, guestPort, protocol }) =>
                text.t('detail.portOnHost', {
                  host: `${hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress}:${hostPort}`,
                  guest: `${guestPort}/${protocol}`,
                }),
              )
              .join(', ')}
        </Fact>
        <Fact term={text.t('detail.created')}>{guest.createdAt !== undefined && text.dateTime(guest.createdAt)}</Fact>
        <Fact term={text.t('detail.started')}>
          {guest.startedAt !== undefined &&
            text.t('detail.startedValue', {
              time: text.dateTime(guest.startedAt),
              ago: text.ago(now - guest.startedAt),
            })}
        </Fact>
        <Fact term={text.t('detail.id')}>
          <span className="with-button">
            <EngineText text={guest.nativeId} className="digits" />
            <CopyButton what={guest.nativeId} label={text.t('menu.copyId')} />
          </span>
        </Fact>
      </dl>
    </>
  );
}

/** A fact that is not known is a dash: the grid of facts keeps its shape from guest to guest. */
function Fact({ term, children }: { term: string; children: ReactNode }) {
  const text = useText();
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children || <span className="quiet-text">{text.t('detail.none')}</span>}</dd>
    </div>
  );
}

function ManyGuests({ guests }: { guests: readonly Guest[] }) {
  const text = useText();
  const counts = new Map<Guest['state'], number>();
  for (const { state } of guests) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (
    <>
      <h2 className="panel-title">{text.t('detail.many', { count: guests.length })}</h2>
      <p>
        {Array.from(counts, ([state, count]) =>
          text.t('detail.stateCount', { state: text.t(`state.${state}`), count }),
        ).join(' · ')}
      </p>
    </>
  );
}
