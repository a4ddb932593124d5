import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { gridId } from '../../actions/focus-screen.ts';
import { columnsWidth, columnTracks } from '../../stores/columns-store.ts';
import { useColumns, useGuestList, useSelection, useStores, useText } from '../../stores/context.tsx';
import { guestOf, isHead, type ListRow, placeOf, rowIdOf } from '../../stores/list-rows.ts';
import { dragRows } from './drag-rows.ts';
import { GridHead } from './grid-head.tsx';
import { gridKey, rowId } from './grid-keys.ts';
import { GroupRow } from './group-row.tsx';
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
  const lines = useGuestList((list) => list.rows);
  const grouped = useGuestList((list) => list.groupBy !== 'none');
  const columns = useColumns((all) => all.columns);
  const at = useSelection((selection) => selection.at);
  const scroller = useRef<HTMLDivElement>(null);
  const lastOffset = useRef(0);
  const wide = useWide(scroller.current, columnsWidth(columns));
  /** How many rows have been drawn at once: as many are kept and used again. */
  const slotsNow = useRef(1);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rowKey(lines[index], index),
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
  const visible = [...new Set(items.flatMap((item) => guestOf(lines[item.index]) ?? []))];
  const atDrawn = items.some((item) => rowKey(lines[item.index], item.index) === at);

  const onScreen = visible.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the joined ids say whether they are others
  useEffect(() => stores.metricsWatch.onScreen(visible), [stores, onScreen]);
  useEffect(() => () => stores.metricsWatch.onScreen([]), [stores]);
  // Follows the keyboard, not the list: a row that only moves because another came must not make the list jump.
  useEffect(() => {
    const index = placeOf(stores.list.getState().rows, at);
    if (index >= 0) rows.scrollToIndex(index, { align: 'auto' });
  }, [at, rows, stores]);

  function openMenu(): void {
    const selection = stores.selection.getState();
    const { rows: now } = stores.list.getState();
    const row = now[placeOf(now, selection.at)];
    if (row === undefined) return;
    const guest = guestOf(row);
    if (isHead(row)) selection.chooseGuests(row.guests);
    else if (guest !== undefined && !selection.chosen.has(guest)) selection.choose(rowIdOf(row), 'only');
    const box = document.getElementById(rowId(rowIdOf(row)))?.getBoundingClientRect();
    const left = (scroller.current?.getBoundingClientRect().left ?? 0) + 60;
    if (box) onMenu({ left, right: left, top: box.top, bottom: box.bottom });
  }

  return (
    // biome-ignore-start lint/a11y/noStaticElementInteractions lint/a11y/useAriaPropsSupportedByRole: grid or treegrid
    <div
      ref={scroller}
      id={gridId}
      data-focus-first
      className="grid"
      role={grouped ? 'treegrid' : 'grid'}
      aria-label={text.t('guests.list')}
      aria-multiselectable
      aria-rowcount={lines.length + 1}
      aria-colcount={columns.length + 1}
      aria-activedescendant={at !== undefined && atDrawn ? rowId(at) : undefined}
      tabIndex={0}
      data-wide={wide || undefined}
      style={{ '--columns': columnTracks(columns), '--list-width': `${columnsWidth(columns)}px` } as CSSProperties}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return; // a column's name has the keyboard
        const page = Math.max(1, Math.floor(event.currentTarget.clientHeight / rowHeight) - 2);
        gridKey(event, stores, { page, openMenu });
      }}
      onFocus={(event) => {
        const [first] = stores.list.getState().rows;
        const selection = stores.selection.getState();
        const byKeyboard = event.target === event.currentTarget && event.currentTarget.matches(':focus-visible');
        if (byKeyboard && selection.at === undefined && first !== undefined) selection.moveTo(rowIdOf(first));
      }}
      onPointerDown={(event) => dragRows(event, stores, { rowHeight, headHeight })}
    >
      {/* biome-ignore-end lint/a11y/noStaticElementInteractions lint/a11y/useAriaPropsSupportedByRole: grid or treegrid */}
      <GridHead />
      <div role="rowgroup" className="rows" style={{ height: lines.length * rowHeight }}>
        {items.map(({ index }) => {
          const row = lines[index];
          const guest = guestOf(row);
          // By place, not by guest: a row that scrolls out becomes the one that scrolls in, and no element is made.
          const key = index % slots;
          if (isHead(row)) return <GroupRow key={key} head={row} index={index} onMenu={onMenu} />;
          if (row === undefined || guest === undefined) return null;
          const { place, size } = typeof row === 'string' ? {} : row;
          return (
            <GuestRow
              key={key}
              id={rowIdOf(row)}
              guest={guest}
              index={index}
              place={place}
              size={size}
              rushing={rushing}
              onMenu={onMenu}
            />
          );
        })}
      </div>
    </div>
  );
}

function rowKey(row: ListRow | undefined, index: number): string {
  return row === undefined ? String(index) : rowIdOf(row);
}

/** Whether the columns do not fit: the name stays in view then. */
function useWide(scroller: HTMLElement | null, width: number): boolean {
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    if (!scroller) return;
    const observer = new ResizeObserver(() => setRoom(scroller.clientWidth));
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller]);
  return width > room;
}
