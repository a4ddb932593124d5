import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useGuestList, useInventory, useSelection, useStores, useText } from '../../stores/context.tsx';
import { columns } from './columns.tsx';
import { gridId, gridKey, rowId } from './grid-keys.ts';
import type { MenuPlace } from './guest-menu.tsx';
import { GuestRow, rowHeight } from './guest-row.tsx';

/** Height of the line with the columns' names in CSS pixels, as in theme/list.css. */
const headHeight = 30;

/** More rows than this from one picture to the next: the list rushes by. */
const rushingRows = 10;

/** The list: only the rows on screen and a few around them are drawn. */
export function GuestGrid({ onMenu }: { onMenu: (place: MenuPlace) => void }) {
  const stores = useStores();
  const text = useText();
  const shown = useGuestList((list) => list.shown);
  const at = useSelection((selection) => selection.at);
  const scroller = useRef<HTMLDivElement>(null);
  const lastOffset = useRef(0);
  /** How many rows have been drawn at once: as many are kept and used again. */
  const slotsNow = useRef(1);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => shown[index] ?? index,
    overscan: 3,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const items = rows.getVirtualItems();
  const slots = Math.max(slotsNow.current, items.length);
  slotsNow.current = slots;
  const offset = rows.scrollOffset ?? 0;
  const rushing = rows.isScrolling && Math.abs(offset - lastOffset.current) > rushingRows * rowHeight;
  lastOffset.current = offset;
  const visible = items.flatMap((item) => shown[item.index] ?? []);

  const onScreen = visible.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids say whether they are others
  useEffect(() => stores.metricsWatch.onScreen(visible), [stores, onScreen]);
  useEffect(() => () => stores.metricsWatch.onScreen([]), [stores]);
  // Follows the keyboard, not the list: a row that only moves because another came must not make the list jump.
  useEffect(() => {
    if (at === undefined) return;
    const index = stores.list.getState().shown.indexOf(at);
    if (index >= 0) rows.scrollToIndex(index, { align: 'auto' });
  }, [at, rows, stores]);

  function openMenu(): void {
    const selection = stores.selection.getState();
    if (selection.at === undefined) return;
    if (!selection.chosen.has(selection.at)) selection.choose(selection.at, 'only');
    const box = document.getElementById(rowId(selection.at))?.getBoundingClientRect();
    if (box) onMenu({ left: box.left + 60, right: box.left + 60, top: box.top, bottom: box.bottom });
  }

  return (
    <div
      ref={scroller}
      id={gridId}
      className="grid"
      role="grid"
      aria-label={text.t('guests.list')}
      aria-multiselectable
      aria-rowcount={shown.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={at !== undefined && visible.includes(at) ? rowId(at) : undefined}
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return; // a column's name has the keyboard
        const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2);
        gridKey(event, stores, { page, openMenu });
      }}
      onFocus={(event) => {
        const first = stores.list.getState().shown[0];
        const selection = stores.selection.getState();
        const byKeyboard = event.target === event.currentTarget && event.currentTarget.matches(':focus-visible');
        if (byKeyboard && selection.at === undefined && first !== undefined) selection.moveTo(first);
      }}
    >
      <GridHead />
      <div role="rowgroup" className="rows" style={{ height: shown.length * rowHeight }}>
        {items.map((item) => {
          const id = shown[item.index];
          // By place, not by guest: a row that scrolls out becomes the one that scrolls in, and no element is made.
          return (
            id !== undefined && (
              <GuestRow key={item.index % slots} id={id} index={item.index} rushing={rushing} onMenu={onMenu} />
            )
          );
        })}
      </div>
    </div>
  );
}

function GridHead() {
  const stores = useStores();
  const text = useText();
  const sort = useGuestList((list) => list.sort);
  const sortBy = useGuestList((list) => list.sortBy);
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" className="row" aria-rowindex={1}>
        <div role="columnheader" className="cell" data-column="choose">
          <ChooseAll onChange={(all) => stores.selection.getState()[all ? 'chooseAll' : 'chooseNone']()} />
        </div>
        {columns.map(({ id }) => {
          const sorted = sort.column === id ? sort.direction : undefined;
          const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
          return (
            <div key={id} role="columnheader" className="cell" data-column={id} aria-sort={sorted ?? 'none'}>
              <button
                type="button"
                title={text.t('column.sort', { column: text.t(`column.${id}`) })}
                onClick={() => sortBy(id)}
              >
                <span>{text.t(`column.${id}`)}</span>
                {sorted && <Arrow size={12} aria-hidden />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function ChooseAll({ onChange }: { onChange: (all: boolean) => void }) {
  const text = useText();
  const total = useGuestList((list) => list.shown.length);
  const chosen = useSelection((selection) => selection.chosen.size);
  const none = useInventory((inventory) => inventory.guests.size === 0);
  return (
    <input
      ref={(box) => {
        if (box) box.indeterminate = chosen > 0 && chosen < total;
      }}
      type="checkbox"
      disabled={none}
      checked={total > 0 && chosen === total}
      aria-label={text.t('guests.selectAll')}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
