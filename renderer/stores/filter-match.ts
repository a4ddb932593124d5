import type { Guest } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import { type FilterPart, parseFilter } from './filter-parse.ts';
import { isListed, type ListedTerm, type Trait, valuesMeant } from './filter-words.ts';
import { type FindWords, fold } from './guest-facts.ts';
import { type PresentText, presentTexts, wholeTexts } from './term-texts.ts';

/** Whether a filter lets a guest through. `haystack` is what plain words are looked for in. */
export type GuestTest = (guest: Guest, haystack: string) => boolean;
type Guests = ReadonlyMap<GuestId, Guest>;

/**
 * A filter as one test. It is made anew for each version of the guests: a value that none of them has whole is taken
 * for the beginning of one.
 */
export function compileFilter(filter: string, guests: Guests, words: FindWords): GuestTest {
  const tests = parseFilter(filter).flatMap((part) => {
    const test = testOf(part, guests, words);
    if (!test) return [];
    return part.negated ? (guest: Guest, haystack: string) => !test(guest, haystack) : test;
  });
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first;
  return (guest, haystack) => tests.every((test) => test(guest, haystack));
}

function testOf({ term, values }: FilterPart, guests: Guests, words: FindWords): GuestTest | undefined {
  const [word] = values;
  if (word === undefined) return undefined; // a term that is still being written hides nothing
  if (term === undefined) return (_guest, haystack) => haystack.includes(word);
  if (isListed(term)) {
    const meant = new Set(values.flatMap((value) => [...valuesMeant(term, value)]));
    const holds = listed[term];
    return (guest) => holds(guest, meant);
  }
  switch (term) {
    case 'port': {
      const ports = new Set(values.filter((value) => /^\d+$/.test(value)).map(Number));
      return (guest) => guest.ports.some(({ hostPort, guestPort }) => ports.has(hostPort) || ports.has(guestPort));
    }
    case 'tag':
    case 'project':
    case 'lab':
    case 'engine': {
      const textsOf = wholeTexts[term];
      const accepted = acceptedTexts(values, presentTexts(term, guests, words));
      return (guest) => textsOf(guest, words).some((text) => accepted.has(text));
    }
    default: {
      const textsOf = parts[term];
      return (guest) => textsOf(guest).some((text) => values.some((value) => fold(text).includes(value)));
    }
  }
}

/** Texts of a guest that a value may be any part of. */
const parts = {
  name: (guest: Guest) => [guest.name],
  title: (guest: Guest) => (guest.title ? [guest.title] : []),
  image: (guest: Guest) => (guest.image ? [guest.image] : []),
  ip: (guest: Guest) => guest.addresses,
};

/** Each text that one of the values means: it is the value, or begins with it where none is. */
function acceptedTexts(values: readonly string[], present: readonly PresentText[]): ReadonlySet<string> {
  return new Set(
    values.flatMap((value) => {
      const whole = present.filter(({ folded }) => folded === value);
      const meant = whole.length > 0 ? whole : present.filter(({ folded }) => folded.startsWith(value));
      return meant.map(({ text }) => text);
    }),
  );
}

const listed: Readonly<Record<ListedTerm, (guest: Guest, meant: ReadonlySet<string>) => boolean>> = {
  kind: (guest, meant) => meant.has(guest.kind),
  state: (guest, meant) => meant.has(guest.state),
  health: (guest, meant) => guest.health !== undefined && meant.has(guest.health),
  virtualization: (guest, meant) => guest.virtualization !== undefined && meant.has(guest.virtualization),
  is: (guest, meant) => {
    for (const trait of meant) if (hasTrait[trait as Trait](guest)) return true;
    return false;
  },
};

const hasTrait: Readonly<Record<Trait, (guest: Guest) => boolean>> = {
  protected: (guest) => guest.protected,
  autostart: ({ startup }) => (startup?.by === 'autostart' ? startup.on : !!startup && startup.policy !== 'no'),
  transient: (guest) => guest.transient,
  broken: (guest) => guest.failure !== undefined,
  tagged: (guest) => guest.tags.length > 0,
};
