import { RefreshCw } from 'lucide-react';
import type { EngineStatus } from '../../../shared/engine-status.ts';
import { tryEngine } from '../../actions/try-engine.ts';
import { useInventory, useStores, useText } from '../../stores/context.tsx';
import { EngineText } from '../engine-text.tsx';
import { FailureCard } from '../failure-card.tsx';
import { Popover } from '../popover.tsx';
import { useNow } from '../use-now.ts';

/** One engine in the status bar: a sign, its name, and what is wrong; more in its panel. */
export function EngineItem({ engine }: { engine: EngineStatus }) {
  const text = useText();
  const wrong = engine.state !== 'live';
  const state = text.t(`engine.${engine.state}`);
  return (
    <Popover
      buttonClass="status-button engine-item"
      label={text.t('engine.status', { name: engine.name, state })}
      className="engine-panel"
      face={
        <>
          <span className="engine-sign" data-state={engine.state} aria-hidden />
          <EngineText text={engine.name} />
          <span className={wrong ? 'engine-state' : 'for-readers'}>
            {state}
            {wrong && <LastSeen at={engine.lastContact} />}
          </span>
        </>
      }
    >
      {() => <EnginePanel engine={engine} />}
    </Popover>
  );
}

function LastSeen({ at }: { at: number | undefined }) {
  const text = useText();
  const now = useNow(at !== undefined);
  return at === undefined ? null : ` (${text.t('engine.lastSeen', { ago: text.ago(now - at) })})`;
}

function EnginePanel({ engine }: { engine: EngineStatus }) {
  const stores = useStores();
  const text = useText();
  const wrong = engine.state !== 'live';
  const now = useNow(wrong);
  const guests = useInventory((inventory) => {
    let count = 0;
    for (const guest of inventory.guests.values()) if (guest.engine === engine.id) count += 1;
    return count;
  });
  const facts: [string, string | undefined][] = [
    [text.t('engine.version'), engine.version],
    [text.t('engine.address'), engine.address],
    [text.t('engine.guests'), text.number(guests)],
    [text.t('engine.lastContact'), engine.lastContact && text.dateTime(engine.lastContact)],
    [
      text.t('engine.nextTry'),
      engine.nextTry && text.t('engine.nextTryValue', { time: text.duration(engine.nextTry - now) }),
    ],
  ].map(([term, value]) => [String(term), value ? String(value) : undefined]);
  return (
    <>
      <h2 className="panel-title">
        <span className="engine-sign" data-state={engine.state} aria-hidden />
        <EngineText text={engine.name} />
        <span className="quiet-text">{text.t(`engine.${engine.state}`)}</span>
      </h2>
      <dl className="facts narrow">
        {facts.map(
          ([term, value]) =>
            value !== undefined && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  <EngineText text={value} className="wraps" />
                </dd>
              </div>
            ),
        )}
      </dl>
      {engine.failure && <FailureCard failure={engine.failure} onRetry={() => tryEngine.run(engine.id, stores)} />}
      {wrong && !engine.failure && (
        <button type="button" className="button small" onClick={() => tryEngine.run(engine.id, stores)}>
          <RefreshCw size={14} aria-hidden />
          <span>{text.t('engine.retry')}</span>
        </button>
      )}
    </>
  );
}
