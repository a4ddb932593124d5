import type { Guest } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { Text } from '../text/make-text.ts';
import { parseFilter, splitValues, unquoted } from './filter-parse.ts';
import { isListed, type TermId, termIds, termOf, termValues, valueKey, valuesMeant } from './filter-words.ts';
import { type FindWords, fold } from './guest-facts.ts';
import { type PresentText, presentTexts } from './term-texts.ts';

type Guests = ReadonlyMap<GuestId, Guest>;

/** Something that can be put into the filter where it is being written. */
export interface Completion {
  /** `tag:` or `tag:db`, without what is written before it. */
  readonly text: string;
  readonly term: TermId;
  /** The value; undefined where it is the term alone. */
  readonly value: string | undefined;
  /** The part of the filter that it replaces. */
  readonly start: number;
  readonly end: number;
}

/** What in a filter is not what it looks like. */
export type FilterDoubt =
  | { readonly about: 'term'; readonly name: string }
  | { readonly about: 'value'; readonly term: TermId; readonly value: string };

/** More than that nobody reads. */
const mostCompletions = 50;

/**
 * What may come next where the caret is: the names of terms, or the values of a term: all that it can have, or those
 * that guests have now. Nothing after a plain word that begins no term.
 * @param evenEmpty also where nothing is written yet
 */
export function completionsOf(
  filter: string,
  caret: number,
  guests: Guests,
  words: FindWords,
  text: Text,
  evenEmpty: boolean,
): Completion[] {
  const part = parseFilter(filter).find(({ start, end }) => start < caret && caret <= end);
  const start = part ? part.start + (part.negated ? 1 : 0) : caret;
  const end = part ? part.end : caret;
  const whole = filter.slice(start, end);
  const written = filter.slice(start, caret);
  const colon = written.indexOf(':');
  if (colon < 0) {
    // What is after the name of a term stays.
    const nameEnd = whole.includes(':') ? start + whole.indexOf(':') + 1 : end;
    if (written === '' && !evenEmpty) return [];
    return termIds.flatMap((term): Completion[] => {
      const name = termName(term, text);
      return name.startsWith(fold(written)) ? [{ text: `${name}:`, term, value: undefined, start, end: nameEnd }] : [];
    });
  }
  const term = termOf(fold(written.slice(0, colon)));
  if (!term) return [];
  const before = splitValues(written.slice(colon + 1));
  const last = unquoted(before.pop() ?? '');
  const after = splitValues(whole.slice(colon + 1)).slice(before.length + 1);
  const taken = new Set([...before, ...after].map(unquoted));
  // Only the value at the caret is replaced: those after it stay, with the commas before them.
  const valueEnd = end - after.reduce((length, value) => length + value.length + 1, 0);
  const prefix = written.slice(0, colon + 1) + before.map((value) => `${value},`).join('');
  return valuesOf(term, guests, words, text)
    .filter(({ folded }) => folded.startsWith(last) && !taken.has(folded))
    .slice(0, mostCompletions)
    .map(({ text: value }) => ({ text: `${prefix}${quoted(value)}`, term, value, start, end: valueEnd }));
}

/** What the person should know of the filter: the first part that is a plain word though it looks like a term, or whose value nothing has. */
export function filterDoubt(filter: string): FilterDoubt | undefined {
  for (const { term, head, values } of parseFilter(filter)) {
    if (term === undefined) {
      // An address or a link has colons too.
      if (head !== undefined && /^\p{L}{2,}$/u.test(head) && !/^\w+:(\/\/|[\da-f]*:|\d)/.test(values[0] ?? '')) {
        return { about: 'term', name: head };
      }
    } else if (isListed(term)) {
      const wrong = values.find((value) => valuesMeant(term, value).size === 0);
      if (wrong !== undefined) return { about: 'value', term, value: wrong };
    } else if (term === 'port') {
      const wrong = values.find((value) => !/^\d+$/.test(value));
      if (wrong !== undefined) return { about: 'value', term, value: wrong };
    }
  }
  return undefined;
}

/** What a term is called in a language. */
export function termName(term: TermId, text: Pick<Text, 't'>): string {
  return firstName(text.t(`term.${term}`));
}

/** What a value that a term may have is written as in a language. */
export function listedValues(term: TermId, text: Pick<Text, 't'>): string[] {
  return isListed(term) ? termValues[term].map((value) => firstName(text.t(valueKey(term, value)))) : [];
}

function valuesOf(term: TermId, guests: Guests, words: FindWords, text: Text): readonly PresentText[] {
  if (isListed(term)) return listedValues(term, text).map((value) => ({ text: value, folded: fold(value) }));
  return presentTexts(term, guests, words);
}

function firstName(names: string): string {
  return names.split('|')[0] ?? names;
}
function quoted(value: string): string {
  return /[\s,]/.test(value) ? `"${value.replaceAll('"', '')}"` : value.replaceAll('"', '');
}
