import type { ContainerMount } from '../../../../shared/guest-detail.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { useText } from '../../../stores/context.tsx';
import { Copyable } from './facts.tsx';

/** What of the host is seen inside the container, and where. */
export function Mounts({ mounts, awaited }: { mounts: readonly ContainerMount[] | undefined; awaited: boolean }) {
  const text = useText();
  if (!mounts) return <p className="quiet-text">{awaited ? '…' : text.t('detail.none')}</p>;
  if (mounts.length === 0) return <p className="quiet-text">{text.t('mount.none')}</p>;
  return (
    <ul className="things">
      {mounts.map((mount) => (
        <li key={mount.destination}>
          <p className="thing-head">
            <EngineText text={mount.destination} className="thing-name" />
            <span className="quiet-text">{mount.type}</span>
            {mount.readOnly && <span className="mark">{text.t('disk.readOnly')}</span>}
            {mount.anonymous && <span className="mark">{text.t('mount.anonymous')}</span>}
          </p>
          {mount.source !== '' && <Copyable value={mount.source} label={text.t('detail.copyPath')} />}
        </li>
      ))}
    </ul>
  );
}

/** Labels as the engine keeps them; folded, since compose alone sets a dozen. */
export function Labels({ labels }: { labels: Readonly<Record<string, string>> | undefined }) {
  const text = useText();
  const all = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  if (all.length === 0) return null;
  return (
    <section className="fact-group">
      <details className="chain">
        <summary>
          <h3>{text.t('group.labels', { count: all.length })}</h3>
        </summary>
        <dl className="labels">
          {all.map(([name, value]) => (
            <div key={name}>
              <dt>
                <EngineText text={name} className="wraps" />
              </dt>
              <dd>
                <EngineText text={value} className="wraps" />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
