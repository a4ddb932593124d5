import uFuzzy from '@leeoniya/ufuzzy';
import { Box, Monitor } from 'lucide-react';
import type { Guest } from '../../shared/guest.ts';
import type { AppStores } from '../stores/app-stores.ts';
import type { Text } from '../text/make-text.ts';
import { goToGuest } from './go-to-guest.ts';
import { verbEntries, windowEntries } from './palette-actions.ts';
import { appEntries } from './palette-app.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { guestEntries } from './palette-guest.ts';
import { listEntries } from './palette-list.ts';

/** Lines that are drawn: nobody reads further, and typing narrows. */
const mostShown = 60;
/** Guests whose verbs are offered for `start web`. */
const mostNamed = 12;

// Letters of every script: by itself it takes Latin ones only, and splits a query at all others.
const fuzzy = new uFuzzy({ intraMode: 0, unicode: true, interSplit: "[^\\p{L}\\p{M}\\p{N}']+" });
const plain = (texts: string[]): string[] => uFuzzy.latinize(texts);

/** What the palette finds. Made when it opens: the names of 10,000 guests are prepared once. */
export class PaletteSearch {
  readonly #stores: AppStores;
  readonly #text: Text;
  readonly #guests: Guest[];
  readonly #names: string[];
  readonly #window: PaletteEntry[];
  readonly #windowLabels: string[];

  constructor(stores: AppStores, text: Text) {
    this.#stores = stores;
    this.#text = text;
    const { guests } = stores.inventory.getState();
    this.#guests = [...guests.values()];
    this.#names = plain(
      this.#guests.map((guest) => [guest.name, guest.title, ...guest.tags].filter(Boolean).join(' ')),
    );
    this.#window = [...windowEntries(stores, text), ...appEntries(stores, text), ...listEntries(stores, text)];
    this.#windowLabels = plain(this.#window.map((entry) => entry.label));
  }

  /**
   * The entries for what was typed, best first; each word has to be found, in any order.
   * @param recent ids of entries that were run lately, newest first: shown first while nothing is typed
   */
  find(query: string, recent: readonly string[]): PaletteEntry[] {
    const needle = plain([query.trim()])[0] ?? '';
    const chosen = this.#chosen();
    const verbs = this.#entriesOf(chosen);
    if (needle === '') {
      const all = [...verbs, ...this.#window];
      const byId = new Map(all.map((entry) => [entry.id, entry]));
      const first = recent.flatMap((id) => byId.get(id) ?? this.#guestById(id) ?? []);
      const rest = all.filter((entry) => !first.some(({ id }) => id === entry.id));
      return [...first, ...rest].slice(0, mostShown);
    }
    const guests = search(this.#names, needle).map((at) => this.#guests[at] as Guest);
    const found = [
      ...pick(verbs, needle),
      ...search(this.#windowLabels, needle).map((at) => this.#window[at] as PaletteEntry),
      ...guests.slice(0, mostShown).map((guest) => this.#guestEntry(guest)),
      ...this.#verbsOfNamed(needle, new Set(chosen.map((guest) => guest.id))),
    ];
    // What can be done now comes before what cannot: Enter should do something.
    return [...found.filter((each) => !each.because), ...found.filter((each) => each.because)].slice(0, mostShown);
  }

  #chosen(): Guest[] {
    const { guests } = this.#stores.inventory.getState();
    return [...this.#stores.selection.getState().chosen].flatMap((id) => guests.get(id) ?? []);
  }

  /** What can be done to these guests together, and with one alone. */
  #entriesOf(guests: readonly Guest[]): PaletteEntry[] {
    const [first, second] = guests;
    if (!first) return [];
    const around = second ? [] : guestEntries(first, this.#stores, this.#text);
    return [...verbEntries(guests, this.#stores, this.#text), ...around];
  }

  /** `start web`, `web start`: the verbs of the guests that some of the words name, as far as the other words go. */
  #verbsOfNamed(needle: string, without: ReadonlySet<Guest['id']>): PaletteEntry[] {
    const words = needle.split(/\s+/);
    if (words.length < 2) return [];
    const named = new Set<Guest>();
    for (const word of words) {
      for (const at of search(this.#names, word).slice(0, mostNamed)) {
        const guest = this.#guests[at];
        if (guest && !without.has(guest.id)) named.add(guest);
      }
    }
    const entries = [...named].slice(0, mostNamed).flatMap((guest) => this.#entriesOf([guest]));
    return pick(entries, needle);
  }

  #guestById(id: string): PaletteEntry | undefined {
    const guest = this.#guests.find((each) => `${goToGuest.id} ${each.id}` === id);
    return guest && this.#guestEntry(guest);
  }

  #guestEntry(guest: Guest): PaletteEntry {
    const engine = this.#stores.inventory.getState().engines.get(guest.engine)?.name ?? guest.engine;
    const state = this.#text.t(`state.${guest.state}`);
    return {
      id: `${goToGuest.id} ${guest.id}`,
      icon: guest.kind === 'vm' ? Monitor : Box,
      label: goToGuest.label(guest, this.#text),
      detail: [this.#text.t(`kind.short.${guest.kind}`), state, engine].join(' · '),
      run: () => goToGuest.run(guest, this.#stores),
    };
  }
}

function pick(entries: readonly PaletteEntry[], needle: string): PaletteEntry[] {
  return search(plain(entries.map((entry) => entry.label)), needle).map((at) => entries[at] as PaletteEntry);
}

/** Places in the list of what fits, best first. */
function search(texts: string[], needle: string): number[] {
  const [found, info, order] = fuzzy.search(texts, needle, 1);
  if (!found) return [];
  // Too many to rank: in the order of the list.
  return info && order ? order.map((at) => info.idx[at] as number) : found;
}
