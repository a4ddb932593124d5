import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnIds } from '../../shared/columns.ts';
import { listView } from '../../shared/list-view.ts';
import { columnsWidth, columnTracks, createColumnsStore, usualColumns } from './columns-store.ts';

function setUp() {
  const store = createColumnsStore();
  return { store, does: () => store.getState(), ids: () => store.getState().columns.map(({ id }) => id) };
}
const first = usualColumns.map(({ id }) => id);

describe('the columns', () => {
  test('at first fit in a window of 1280 beside the rail and a scroll bar', () => {
    expect(columnsWidth(usualColumns)).toBeLessThanOrEqual(1280 - 76 - 15);
  });

  test('a column that is shown comes where it belongs, and goes again', () => {
    const { does, ids } = setUp();
    does().toggle('disk');
    expect(ids().indexOf('disk')).toBe(ids().indexOf('memory') + 1);
    does().toggle('disk');
    expect(ids()).toEqual(first);
  });

  test('the name is always there, and first', () => {
    const { does, ids } = setUp();
    does().toggle('name');
    expect(ids()).toEqual(first);
    does().moveBefore('state', 'name');
    does().moveBefore('name', undefined);
    does().moveBy('kind', -1);
    expect(ids()[0]).toBe('name');
  });

  test('moves before another, to the end, or one place', () => {
    const { does, ids } = setUp();
    does().moveBefore('engine', 'kind');
    expect(ids().slice(0, 3)).toEqual(['name', 'engine', 'kind']);
    does().moveBefore('kind', undefined);
    expect(ids().at(-1)).toBe('kind');
    does().moveBy('engine', 1);
    expect(ids().slice(0, 3)).toEqual(['name', 'state', 'engine']);
    does().moveBy('kind', 1);
    expect(ids().at(-1)).toBe('kind');
  });

  test('text stretches until a width is set by hand; then every column is as wide as it is told', () => {
    const { does } = setUp();
    expect(columnTracks(does().columns)).toContain('fr)');
    does().resize(new Map([['state', 222.4]]));
    expect(columnTracks(does().columns)).not.toContain('fr)');
    expect(does().columns.find(({ id }) => id === 'state')?.width).toBe(222);
    does().reset();
    expect(does().columns).toEqual(usualColumns);
  });

  test('whatever is done to them, they can be kept', () => {
    const column = fc.constantFrom(...columnIds);
    const act = fc.oneof(
      fc.tuple(fc.constant('toggle' as const), column),
      fc.tuple(fc.constant('move' as const), column, fc.option(column, { nil: undefined })),
      fc.tuple(fc.constant('by' as const), column, fc.constantFrom(-1 as const, 1 as const)),
      fc.tuple(fc.constant('resize' as const), column, fc.integer({ min: -500, max: 9000 })),
    );
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const { does, ids } = setUp();
        for (const [what, id, how] of acts) {
          if (what === 'toggle') does().toggle(id);
          else if (what === 'move') does().moveBefore(id, how);
          else if (what === 'by') does().moveBy(id, how);
          else does().resize(new Map([[id, how]]));
        }
        listView.shape.columns.parse(does().columns);
        expect(ids()[0]).toBe('name');
        expect(new Set(ids()).size).toBe(ids().length);
      }),
      { seed: 20_260_304 },
    );
  });
});
