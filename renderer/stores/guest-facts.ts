import type { Guest, GuestState } from '../../shared/guest.ts';
import type { GuestSample } from '../../shared/metrics.ts';

/** The columns that the list can be sorted by. */
export const sortColumns = ['name', 'kind', 'state', 'cpu', 'memory', 'image', 'addresses', 'ports', 'engine'] as const;
export type SortColumn = (typeof sortColumns)[number];

/** Columns whose values are measured: sorting by them measures every guest. */
export function isMeasured(column: SortColumn): column is 'cpu' | 'memory' {
  return column === 'cpu' || column === 'memory';
}

/** Words that are not the guest's own but that it is found by. */
export interface FindWords {
  state(state: GuestState): string;
  kind(kind: Guest['kind']): string;
  engine(engine: Guest['engine']): string;
}

/** States in the order that a person looks for them. */
const stateOrder: Readonly<Record<GuestState, number>> = {
  running: 0,
  restarting: 1,
  stopping: 2,
  paused: 3,
  suspended: 4,
  crashed: 5,
  unknown: 6,
  saved: 7,
  stopped: 8,
};

/** Text that sorts as people expect with plain comparison: case and accents aside, 2 before 10. */
export function naturalKey(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}

/** What a port looks like in the list. */
export function portText(port: Guest['ports'][number]): string {
  return `${port.hostPort}→${port.guestPort}${port.protocol === 'tcp' ? '' : `/${port.protocol}`}`;
}

const names = new WeakMap<Guest, string>();

function nameKey(guest: Guest): string {
  let key = names.get(guest);
  if (key === undefined) {
    key = naturalKey(guest.name);
    names.set(guest, key);
  }
  return key;
}

/** All that the filter looks into, in lower case. */
export function haystackOf(guest: Guest, words: FindWords): string {
  return [
    guest.name,
    guest.image ?? '',
    ...guest.addresses,
    ...guest.ports.map(portText),
    ...guest.ports.map((port) => `:${port.hostPort}`),
    words.engine(guest.engine),
    words.state(guest.state),
    words.kind(guest.kind),
  ]
    .join('\n')
    .toLowerCase();
}

/** What a guest is sorted by; undefined sorts last in both directions. */
export function sortValue(
  guest: Guest,
  column: SortColumn,
  words: FindWords,
  sample: GuestSample | undefined,
): string | number | undefined {
  switch (column) {
    case 'name':
      return nameKey(guest);
    case 'kind':
      return words.kind(guest.kind);
    case 'state':
      return stateOrder[guest.state];
    case 'cpu':
      return sample?.cpu;
    case 'memory':
      return sample?.memory;
    case 'image':
      return guest.image && naturalKey(guest.image);
    case 'addresses':
      return guest.addresses[0] && naturalKey(guest.addresses[0]);
    case 'ports':
      return guest.ports[0]?.hostPort;
    case 'engine':
      return naturalKey(words.engine(guest.engine));
  }
}

/** Compares two guests by their values, then by name, then by id, so that the order is always the same. */
export function compareGuests(
  a: Guest,
  b: Guest,
  aValue: string | number | undefined,
  bValue: string | number | undefined,
  direction: 1 | -1,
): number {
  if (aValue !== bValue) {
    if (aValue === undefined) return 1;
    if (bValue === undefined) return -1;
    return aValue < bValue ? -direction : direction;
  }
  const aName = nameKey(a);
  const bName = nameKey(b);
  if (aName !== bName) return aName < bName ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
