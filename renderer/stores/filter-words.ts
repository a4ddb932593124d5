import { guestKinds, guestStates, virtualizations } from '../../shared/guest-words.ts';
import { type TermKey, termNames } from '../text/term-names.ts';
import { fold } from './guest-facts.ts';

/** Terms that the filter understands beside plain words, in the order in which they are offered. */
export const termIds = [
  'kind',
  'state',
  'tag',
  'name',
  'image',
  'port',
  'ip',
  'project',
  'lab',
  'engine',
  'health',
  'is',
  'title',
  'virtualization',
] as const;
export type TermId = (typeof termIds)[number];

/** What may be said of a guest after `is:`. */
export const traits = ['protected', 'autostart', 'transient', 'broken', 'tagged'] as const;
export type Trait = (typeof traits)[number];

/** Terms that have only certain values. */
export const termValues = {
  kind: guestKinds,
  state: guestStates,
  health: ['healthy', 'unhealthy', 'starting'],
  is: traits,
  virtualization: virtualizations,
} as const satisfies Partial<Record<TermId, readonly string[]>>;
export type ListedTerm = keyof typeof termValues;

export function isListed(term: TermId): term is ListedTerm {
  return term in termValues;
}

/** Terms and values are understood in every language of the window, whichever it has now, and as the code has them. */
function everyName<Id extends string>(ids: readonly Id[], keyOf: (id: Id) => TermKey): ReadonlyMap<string, Id> {
  const all = new Map<string, Id>();
  for (const id of ids) all.set(fold(id), id);
  for (const id of ids) for (const name of termNames(keyOf(id)).map(fold)) if (!all.has(name)) all.set(name, id);
  return all;
}

let terms: ReadonlyMap<string, TermId> | undefined;
const values = new Map<ListedTerm, ReadonlyMap<string, string>>();

/** @param name folded, without its colon */
export function termOf(name: string): TermId | undefined {
  terms ??= everyName(termIds, (id) => `term.${id}`);
  return terms.get(name);
}

/** Whether a term has a name that begins so, or is it. @param written folded */
export function beginsTerm(written: string): boolean {
  terms ??= everyName(termIds, (id) => `term.${id}`);
  for (const name of terms.keys()) if (name.startsWith(written)) return true;
  return false;
}

/**
 * The values that a written one may mean: the one of that name, else all whose name begins so, so that the list narrows
 * while somebody types.
 * @param written folded
 */
export function valuesMeant(term: ListedTerm, written: string): ReadonlySet<string> {
  let known = values.get(term);
  if (!known) {
    known = everyName(termValues[term], (value) => valueKey(term, value));
    values.set(term, known);
  }
  const exact = known.get(written);
  if (exact !== undefined) return new Set([exact]);
  const meant = new Set<string>();
  for (const [name, value] of known) if (name.startsWith(written)) meant.add(value);
  return meant;
}

/** Where the catalogues have the names of a value; `value` is one of termValues[term]. */
export function valueKey(term: ListedTerm, value: string): TermKey {
  return `term.${term}.${value}` as TermKey;
}
