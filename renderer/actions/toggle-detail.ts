import { PanelBottom } from 'lucide-react';
import type { UserAction } from './user-action.ts';

/** Folds and unfolds the pane with the facts of the chosen guest. */
export const toggleDetail: UserAction<boolean> = {
  id: 'detail.toggle',
  icon: PanelBottom,
  label: (open, text) => text.t(open ? 'detail.close' : 'detail.open'),
  run(open, { view }) {
    view.setState({ detailOpen: !open });
  },
};
