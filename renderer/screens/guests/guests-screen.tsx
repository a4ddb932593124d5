import { useState } from 'react';
import { useGuestList, useInventory, useText, useView } from '../../stores/context.tsx';
import { shownText } from '../../text/shown-text.ts';
import { DetailPane } from './detail/detail-pane.tsx';
import { EngineProblems } from './engine-problems.tsx';
import { FilterBox } from './filter-box.tsx';
import { GuestGrid } from './guest-grid.tsx';
import { GuestMenu, type MenuPlace } from './guest-menu.tsx';
import { ListTools } from './list-tools.tsx';
import { NoGuests } from './no-guests.tsx';
import { SnapshotsPane } from './snapshots/snapshots-pane.tsx';
import { VerbBar } from './verb-bar.tsx';

/** All guests of all engines in one list, with what can be done to those that are chosen. */
export function GuestsScreen() {
  const text = useText();
  const detailOpen = useView((view) => view.detailOpen);
  const empty = useGuestList((list) => list.shown.length === 0);
  const none = useInventory((inventory) => inventory.guests.size === 0);
  const [menu, setMenu] = useState<MenuPlace>();
  return (
    <main className="screen">
      <header className="screen-head">
        <h1 tabIndex={-1}>{text.t('guests.title')}</h1>
        <GuestCount />
        <FilterBox />
        <ListTools />
      </header>
      {!none && <VerbBar />}
      <EngineProblems />
      <div className="workbench">
        {empty ? <NoGuests /> : <GuestGrid onMenu={setMenu} />}
        {!empty && <SnapshotsPane />}
      </div>
      {!empty && detailOpen && <DetailPane />}
      {menu && <GuestMenu place={menu} onClose={() => setMenu(undefined)} />}
    </main>
  );
}

function GuestCount() {
  const text = useText();
  const shown = useGuestList((list) => list.shown.length);
  const total = useInventory((inventory) => inventory.guests.size);
  if (total === 0) return null;
  return <span className="quiet-text guest-count">{shownText(shown, total, text)}</span>;
}
