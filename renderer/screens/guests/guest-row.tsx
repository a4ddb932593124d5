import { type MouseEvent, memo } from 'react';
import type { GuestId } from '../../../shared/ids.ts';
import { focusGrid } from '../../actions/focus-screen.ts';
import { useColumns, useInventory, useSelection, useStores, useText } from '../../stores/context.tsx';
import type { RowId } from '../../stores/list-rows.ts';
import { cells, type RowContext } from './cells.tsx';
import { howOf, howOfBox, rowId } from './grid-keys.ts';
import type { MenuPlace } from './guest-menu.tsx';

/** Height of a row in CSS pixels. */
export const rowHeight = 30;

interface GuestRowProps {
  id: RowId;
  guest: GuestId;
  /** Its place in the whole list, from 0. */
  index: number;
  /** Its place in its group, from 1, where there are groups. */
  place: number | undefined;
  size: number | undefined;
  /** Nobody can read it now: only what is seen in passing is drawn. */
  rushing: boolean;
  onMenu: (place: MenuPlace) => void;
}

/** One guest. It redraws when that guest, its engine, or whether it is chosen changes: not when another one does. */
export const GuestRow = memo(function GuestRow({ id, guest: of, index, place, size, rushing, onMenu }: GuestRowProps) {
  const stores = useStores();
  const text = useText();
  const guest = useInventory((inventory) => inventory.guests.get(of));
  const engine = useInventory((inventory) => (guest ? inventory.engines.get(guest.engine) : undefined));
  const columns = useColumns((all) => all.columns);
  const chosen = useSelection((selection) => selection.chosen.has(of));
  const at = useSelection((selection) => selection.at === id);
  if (!guest) return null;
  const stale: RowContext['stale'] = engine?.state === 'live' ? undefined : (engine?.lastContact ?? true);
  const row: RowContext = { engineName: engine?.name ?? guest.engine, stale };
  const selection = stores.selection.getState();
  const grouped = place !== undefined;

  function openMenu(event: MouseEvent): void {
    event.preventDefault();
    if (!chosen) selection.choose(id, 'only');
    onMenu({ left: event.clientX, top: event.clientY, right: event.clientX, bottom: event.clientY });
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keyboard
    <div
      id={rowId(id)}
      role="row"
      className="row"
      aria-rowindex={index + 2}
      aria-level={grouped ? 2 : undefined}
      aria-posinset={place}
      aria-setsize={size}
      aria-selected={chosen}
      data-at={at || undefined}
      data-stale={stale !== undefined || undefined}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={(event) => selection.choose(id, howOf(event))}
      onDoubleClick={() => stores.view.setState({ detailOpen: true })}
      onContextMenu={openMenu}
    >
      <div role="gridcell" className="cell" data-column="choose">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={chosen}
          aria-label={text.t('guests.selectOne', { name: guest.name })}
          // The list keeps the keyboard; this box will belong to another row when the list scrolls.
          onFocus={focusGrid}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => selection.choose(id, howOfBox(event))}
        />
      </div>
      {columns.map((column) => {
        const { always, draw } = cells[column.id];
        return (
          <div key={column.id} role="gridcell" className="cell" data-column={column.id}>
            {(always || !rushing) && draw(guest, row)}
          </div>
        );
      })}
    </div>
  );
});
