import type { Grouping } from '../../shared/columns.ts';
import type { Guest } from '../../shared/guest.ts';
import { guestKinds } from '../../shared/guest-words.ts';
import type { GuestId } from '../../shared/ids.ts';
import { type FindWords, naturalKey, stateOrder } from './guest-facts.ts';

/** Names a row: a guest's own id in a flat list; in a group also which group, since a guest may be in several. */
export type RowId = string;

/** The line above the guests of a group. */
export interface GroupHead {
  readonly id: RowId;
  readonly groupBy: Exclude<Grouping, 'none'>;
  /** Tag, project, lab, engine id, kind or state; undefined: guests that have none. */
  readonly group: string | undefined;
  /** All of its guests that the filter lets through, in order, also while it is closed. */
  readonly guests: readonly GuestId[];
  readonly open: boolean;
}

/** A guest under the head of a group. */
export interface GroupedGuest {
  readonly id: RowId;
  readonly head: RowId;
  readonly guest: GuestId;
  /** Its place in the group, from 1, and how many there are. */
  readonly place: number;
  readonly size: number;
}

/** A line of the list. In a flat list it is the guest's id itself: ten thousand objects less for each key pressed. */
export type ListRow = GuestId | GroupHead | GroupedGuest;

export function rowIdOf(row: ListRow): RowId {
  return typeof row === 'string' ? row : row.id;
}
/** The guest of a row; undefined for the head of a group. */
export function guestOf(row: ListRow | undefined): GuestId | undefined {
  if (typeof row !== 'object') return row;
  return 'guest' in row ? row.guest : undefined;
}
export function isHead(row: ListRow | undefined): row is GroupHead {
  return typeof row === 'object' && 'guests' in row;
}

/** Where the row is; -1 where it is not there. */
export function placeOf(rows: readonly ListRow[], id: RowId | undefined): number {
  return id === undefined ? -1 : rows.findIndex((row) => rowIdOf(row) === id);
}

/** Whether nothing has to be drawn again: the same guests in the same places under the same heads. */
export function sameRows(a: readonly ListRow[], b: readonly ListRow[]): boolean {
  return a.length === b.length && a.every((row, place) => sameRow(row, b[place] as ListRow));
}

function sameRow(a: ListRow, b: ListRow): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if (a.id !== b.id) return false;
  if (!isHead(a) || !isHead(b)) return !isHead(a) && !isHead(b) && a.place === b.place && a.size === b.size;
  return (
    a.open === b.open &&
    a.guests.length === b.guests.length &&
    a.guests.every((guest, place) => guest === b.guests[place])
  );
}

/**
 * The rows of a list in groups. Groups are in the order of their names (states and kinds in their own), guests without
 * a group come last; inside a group the order of the list holds.
 * @param shown guests in the order of the list
 * @param closed ids of heads whose guests are not shown
 */
export function groupRows(
  shown: readonly GuestId[],
  guests: ReadonlyMap<GuestId, Guest>,
  groupBy: Exclude<Grouping, 'none'>,
  closed: ReadonlySet<RowId>,
  words: FindWords,
): ListRow[] {
  const groups = new Map<string | undefined, GuestId[]>();
  for (const id of shown) {
    const guest = guests.get(id);
    if (!guest) continue;
    for (const group of groupsOf[groupBy](guest)) {
      const members = groups.get(group);
      if (members) members.push(id);
      else groups.set(group, [id]);
    }
  }
  const rows: ListRow[] = [];
  for (const [group, members] of [...groups].sort(([a], [b]) => compareGroups(a, b, groupBy, words))) {
    const head = headId(groupBy, group);
    const open = !closed.has(head);
    rows.push({ id: head, groupBy, group, guests: members, open });
    if (!open) continue;
    members.forEach((guest, index) => {
      rows.push({ id: `${head}/${guest}`, head, guest, place: index + 1, size: members.length });
    });
  }
  return rows;
}

/** Without spaces, which an id in the page must not have. */
function headId(groupBy: Grouping, group: string | undefined): RowId {
  return `group:${groupBy}:${group === undefined ? '' : `=${encodeURIComponent(group)}`}`;
}

const none = [undefined];
const groupsOf: Readonly<Record<Exclude<Grouping, 'none'>, (guest: Guest) => readonly (string | undefined)[]>> = {
  lab: (guest) => [guest.lab],
  project: (guest) => [guest.project],
  tag: (guest) => (guest.tags.length > 0 ? [...new Set(guest.tags)] : none),
  engine: (guest) => [guest.engine],
  kind: (guest) => [guest.kind],
  state: (guest) => [guest.state],
};

function compareGroups(a: string | undefined, b: string | undefined, groupBy: Grouping, words: FindWords): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  if (groupBy === 'state') return stateOrder[a as Guest['state']] - stateOrder[b as Guest['state']];
  if (groupBy === 'kind') return guestKinds.indexOf(a as Guest['kind']) - guestKinds.indexOf(b as Guest['kind']);
  const [aKey, bKey] = [a, b].map((group) =>
    naturalKey(groupBy === 'engine' ? words.engine(group as Guest['engine']) : group),
  ) as [string, string];
  if (aKey === bKey) return a < b ? -1 : 1;
  return aKey < bKey ? -1 : 1;
}
