import { Pencil, Trash2 } from 'lucide-react';
import type { Failure } from '../../shared/failure.ts';
import type { Guest } from '../../shared/guest.ts';
import type { Verb } from '../../shared/verbs.ts';
import type { AppStores } from '../stores/app-stores.ts';
import { verbAction } from './act-on-guests.ts';
import type { UserAction } from './user-action.ts';
import { type JointOffer, jointOffers } from './verb-offers.ts';

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

/** A key that does nothing would leave the person in the dark. */
function sayWhyNot({ verb, labels, reasons }: JointOffer, chosen: readonly Guest[], { notices }: AppStores): void {
  const detail = reasons[0]?.because;
  const failure: Failure = {
    code: 'not-offered',
    title: {
      key: 'failure.title.act',
      params: { verb: labels[0]?.key ?? `verb.${verb}`, name: chosen.map((guest) => guest.name).join(', ') },
    },
    ...(detail && { detail }),
    remedies: [],
  };
  notices.getState().add({ about: 'failure', failure });
}

/** The verb on those of the chosen guests that are ready for it. */
function actOnChosen(verb: Verb, stores: AppStores): void {
  // Nothing is acted on unseen.
  if (stores.view.getState().screen !== 'guests') return;
  const { guests } = stores.inventory.getState();
  const chosen = [...stores.selection.getState().chosen].flatMap((id) => guests.get(id) ?? []);
  const offers = jointOffers(chosen);
  const offer = offers.find((joint) => joint.verb === verb);
  if (!offer) return;
  // A single guest that cannot be renamed gets a title instead, where it can have one.
  const titled = offers.some((joint) => joint.verb === 'setTitle' && joint.ready.length > 0);
  if (offer.ready.length > 0 || (verb === 'rename' && chosen.length === 1 && titled))
    verbAction(verb).run(offer, stores);
  else sayWhyNot(offer, chosen, stores);
}
