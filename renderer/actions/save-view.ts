import { Bookmark } from 'lucide-react';
import { openPanel, whenDrawn } from './in-page.ts';
import type { UserAction } from './user-action.ts';

/** The button with the saved views behind it, and the box for the name of a new one. */
export const viewsButtonId = 'views-button';
export const viewNameId = 'view-name';

/** Asks for the name of a view that is as the list is now. */
export const saveView: UserAction = {
  id: 'view.save',
  icon: Bookmark,
  label: (_none, text) => text.t('views.save'),
  run(_none, { view }) {
    view.setState({ screen: 'guests' });
    whenDrawn([() => openPanel(viewsButtonId), () => document.getElementById(viewNameId)?.focus()]);
  },
};
