import { type ComponentType, type KeyboardEvent, useId } from 'react';
import type { Guest, GuestKind } from '../../../../shared/guest.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { StateMark } from '../../../parts/state-mark.tsx';
import { useInventory, useStores, useText, useView } from '../../../stores/context.tsx';
import type { DetailTab } from '../../../stores/view-store.ts';
import { Configuration } from './configuration.tsx';
import { ContainerOverview } from './container-overview.tsx';
import { Events } from './events.tsx';
import { VmOverview } from './vm-overview.tsx';

/** What a tab shows of a guest. */
export interface TabProps {
  readonly guest: Guest;
  /** When the guest's engine was last heard of, if it is not live; `true` where the time is not known. */
  readonly stale: number | true | undefined;
}

/** The tabs of each kind of guest: the one place of the detail that asks for the kind. */
const tabs: Readonly<Record<GuestKind, readonly { id: DetailTab; Panel: ComponentType<TabProps> }[]>> = {
  vm: [
    { id: 'overview', Panel: VmOverview },
    { id: 'events', Panel: Events },
    { id: 'configuration', Panel: Configuration },
  ],
  container: [
    { id: 'overview', Panel: ContainerOverview },
    { id: 'events', Panel: Events },
    { id: 'configuration', Panel: Configuration },
  ],
};

/** One guest: its name and state, and tabs with all that is known of it. */
export function OneGuest({ guest }: { guest: Guest }) {
  const text = useText();
  const engine = useInventory((inventory) => inventory.engines.get(guest.engine));
  const wanted = useView((view) => view.detailTab);
  const id = useId();
  const all = tabs[guest.kind];
  const current = all.find((tab) => tab.id === wanted) ?? all[0];
  const stale = engine?.state === 'live' ? undefined : (engine?.lastContact ?? true);
  if (!current) return null;
  return (
    <>
      <header className="detail-head">
        <h2 className="panel-title">
          <EngineText text={guest.name} />
          {guest.title && <EngineText text={guest.title} className="guest-title" />}
          <StateMark guest={guest} stale={stale} />
        </h2>
        <Tabs id={id} ids={all.map((tab) => tab.id)} current={current.id} />
      </header>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        className="detail-panel"
        data-tab={current.id}
        aria-labelledby={`${id}-${current.id}`}
        aria-description={stale === undefined ? undefined : text.t('detail.stale')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long facts scroll, also by keyboard
        tabIndex={0}
      >
        <current.Panel key={guest.id} guest={guest} stale={stale} />
      </div>
    </>
  );
}

function Tabs({ id, ids, current }: { id: string; ids: readonly DetailTab[]; current: DetailTab }) {
  const stores = useStores();
  const text = useText();

  function pressed(event: KeyboardEvent): void {
    const here = ids.indexOf(current);
    const goal = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    const tab = ids.at(goal % ids.length);
    if (!tab) return;
    stores.view.setState({ detailTab: tab });
    document.getElementById(`${id}-${tab}`)?.focus();
  }

  return (
    <div role="tablist" className="tabs" aria-label={text.t('detail.tabs')} onKeyDown={pressed}>
      {ids.map((tab) => (
        <button
          key={tab}
          id={`${id}-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === current}
          aria-controls={tab === current ? `${id}-panel` : undefined}
          tabIndex={tab === current ? 0 : -1}
          onClick={() => stores.view.setState({ detailTab: tab })}
        >
          {text.t(`tab.${tab}`)}
        </button>
      ))}
    </div>
  );
}
