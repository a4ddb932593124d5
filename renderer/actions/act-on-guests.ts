import {
  CalendarCheck,
  CalendarX,
  Download,
  FileX,
  HardDriveDownload,
  type LucideIcon,
  Pause,
  Pencil,
  Play,
  Power,
  Repeat,
  RotateCcw,
  RotateCw,
  Shield,
  ShieldOff,
  StepForward,
  Tags,
  Trash2,
  Type,
  Zap,
} from 'lucide-react';
import type { Action } from '../../shared/action.ts';
import type { GuestId } from '../../shared/ids.ts';
import { type PlainVerb, plainVerbs, type Verb } from '../../shared/verbs.ts';
import type { UserAction } from './user-action.ts';
import { type JointOffer, offerLabel } from './verb-offers.ts';

const icons: Readonly<Record<Verb, LucideIcon>> = {
  start: Play,
  shutDown: Power,
  restart: RotateCw,
  reset: RotateCcw,
  pause: Pause,
  resume: StepForward,
  forceOff: Zap,
  save: HardDriveDownload,
  discardSave: FileX,
  enableAutostart: CalendarCheck,
  disableAutostart: CalendarX,
  protect: Shield,
  unprotect: ShieldOff,
  rename: Pencil,
  setTitle: Type,
  setTags: Tags,
  setRestartPolicy: Repeat,
  export: Download,
  delete: Trash2,
};

/** Verbs that lose what a guest has not saved: they ask first. */
const asksFirst: ReadonlySet<Verb> = new Set(['forceOff', 'reset', 'discardSave']);
const plain: ReadonlySet<Verb> = new Set(plainVerbs);

/** True for a verb that does what it says at once, or after a yes; the others open a form. */
export function isPlain(verb: Verb): verb is PlainVerb {
  return plain.has(verb);
}

/** A verb on those of the chosen guests that are ready for it; it does nothing where none is. */
export function verbAction(verb: Verb): UserAction<JointOffer> {
  return {
    id: `guest.${verb}`,
    icon: icons[verb],
    label: offerLabel,
    run({ ready }, stores) {
      if (ready.length === 0) return;
      if (!isPlain(verb)) stores.view.setState({ form: { verb, guests: ready } });
      else if (asksFirst.has(verb)) stores.view.setState({ confirm: { verb, guests: ready } });
      else void stores.orders.act(ready, { verb });
    },
  };
}

/** The person has said yes: acts on those guests that are still ready. */
export function confirmedAction(action: Action): UserAction<readonly GuestId[]> {
  const { verb } = action;
  return {
    id: `guest.${verb}.confirmed`,
    icon: icons[verb],
    label: (_guests, text) => text.t(`verb.${verb}`),
    run(guests, stores) {
      const known = stores.inventory.getState().guests;
      const ready = guests.filter((id) => known.get(id)?.offers.some((offer) => offer.verb === verb && offer.ready));
      stores.view.setState({ confirm: undefined, form: undefined });
      if (ready.length > 0) void stores.orders.act(ready, action);
    },
  };
}
