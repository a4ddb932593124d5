import type { ChangeEvent, KeyboardEvent } from 'react';
import type { AppStores } from '../../stores/app-stores.ts';
import { guestOf, isHead, type ListRow, placeOf, type RowId, rowIdOf } from '../../stores/list-rows.ts';
import type { Choice } from '../../stores/selection-store.ts';

/** @returns the id of a row in the page, for `aria-activedescendant` */
export function rowId(row: RowId): string {
  return `row-${row}`;
}

interface GridHands {
  /** Rows that fit on the screen. */
  readonly page: number;
  /** Opens the menu of verbs at the row where the keyboard is. */
  openMenu(): void;
}

/** What a key does in the list of guests. Keys that are not the list's own are left alone. */
export function gridKey(event: KeyboardEvent, stores: AppStores, hands: GridHands): void {
  const { rows } = stores.list.getState();
  const chosen = stores.selection.getState();
  const here = placeOf(rows, chosen.at);
  const row = rows[here];
  const step = steps[event.key]?.(here, rows.length - 1, hands.page);
  if (step !== undefined && !event.altKey) {
    const goal = rows[Math.max(0, Math.min(rows.length - 1, step))];
    if (goal === undefined) return;
    if (event.ctrlKey && !event.shiftKey) chosen.moveTo(rowIdOf(goal));
    else chosen.choose(rowIdOf(goal), howOf(event));
  } else if (event.key === ' ' && row) chosen.choose(rowIdOf(row), event.shiftKey ? 'range' : 'toggle');
  else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) chosen.chooseAll();
  else if (event.key === 'Escape') chosen.chooseNone();
  else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) hands.openMenu();
  else if (!row || !rowKey(event, row, stores)) return;
  event.preventDefault();
}

/** Keys that depend on what kind of row it is. Returns whether it was one. */
function rowKey(event: KeyboardEvent, row: ListRow, { list, selection, view }: AppStores): boolean {
  const chosen = selection.getState();
  const { toggleGroup } = list.getState();
  if (isHead(row)) {
    if (event.key === 'Enter') toggleGroup(row.id);
    else if (event.key === 'ArrowLeft') toggleGroup(row.id, false);
    else if (event.key !== 'ArrowRight') return false;
    else if (row.open) chosen.choose(`${row.id}/${row.guests[0]}`, howOf(event));
    else toggleGroup(row.id, true);
    return true;
  }
  const guest = guestOf(row);
  if (event.key === 'Enter' && guest !== undefined) {
    if (!chosen.chosen.has(guest)) chosen.choose(rowIdOf(row), 'only');
    view.setState({ detailOpen: true });
    return true;
  }
  if (event.key !== 'ArrowLeft' || typeof row === 'string') return false;
  chosen.moveTo(row.head);
  return true;
}

/** How a click or an arrow with these keys held chooses. */
export function howOf(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): Choice {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

/** What the box of a row does: it adds and takes away, with Shift it chooses all from the last choice to here. */
export function howOfBox({ nativeEvent }: ChangeEvent): Choice {
  return nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? 'range' : 'toggle';
}

const steps: Readonly<Record<string, (here: number, last: number, page: number) => number>> = {
  ArrowDown: (here) => here + 1,
  ArrowUp: (here) => (here < 0 ? 0 : here - 1),
  Home: () => 0,
  End: (_here, last) => last,
  PageDown: (here, _last, page) => here + page,
  PageUp: (here, _last, page) => here - page,
};
