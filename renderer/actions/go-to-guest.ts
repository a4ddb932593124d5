import { Server } from 'lucide-react';
import type { Guest } from '../../shared/guest.ts';
import { focusGrid } from './focus-screen.ts';
import type { UserAction } from './user-action.ts';

/** Chooses the guest in the list and opens its facts, wherever one is. */
export const goToGuest: UserAction<Guest> = {
  id: 'guest.go',
  icon: Server,
  label: (guest) => guest.name,
  run({ id }, { view, list, selection }) {
    view.setState({ screen: 'guests', detailOpen: true });
    // The person asked for this very guest: a filter that hides it is of no use to them now.
    if (!list.getState().shown.includes(id)) list.getState().setFilter('');
    selection.getState().choose(id, 'only');
    // The list may have to be drawn first.
    requestAnimationFrame(focusGrid);
  },
};
