import { PanelRight } from 'lucide-react';
import type { Guest } from '../../shared/guest.ts';
import type { Sizes } from '../stores/sizes-store.ts';
import { whenDrawn } from './in-page.ts';
import type { UserAction } from './user-action.ts';

/** The tree of snapshots, and where there is none the pane around it, so that the keyboard can be sent there. */
export const snapshotTreeId = 'snapshot-tree';
export const snapshotsPaneId = 'snapshots-pane';

/** Whether the pane of snapshots is unfolded: remembered like its width, beside it. */
export function snapshotsShown({ sizes }: Sizes): boolean {
  return sizes.snapshotsShown !== 0;
}

/** Folds and unfolds the pane with the snapshots of the chosen guest. */
export const toggleSnapshots: UserAction<boolean> = {
  id: 'snapshots.toggle',
  icon: PanelRight,
  label: (open, text) => text.t(open ? 'snapshots.close' : 'snapshots.open'),
  run(open, { sizes }) {
    sizes.getState().set('snapshotsShown', open ? 0 : 1);
  },
};

/** Goes to the snapshots of a guest, wherever one is. */
export const goToSnapshots: UserAction<Guest> = {
  id: 'snapshots.go',
  icon: PanelRight,
  label: ({ name }, text) => text.t('snapshots.title', { name }),
  run({ id }, { view, sizes, list, selection }) {
    view.setState({ screen: 'guests' });
    sizes.getState().set('snapshotsShown', 1);
    if (!list.getState().shown.includes(id)) list.getState().setFilter('');
    selection.getState().choose(id, 'only');
    whenDrawn([() => (document.getElementById(snapshotTreeId) ?? document.getElementById(snapshotsPaneId))?.focus()]);
  },
};
