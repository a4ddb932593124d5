import type { GuestSnapshots, Snapshot, SnapshotId } from '../../../../shared/snapshot.ts';

/** Stands for what the guest is now among the ids of its snapshots. */
export const now = 'now';
export type RowId = SnapshotId | typeof now;

/** One line of the tree, with what has to be known to draw its branch. */
export interface TreeRow {
  readonly id: RowId;
  /** Undefined: NOW. */
  readonly snapshot: Snapshot | undefined;
  /** Index of the row that it stands on; -1: none. */
  readonly parent: number;
  /** From 1. */
  readonly level: number;
  readonly place: number;
  readonly siblings: number;
  /** Column of its dot, from 0. The last child stays in its parent's column: a chain needs one, however long it is. */
  readonly lane: number;
  /** Columns left of it whose line goes on past it. */
  readonly through: readonly number[];
  /** How its line comes in: straight from above, out of the column left of it, or not at all. */
  readonly from: 'above' | 'left' | undefined;
  /** Whether its line goes on below. */
  readonly down: boolean;
  /** Whether it is NOW, or NOW stands on it. */
  readonly onPath: boolean;
}

/**
 * The tree from the top down: each snapshot after the one that it stands on, those of one parent in the order of time,
 * NOW as the newest of its parent's. One whose parent is unknown, or stands on itself, begins a tree of its own.
 */
export function treeRows({ snapshots, current }: Pick<GuestSnapshots, 'snapshots' | 'current'>): TreeRow[] {
  const known = new Map(snapshots.map((each) => [each.id, each]));
  const under = new Map<SnapshotId | undefined, RowId[]>();
  const put = (parent: SnapshotId | undefined, id: RowId): void => {
    const key = parent !== undefined && known.has(parent) ? parent : undefined;
    under.set(key, [...(under.get(key) ?? []), id]);
  };
  for (const { id, parent } of snapshots.toSorted((a, b) => a.createdAt - b.createdAt)) put(parent, id);
  put(current, now);

  const path = new Set<RowId>([now]);
  for (let at = current && known.get(current); at && !path.has(at.id); at = at.parent && known.get(at.parent)) {
    path.add(at.id);
  }

  const rows: TreeRow[] = [];
  const drawn = new Set<RowId>();
  type Place = Omit<TreeRow, 'id' | 'snapshot' | 'down' | 'onPath'>;
  function walk(id: RowId, place: Place): void {
    if (drawn.has(id)) return;
    drawn.add(id);
    const children = id === now ? [] : (under.get(id) ?? []);
    const snapshot = id === now ? undefined : known.get(id);
    const self = rows.push({ ...place, id, snapshot, down: children.length > 0, onPath: path.has(id) }) - 1;
    for (const [index, child] of children.entries()) {
      const last = index === children.length - 1;
      walk(child, {
        ...{ parent: self, level: place.level + 1, place: index + 1, siblings: children.length },
        lane: last ? place.lane : place.lane + 1,
        through: last ? place.through : [...place.through, place.lane],
        from: last ? 'above' : 'left',
      });
    }
  }
  const roots = under.get(undefined) ?? [];
  const root = { parent: -1, level: 1, lane: 0, through: [], from: undefined };
  for (const [index, id] of roots.entries()) walk(id, { ...root, place: index + 1, siblings: roots.length });
  // What stands on itself is under no root.
  for (const { id } of snapshots) walk(id, { ...root, place: roots.length, siblings: roots.length });
  return rows;
}
