import type { Guest } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { Verb } from '../../shared/verbs.ts';
import type { News, Reason } from '../stores/notices-store.ts';
import type { Text } from '../text/make-text.ts';

/** What several guests together offer of one verb. */
export interface JointOffer {
  readonly verb: Verb;
  /** What the verb is called by those guests that have it; more than one where they call it differently. */
  readonly labels: readonly Message[];
  /** Those that are ready: the verb acts on them. */
  readonly ready: readonly GuestId[];
  readonly total: number;
  /** Why the others are not, with how many each reason holds for. */
  readonly reasons: readonly Reason[];
  /** A verb that stands in for this one where it is not ready, and why. */
  readonly instead?: { readonly verb: Verb; readonly because: Message };
}

/** The verbs that at least one of the guests offers, in the order of the offers. */
export function jointOffers(guests: readonly Guest[]): JointOffer[] {
  const all = new Map<
    Verb,
    {
      labels: Map<string, Message>;
      ready: GuestId[];
      had: number;
      reasons: Map<string, { because: Message; count: number }>;
    }
  >();
  for (const guest of guests) {
    for (const offer of guest.offers) {
      let joint = all.get(offer.verb);
      if (!joint) {
        joint = { labels: new Map(), ready: [], had: 0, reasons: new Map() };
        all.set(offer.verb, joint);
      }
      joint.had += 1;
      joint.labels.set(offer.label.key, offer.label);
      if (offer.ready) joint.ready.push(guest.id);
      else addReason(joint.reasons, offer.because, 1);
    }
  }
  const [only] = guests.length === 1 ? guests : [];
  return Array.from(all, ([verb, { labels, ready, had, reasons }]) => {
    const instead = only && verb === 'rename' ? titleInstead(only) : undefined;
    if (only && instead)
      return { verb, labels: [...labels.values()], ready: [only.id], total: 1, reasons: [], instead };
    // Their forms ask for one name.
    if ((verb === 'rename' || verb === 'takeSnapshot') && guests.length > 1) {
      const one: Reason = { because: { key: 'because.oneAtATime' }, count: guests.length };
      return { verb, labels: [...labels.values()], ready: [], total: guests.length, reasons: [one] };
    }
    if (had < guests.length) addReason(reasons, { key: 'because.unsupported' }, guests.length - had);
    return { verb, labels: [...labels.values()], ready, total: guests.length, reasons: [...reasons.values()] };
  });
}

/** A guest that cannot be renamed now may still be given a title: whoever asks for the one is offered the other. */
function titleInstead({ offers }: Guest): JointOffer['instead'] {
  const rename = offers.find((offer) => offer.verb === 'rename');
  if (!rename || rename.ready || !offers.some((offer) => offer.verb === 'setTitle' && offer.ready)) return undefined;
  return { verb: 'setTitle', because: rename.because };
}

function addReason(reasons: Map<string, { because: Message; count: number }>, because: Message, count: number): void {
  const known = reasons.get(because.key);
  reasons.set(because.key, { because, count: (known?.count ?? 0) + count });
}

/** Names that are in a title before the rest is counted. */
const namesSaid = 6;

/** What the person is told where nothing was done with these guests, none of which is ready for the verb. */
export function refusalOf(verb: Verb, guests: readonly Guest[]): News {
  const offer = jointOffers(guests).find((joint) => joint.verb === verb);
  const name = guests
    .slice(0, namesSaid)
    .map((guest) => guest.name)
    .join(', ');
  const reasons = offer?.reasons ?? [{ because: { key: 'because.unsupported' }, count: guests.length }];
  const detail = offer?.instead?.because ?? reasons[0]?.because;
  return {
    about: 'failure',
    failure: {
      code: 'not-offered',
      title: {
        key: 'failure.title.act',
        params: {
          verb: offer?.labels[0]?.key ?? `verb.${verb}`,
          name: guests.length > namesSaid ? `${name}, … (+${guests.length - namesSaid})` : name,
        },
      },
      ...(detail && { detail }),
      remedies: [],
    },
    ...(reasons.length > 1 && { reasons }),
  };
}

/** The words on the button: `Start`, `Shut down / Stop`, `Start (3 of 5)`. */
export function offerLabel(offer: JointOffer, text: Text): string {
  const label = [...new Set(offer.labels.map(text.message))].join(' / ');
  const { ready, total } = offer;
  if (ready.length === 0 || ready.length === total) return label;
  return text.t('verb.countOf', { label, ready: ready.length, total });
}

/** Why the verb is not ready, or not for all; undefined where it is ready for all. */
export function offerReason(offer: JointOffer, text: Text): string | undefined {
  const { ready, total } = offer;
  if (ready.length === total) return undefined;
  const reasons = offer.reasons
    .map(({ because, count }) =>
      total === 1 ? text.message(because) : text.t('verb.reasonCount', { reason: text.message(because), count }),
    )
    .join(' ');
  if (ready.length === 0) return text.t('verb.notReady', { reasons });
  return text.t('verb.someNotReady', { ready: ready.length, total, reasons });
}
