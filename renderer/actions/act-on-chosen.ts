import { Pencil, Trash2 } from 'lucide-react';
import type { Verb } from '../../shared/verbs.ts';
import type { AppStores } from '../stores/app-stores.ts';
import { verbAction } from './act-on-guests.ts';
import type { UserAction } from './user-action.ts';
import { jointOffers, refusalOf } from './verb-offers.ts';

export const renameChosen: UserAction = {
  id: 'chosen.rename',
  icon: Pencil,
  shortcuts: [{ key: 'F2' }],
  label: (_none, text) => text.t('verb.rename'),
  run: (_none, stores) => actOnChosen('rename', stores),
};

export const deleteChosen: UserAction = {
  id: 'chosen.delete',
  icon: Trash2,
  shortcuts: [{ key: 'Delete' }],
  label: (_none, text) => text.t('verb.delete'),
  run: (_none, stores) => actOnChosen('delete', stores),
};

/** The verb on those of the chosen guests that are ready for it. */
function actOnChosen(verb: Verb, stores: AppStores): void {
  // Nothing is acted on unseen.
  if (stores.view.getState().screen !== 'guests') return;
  const { guests } = stores.inventory.getState();
  const chosen = [...stores.selection.getState().chosen].flatMap((id) => guests.get(id) ?? []);
  const offer = jointOffers(chosen).find((joint) => joint.verb === verb);
  if (!offer) return;
  if (offer.ready.length > 0) verbAction(verb).run(offer, stores);
  // A key that does nothing would leave the person in the dark.
  else stores.notices.getState().add(refusalOf(verb, chosen));
}
