import { type LucideIcon, Pause, Play, Power, RotateCw, StepForward, Zap } from 'lucide-react';
import type { Verb } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { UserAction } from './user-action.ts';
import { type JointOffer, offerLabel } from './verb-offers.ts';

const icons: Readonly<Record<Verb, LucideIcon>> = {
  start: Play,
  shutDown: Power,
  restart: RotateCw,
  pause: Pause,
  resume: StepForward,
  forceOff: Zap,
};

/** Verbs that lose what a guest has not saved: they ask first. */
const asksFirst: ReadonlySet<Verb> = new Set(['forceOff']);

/** A verb on those of the chosen guests that are ready for it; it does nothing where none is. */
export function verbAction(verb: Verb): UserAction<JointOffer> {
  return {
    id: `guest.${verb}`,
    icon: icons[verb],
    label: offerLabel,
    run({ ready }, stores) {
      if (ready.length === 0) return;
      if (asksFirst.has(verb)) stores.view.setState({ confirm: { verb, guests: ready } });
      else void stores.orders.act(ready, verb);
    },
  };
}

/** The person has said yes: acts on those guests that are still ready. */
export function confirmedAction(verb: Verb): UserAction<readonly GuestId[]> {
  return {
    id: `guest.${verb}.confirmed`,
    icon: icons[verb],
    label: (_guests, text) => text.t(`verb.${verb}`),
    run(guests, stores) {
      const known = stores.inventory.getState().guests;
      const ready = guests.filter((id) => known.get(id)?.offers.some((offer) => offer.verb === verb && offer.ready));
      stores.view.setState({ confirm: undefined });
      if (ready.length > 0) void stores.orders.act(ready, verb);
    },
  };
}
