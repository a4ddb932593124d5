import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ColumnId, columnIds } from '../../shared/columns.ts';
import type { ListView } from '../../shared/list-view.ts';

export type ShownColumn = ListView['columns'][number];

/** Which columns the list has, in order. The name is always the first. */
export interface Columns {
  readonly columns: readonly ShownColumn[];
  /** Shows or hides a column; one that is shown comes where it is in the first order. */
  toggle(column: ColumnId): void;
  /** Puts a column before another, or last. */
  moveBefore(column: ColumnId, other: ColumnId | undefined): void;
  /** One place to the left (-1) or to the right (1). */
  moveBy(column: ColumnId, step: -1 | 1): void;
  /** Sets widths in CSS pixels; those that are not named keep theirs. */
  resize(widths: ReadonlyMap<ColumnId, number>): void;
  set(columns: readonly ShownColumn[]): void;
  reset(): void;
}
export type ColumnsStore = StoreApi<Columns>;

/** Widths in CSS pixels at which the first columns fit in a window of 1280. */
export const usualWidths: Readonly<Record<ColumnId, number>> = {
  name: 164,
  kind: 112,
  state: 132,
  cpu: 98,
  memory: 118,
  disk: 118,
  image: 98,
  addresses: 122,
  ports: 104,
  uptime: 96,
  tags: 84,
  project: 110,
  lab: 96,
  startup: 116,
  health: 100,
  snapshots: 104,
  virtualization: 140,
  network: 160,
  diskActivity: 160,
  engine: 120,
};
/** Columns of text share what room there is, by these parts, until somebody sets a width by hand. */
const shares: Readonly<Partial<Record<ColumnId, number>>> = {
  name: 200,
  state: 130,
  image: 190,
  addresses: 110,
  ports: 110,
  tags: 120,
  project: 130,
  lab: 100,
  virtualization: 120,
  engine: 110,
};

/** Width of the boxes to choose by, before the first column. */
const chooseWidth = 34;

/** The columns as CSS grid tracks. @param fitted a column that is to be as wide as what is in it */
export function columnTracks(columns: readonly ShownColumn[], fitted?: ColumnId): string {
  const byHand = columns.some(({ id, width }) => width !== usualWidths[id]);
  const tracks = columns.map(({ id, width }) => {
    if (id === fitted) return 'max-content';
    const share = byHand ? undefined : shares[id];
    return share === undefined ? `${width}px` : `minmax(${width}px, ${share}fr)`;
  });
  return `${chooseWidth}px ${tracks.join(' ')}`;
}

/** Width of the whole list in CSS pixels, at least. */
export function columnsWidth(columns: readonly ShownColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, chooseWidth);
}

/** As in shared/list-view.ts. */
const mostWidth = 2000;
/** A column narrower than that cannot be taken by its edge any more. */
const leastWidth = 44;

const firstColumns: readonly ColumnId[] = [
  ...(['name', 'kind', 'state', 'cpu', 'memory', 'image', 'addresses', 'ports', 'tags', 'engine'] as const),
];
export const usualColumns: readonly ShownColumn[] = firstColumns.map((id) => ({ id, width: usualWidths[id] }));

export function createColumnsStore(): ColumnsStore {
  return createStore<Columns>((put, get) => ({
    columns: usualColumns,
    toggle(column) {
      const { columns, set } = get();
      if (columns.some(({ id }) => id === column)) set(columns.filter(({ id }) => id !== column));
      else {
        const place = columnIds.indexOf(column);
        const after = columns.findIndex(({ id }) => columnIds.indexOf(id) > place);
        const added = { id: column, width: usualWidths[column] };
        set(after < 0 ? [...columns, added] : columns.toSpliced(after, 0, added));
      }
    },
    moveBefore(column, other) {
      const { columns, set } = get();
      const moved = columns.find(({ id }) => id === column);
      if (!moved || column === other) return;
      const rest = columns.filter(({ id }) => id !== column);
      const place = rest.findIndex(({ id }) => id === other);
      set(place < 0 ? [...rest, moved] : rest.toSpliced(place, 0, moved));
    },
    moveBy(column, step) {
      const { columns, set } = get();
      const place = columns.findIndex(({ id }) => id === column);
      const moved = columns[place];
      const goal = place + step;
      if (!moved || goal < 1 || goal >= columns.length) return;
      set(columns.toSpliced(place, 1).toSpliced(goal, 0, moved));
    },
    resize(widths) {
      get().set(get().columns.map(({ id, width }) => ({ id, width: widths.get(id) ?? width })));
    },
    set(columns) {
      put({ columns: sound(columns) });
    },
    reset() {
      put({ columns: usualColumns });
    },
  }));
}

/** Whatever comes from disk or from a pointer: the name first, each column once, widths that can be used. */
function sound(columns: readonly ShownColumn[]): readonly ShownColumn[] {
  const once = new Map(columns.map(({ id, width }) => [id, width]));
  const name = once.get('name') ?? usualWidths.name;
  once.delete('name');
  return [['name', name] as const, ...once].map(([id, width]) => ({
    id,
    width: Math.round(Math.max(leastWidth, Math.min(mostWidth, width))),
  }));
}
