import { LoaderCircle, SearchX, Server, Unplug } from 'lucide-react';
import { clearFilter } from '../../actions/find-guests.ts';
import { goToSettings } from '../../actions/go-to-screen.ts';
import { useConnections, useGuestList, useInventory, useStores, useText } from '../../stores/context.tsx';

/** What there is instead of a list: still connecting, nothing found, nothing there, nobody answers. */
export function NoGuests() {
  const stores = useStores();
  const text = useText();
  const filter = useGuestList((list) => list.filter);
  const total = useInventory((inventory) => inventory.guests.size);
  const engines = useInventory((inventory) => inventory.engines);
  const loaded = useInventory((inventory) => inventory.loaded);
  const complete = useConnections((all) => all.complete);
  const states = Array.from(engines.values(), (engine) => engine.state);
  if (total > 0) {
    return (
      <div className="empty" role="status">
        <SearchX size={32} aria-hidden />
        <p className="empty-title">{text.t('empty.noMatch', { filter })}</p>
        <button type="button" className="button" onClick={() => clearFilter.run(undefined, stores)}>
          <clearFilter.icon size={14} aria-hidden />
          <span>{clearFilter.label(undefined, text)}</span>
        </button>
      </div>
    );
  }
  if (loaded && complete && states.length === 0) {
    return (
      <div className="empty" role="status">
        <Unplug size={32} aria-hidden />
        <p className="empty-title">{text.t('empty.noEngine')}</p>
        <p className="quiet-text">{text.t('empty.noEngineMore')}</p>
        <button type="button" className="button" onClick={() => goToSettings.run(undefined, stores)}>
          <goToSettings.icon size={14} aria-hidden />
          <span>{goToSettings.label(undefined, text)}</span>
        </button>
      </div>
    );
  }
  if (!loaded || states.length === 0 || (states.includes('connecting') && !states.includes('live'))) {
    return (
      <div className="empty" role="status">
        <LoaderCircle size={32} aria-hidden className="spin" />
        <p className="empty-title">{text.t('empty.connecting')}</p>
      </div>
    );
  }
  const dead = !states.includes('live');
  const Icon = dead ? Unplug : Server;
  return (
    <div className="empty" role="status">
      <Icon size={32} aria-hidden />
      <p className="empty-title">{text.t(dead ? 'empty.allOff' : 'empty.noGuests')}</p>
      <p className="quiet-text">{text.t(dead ? 'empty.allOffMore' : 'empty.noGuestsMore')}</p>
    </div>
  );
}
