import type { PointerEvent } from 'react';
import type { ColumnId } from '../../../shared/columns.ts';
import { gridId } from '../../actions/focus-screen.ts';
import type { AppStores } from '../../stores/app-stores.ts';
import { columnTracks } from '../../stores/columns-store.ts';

/** How much a key changes a width, in CSS pixels. */
const stepPx = 16;
const leastPx = 44;

function gridOf(): HTMLElement | null {
  return document.getElementById(gridId);
}

/** The widths that the columns have on screen: some stretch until one is set by hand, and must not move then. */
function widthsNow(): Map<ColumnId, number> {
  const heads = gridOf()?.querySelectorAll<HTMLElement>('[role=columnheader][data-id]') ?? [];
  return new Map(Array.from(heads, (head) => [head.dataset.id as ColumnId, head.offsetWidth]));
}

/** Makes a column one step wider or narrower. */
export function stepWidth(column: ColumnId, direction: -1 | 1, { columns }: AppStores): void {
  const widths = widthsNow();
  columns.getState().resize(widths.set(column, Math.max(leastPx, (widths.get(column) ?? 0) + direction * stepPx)));
}

/** Makes a column as wide as the widest of what it shows now. */
export function fitWidth(column: ColumnId, { columns }: AppStores): void {
  const grid = gridOf();
  if (!grid) return;
  const widths = widthsNow();
  const tracks = grid.style.getPropertyValue('--columns');
  const all = columns.getState().columns;
  grid.style.setProperty(
    '--columns',
    columnTracks(
      all.map(({ id, width }) => ({ id, width: widths.get(id) ?? width })),
      column,
    ),
  );
  const cells = [...grid.querySelectorAll<HTMLElement>(`.cell[data-column=${column}]`)];
  const widest = Math.max(leastPx, ...cells.map((cell) => cell.offsetWidth));
  grid.style.setProperty('--columns', tracks);
  columns.getState().resize(widths.set(column, widest + 1));
}

/** Follows the pointer with a column's edge; the list is drawn anew when it is let go. */
export function dragEdge(event: PointerEvent<HTMLElement>, column: ColumnId, stores: AppStores): void {
  const grid = gridOf();
  if (event.button !== 0 || !grid) return;
  event.preventDefault();
  event.stopPropagation();
  const edge = event.currentTarget;
  const startX = event.clientX;
  const widths = widthsNow();
  const startWidth = widths.get(column) ?? 0;
  const order = stores.columns.getState().columns;
  let moved = false;

  function follow(now: globalThis.PointerEvent): void {
    moved ||= now.clientX !== startX;
    if (!moved) return;
    widths.set(column, Math.max(leastPx, startWidth + now.clientX - startX));
    const columns = order.map(({ id, width }) => ({ id, width: widths.get(id) ?? width }));
    grid?.style.setProperty('--columns', columnTracks(columns));
  }
  function ended(): void {
    edge.removeEventListener('pointermove', follow);
    edge.removeEventListener('pointerup', ended);
    edge.removeEventListener('pointercancel', ended);
    if (moved) stores.columns.getState().resize(widths);
  }
  edge.setPointerCapture(event.pointerId);
  edge.addEventListener('pointermove', follow);
  edge.addEventListener('pointerup', ended);
  edge.addEventListener('pointercancel', ended);
}
