import { Search, X } from 'lucide-react';
import type { UserAction } from './user-action.ts';

/** The filter box: it has this id, so that a key anywhere can go to it. */
export const filterBoxId = 'guest-filter';

export const focusFilter: UserAction = {
  id: 'filter.focus',
  icon: Search,
  shortcuts: [{ key: '/' }, { key: 'f', ctrl: true }],
  label: (_none, text) => text.t('keys.filter'),
  run(_none, { view }) {
    // Its screen may have to be drawn first.
    if (view.getState().screen !== 'guests') {
      view.setState({ screen: 'guests' });
      requestAnimationFrame(goToBox);
    } else goToBox();
  },
};

function goToBox(): void {
  const box = document.getElementById(filterBoxId);
  if (box instanceof HTMLInputElement) {
    box.focus();
    box.select();
  }
}

export const clearFilter: UserAction = {
  id: 'filter.clear',
  icon: X,
  shortcuts: [{ key: 'Escape' }],
  label: (_none, text) => text.t('guests.clearFilter'),
  run(_none, { list }) {
    list.getState().setFilter('');
  },
};
