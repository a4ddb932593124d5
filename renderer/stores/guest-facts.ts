import type { ColumnId } from '../../shared/columns.ts';
import type { Guest, GuestState } from '../../shared/guest.ts';
import type { GuestSample } from '../../shared/metrics.ts';

const measured: ReadonlySet<ColumnId> = new Set(['cpu', 'memory', 'network', 'diskActivity']);

/** Columns whose values are measured: sorting by them measures every guest. */
export function isMeasured(column: ColumnId): boolean {
  return measured.has(column);
}

/** Words that are not the guest's own but that it is found by. */
export interface FindWords {
  state(state: GuestState): string;
  kind(kind: Guest['kind']): string;
  engine(engine: Guest['engine']): string;
}

/** States in the order that a person looks for them. */
export const stateOrder: Readonly<Record<GuestState, number>> = {
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

/** Text as it is looked for: case and accents aside. */
export function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
  const plain = /^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.toLowerCase();
}

/** Text that sorts as people expect with plain comparison: case and accents aside, 2 before 10. */
export function naturalKey(text: string): string {
  return fold(text).replace(/\d+/g, (digits) => digits.padStart(20, '0'));
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

/** All that a plain word of the filter is looked for in, folded. */
export function haystackOf(guest: Guest, words: FindWords): string {
  return fold(
    [
      guest.name,
      guest.title ?? '',
      ...guest.tags,
      guest.project ?? '',
      guest.service ?? '',
      guest.lab ?? '',
      guest.image ?? '',
      ...guest.addresses,
      ...guest.ports.map(portText),
      ...guest.ports.map((port) => `:${port.hostPort}`),
      words.engine(guest.engine),
      words.state(guest.state),
      words.kind(guest.kind),
    ].join('\n'),
  );
}

/** The greatest value first is what a person wants of these. */
export function beginsGreatest(column: ColumnId): boolean {
  return isMeasured(column) || column === 'disk' || column === 'snapshots' || column === 'uptime';
}

const startupOrder = { autostart: 0, always: 1, 'unless-stopped': 2, 'on-failure': 3, no: 4, manual: 5 } as const;
const healthOrder = { unhealthy: 0, starting: 1, healthy: 2 } as const;
const virtualizationOrder = { full: 0, paravirtual: 1, emulation: 2, 'os-level': 3, none: 4 } as const;

type Value = string | number | undefined;

/** What a guest is sorted by; undefined sorts last in both directions. */
export function sortValue(guest: Guest, column: ColumnId, words: FindWords, sample: GuestSample | undefined): Value {
  return sortValues[column](guest, words, sample);
}

const sortValues: Readonly<
  Record<ColumnId, (guest: Guest, words: FindWords, sample: GuestSample | undefined) => Value>
> = {
  name: nameKey,
  kind: (guest, words) => words.kind(guest.kind),
  state: (guest) => stateOrder[guest.state],
  cpu: (_guest, _words, sample) => sample?.cpu,
  memory: (_guest, _words, sample) => sample?.memory,
  disk: (guest) => guest.disk?.used ?? guest.disk?.size,
  image: (guest) => textKey(guest.image),
  addresses: (guest) => textKey(guest.addresses[0]),
  ports: (guest) => guest.ports[0]?.hostPort,
  uptime: (guest) => (guest.startedAt !== undefined && isOn(guest) ? -guest.startedAt : undefined),
  tags: (guest) => textKey(guest.tags.join(' ')),
  project: (guest) => textKey(guest.project && `${guest.project} ${guest.service ?? ''}`),
  lab: (guest) => textKey(guest.lab),
  startup: ({ startup }) =>
    startup && startupOrder[startup.by === 'restartPolicy' ? startup.policy : startup.on ? 'autostart' : 'manual'],
  health: (guest) => guest.health && healthOrder[guest.health],
  snapshots: (guest) => guest.snapshots,
  virtualization: (guest) => guest.virtualization && virtualizationOrder[guest.virtualization],
  network: (_guest, _words, sample) => sum(sample?.networkReceive, sample?.networkSend),
  diskActivity: (_guest, _words, sample) => sum(sample?.diskRead, sample?.diskWrite),
  engine: (guest, words) => naturalKey(words.engine(guest.engine)),
};

/** True for a guest that has been started and not ended: its time counts, its figures can be measured. */
export function isOn(guest: Pick<Guest, 'state'>): boolean {
  return guest.state === 'running' || guest.state === 'paused';
}

function textKey(text: string | undefined): Value {
  return text ? naturalKey(text) : undefined;
}
function sum(a: number | undefined, b: number | undefined): Value {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
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
