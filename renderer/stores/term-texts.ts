import type { Guest } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { TermId } from './filter-words.ts';
import { type FindWords, fold, naturalKey } from './guest-facts.ts';

type Guests = ReadonlyMap<GuestId, Guest>;
type TextsOf = (guest: Guest, words: FindWords) => readonly string[];

/** Texts of a guest that the value of a term must be the whole of. */
export const wholeTexts = {
  tag: (guest) => guest.tags,
  project: (guest) => (guest.project ? [guest.project] : []),
  lab: (guest) => (guest.lab ? [guest.lab] : []),
  engine: (guest, words) => [words.engine(guest.engine)],
} as const satisfies Partial<Record<TermId, TextsOf>>;

/** Texts that need not be given whole, but are few enough to choose from. */
const otherTexts = {
  image: (guest) => (guest.image ? [guest.image] : []),
  port: (guest) => guest.ports.map(({ hostPort }) => String(hostPort)),
} as const satisfies Partial<Record<TermId, TextsOf>>;

const textsOf: Partial<Record<TermId, TextsOf>> = { ...wholeTexts, ...otherTexts };

/** A text that some guest has, and how it is looked for. */
export interface PresentText {
  readonly text: string;
  readonly folded: string;
}

/** By version of the guests: every key in the filter asks again, and there may be ten thousand of them. */
const known = new WeakMap<Guests, Map<TermId, { words: FindWords; texts: readonly PresentText[] }>>();

/** Every text that guests have now for a term, each once, in the order of their names. */
export function presentTexts(term: TermId, guests: Guests, words: FindWords): readonly PresentText[] {
  const ofGuest = textsOf[term];
  if (!ofGuest) return [];
  let byTerm = known.get(guests);
  if (!byTerm) {
    byTerm = new Map();
    known.set(guests, byTerm);
  }
  const before = byTerm.get(term);
  if (before?.words === words) return before.texts;
  const found = new Set<string>();
  for (const guest of guests.values()) for (const text of ofGuest(guest, words)) found.add(text);
  const texts = Array.from(found, (text) => ({ text, folded: fold(text), key: naturalKey(text) })).sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
  byTerm.set(term, { words, texts });
  return texts;
}
