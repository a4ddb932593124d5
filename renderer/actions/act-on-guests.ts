import {
  CalendarCheck,
  CalendarX,
  Camera,
  Download,
  FileX,
  HardDriveDownload,
  History,
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
import type { GuestId } from '../../shared/ids.ts';
import {
  type AskingVerb,
  askingVerbs,
  type PlainVerb,
  plainVerbs,
  snapshotVerbs,
  type Verb,
} from '../../shared/verbs.ts';
import type { OrderPart } from '../stores/orders.ts';
import type { UserAction } from './user-action.ts';
import { type JointOffer, offerLabel, refusalOf } from './verb-offers.ts';

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
  takeSnapshot: Camera,
  restoreSnapshot: History,
  deleteSnapshot: Trash2,
  editSnapshot: Pencil,
  protectSnapshot: Shield,
  unprotectSnapshot: ShieldOff,
  setTags: Tags,
  setRestartPolicy: Repeat,
  export: Download,
  delete: Trash2,
};

/** Verbs that lose what a guest has not saved: they ask first. */
const asksFirst: ReadonlySet<Verb> = new Set(['forceOff', 'reset', 'discardSave']);
const plain: ReadonlySet<Verb> = new Set(plainVerbs);
const asking: ReadonlySet<Verb> = new Set(askingVerbs);

/** True for a verb that does what it says at once, or after a yes; the others open a form. */
export function isPlain(verb: Verb): verb is PlainVerb {
  return plain.has(verb);
}

function isAsking(verb: Verb): verb is AskingVerb {
  return asking.has(verb);
}

export function verbIcon(verb: Verb): LucideIcon {
  return icons[verb];
}

/** A verb on those of the chosen guests that are ready for it; it does nothing where none is. */
export function verbAction(verb: Verb): UserAction<JointOffer> {
  return {
    id: `guest.${verb}`,
    icon: icons[verb],
    label: offerLabel,
    run({ ready, instead }, stores) {
      if (ready.length === 0) return;
      if (instead && isAsking(instead.verb))
        stores.view.setState({ form: { ...instead, verb: instead.verb, guests: ready } });
      else if (isAsking(verb)) stores.view.setState({ form: { verb, guests: ready } });
      else if (!isPlain(verb))
        return; // those of a snapshot have actions of their own
      else if (asksFirst.has(verb)) stores.view.setState({ confirm: { verb, guests: ready } });
      else void stores.orders.act(ready, { verb });
    },
  };
}

/** The person has said yes, or has filled in the form: acts on those guests that are still ready. */
export function confirmedAction(verb: Verb): UserAction<readonly OrderPart[]> {
  return {
    id: `guest.${verb}.confirmed`,
    icon: icons[verb],
    label: (_parts, text) => text.t(`verb.${verb}`),
    run(parts, stores) {
      const known = stores.inventory.getState().guests;
      // A snapshot offers its own verbs, and its engine says no where one is not ready any more.
      const ofSnapshot = snapshotVerbs.some((each) => each === verb);
      const isReady = (id: GuestId): boolean =>
        known.get(id)?.offers.some((offer) => offer.verb === verb && offer.ready) ?? false;
      const left = parts.flatMap(({ guests }) =>
        guests.flatMap((id) => (ofSnapshot || isReady(id) ? [] : (known.get(id) ?? []))),
      );
      stores.view.setState({ confirm: undefined, form: undefined, snapshotForm: undefined });
      // Another client was quicker: said, not passed over.
      if (left.length > 0) stores.notices.getState().add(refusalOf(verb, left));
      const ready = parts
        .map(({ guests, action }) => ({ guests: guests.filter((id) => ofSnapshot || isReady(id)), action }))
        .filter(({ guests }) => guests.length > 0);
      void stores.orders.actEach(ready);
    },
  };
}
