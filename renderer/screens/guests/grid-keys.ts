import type { KeyboardEvent } from 'react';
import type { GuestId } from '../../../shared/ids.ts';
import type { AppStores } from '../../stores/app-stores.ts';
import type { Choice } from '../../stores/selection-store.ts';

/** The grid has this id, so that the keyboard can be sent to it. */
export const gridId = 'guest-grid';

/** @returns the id of a guest's row, for `aria-activedescendant` */
export function rowId(guest: GuestId): string {
  return `row-${guest}`;
}

interface GridHands {
  /** Rows that fit on the screen. */
  readonly page: number;
  /** Opens the menu of verbs at the row where the keyboard is. */
  openMenu(): void;
}

/** What a key does in the list of guests. Keys that are not the list's own are left alone. */
export function gridKey(event: KeyboardEvent, { list, selection, view }: AppStores, hands: GridHands): void {
  const { shown } = list.getState();
  const chosen = selection.getState();
  const here = chosen.at === undefined ? -1 : shown.indexOf(chosen.at);
  const step = steps[event.key]?.(here, shown.length - 1, hands.page);
  const guest = chosen.at;
  if (step !== undefined && !event.altKey) {
    const goal = shown[Math.max(0, Math.min(shown.length - 1, step))];
    if (goal === undefined) return;
    if (event.ctrlKey && !event.shiftKey) chosen.moveTo(goal);
    else chosen.choose(goal, howOf(event));
  } else if (event.key === ' ' && guest !== undefined) chosen.choose(guest, event.shiftKey ? 'range' : 'toggle');
  else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) chosen.chooseAll();
  else if (event.key === 'Escape') chosen.chooseNone();
  else if (event.key === 'Enter' && guest !== undefined) {
    if (!chosen.chosen.has(guest)) chosen.choose(guest, 'only');
    view.setState({ detailOpen: true });
  } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) hands.openMenu();
  else return;
  event.preventDefault();
}

/** How a click or an arrow with these keys held chooses. */
export function howOf(event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): Choice {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

const steps: Readonly<Record<string, (here: number, last: number, page: number) => number>> = {
  ArrowDown: (here) => here + 1,
  ArrowUp: (here) => (here < 0 ? 0 : here - 1),
  Home: () => 0,
  End: (_here, last) => last,
  PageDown: (here, _last, page) => here + page,
  PageUp: (here, _last, page) => here - page,
};
