import type { ColumnId } from '../../shared/columns.ts';
import type { Guest } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import { compileFilter } from './filter-match.ts';
import { withoutUnfinished } from './filter-unfinished.ts';
import { compareGuests, type FindWords, haystackOf, sortValue } from './guest-facts.ts';
import { lastSample, type Metrics } from './metrics-store.ts';

export interface Sort {
  readonly column: ColumnId;
  readonly direction: 'ascending' | 'descending';
}

/** One guest as the order keeps it: what it is sorted by and what the filter looks into. */
interface Entry {
  readonly guest: Guest;
  readonly value: string | number | undefined;
  readonly haystack: string;
}

/**
 * The order of all guests, kept up while they change. A few changed guests are put in their new places without sorting
 * the rest: with 10,000 guests a whole sort on every patch would eat the frame.
 */
export class GuestOrder {
  #words: FindWords;
  #sort: Sort;
  #entries: Entry[] = [];
  #guests: ReadonlyMap<GuestId, Guest> = new Map();

  constructor(words: FindWords, sort: Sort) {
    this.#words = words;
    this.#sort = sort;
  }

  /** Sorts everything anew: another column, another language, new figures. */
  rebuild(guests: ReadonlyMap<GuestId, Guest>, sort: Sort, words: FindWords, metrics: Metrics): void {
    const sameWords = words === this.#words;
    const old = new Map<Guest, string>();
    if (sameWords) for (const entry of this.#entries) old.set(entry.guest, entry.haystack);
    this.#sort = sort;
    this.#words = words;
    this.#guests = guests;
    this.#entries = Array.from(guests.values(), (guest) => this.#entry(guest, metrics, old.get(guest)));
    this.#entries.sort(this.#compare);
  }

  /** Takes over a new version of the guests; returns those that are new, changed or gone. */
  update(guests: ReadonlyMap<GuestId, Guest>, metrics: Metrics): GuestId[] {
    const before = this.#guests;
    const changed: Guest[] = [];
    const gone: GuestId[] = [];
    for (const [id, guest] of guests) if (before.get(id) !== guest) changed.push(guest);
    for (const id of before.keys()) if (!guests.has(id)) gone.push(id);
    if (changed.length + gone.length > 0) {
      const kept = this.#entries.filter((entry) => guests.get(entry.guest.id) === entry.guest);
      this.#guests = guests;
      const fresh = changed.map((guest) => this.#entry(guest, metrics)).sort(this.#compare);
      this.#entries = merge(kept, fresh, this.#compare);
    }
    return [...changed.map((guest) => guest.id), ...gone];
  }

  /**
   * The ids that the filter lets through, in order: every word and term of it must hold.
   * @param caret where the filter is being written: what is unfinished there does not empty the list
   */
  shown(filter: string, caret?: number): GuestId[] {
    const ids = this.#through(filter);
    if (ids.length > 0 || caret === undefined) return ids;
    const finished = withoutUnfinished(filter, caret, [...this.#guests.values()]);
    return finished === undefined ? ids : this.#through(finished);
  }

  #through(filter: string): GuestId[] {
    const test = compileFilter(filter, this.#guests, this.#words);
    const ids: GuestId[] = [];
    for (const { guest, haystack } of this.#entries) if (test(guest, haystack)) ids.push(guest.id);
    return ids;
  }

  #entry(guest: Guest, metrics: Metrics, haystack?: string): Entry {
    return {
      guest,
      value: sortValue(guest, this.#sort.column, this.#words, lastSample(metrics, guest.id)),
      haystack: haystack ?? haystackOf(guest, this.#words),
    };
  }

  readonly #compare = (a: Entry, b: Entry): number =>
    compareGuests(a.guest, b.guest, a.value, b.value, this.#sort.direction === 'ascending' ? 1 : -1);
}

/** Two sorted lists as one. */
function merge(kept: Entry[], fresh: readonly Entry[], compare: (a: Entry, b: Entry) => number): Entry[] {
  if (fresh.length === 0) return kept;
  const merged: Entry[] = [];
  let next = 0;
  for (const entry of fresh) {
    let low = next;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(kept[middle] as Entry, entry) <= 0) low = middle + 1;
      else high = middle;
    }
    for (; next < low; next += 1) merged.push(kept[next] as Entry);
    merged.push(entry);
  }
  for (; next < kept.length; next += 1) merged.push(kept[next] as Entry);
  return merged;
}
