import { expect, test } from 'vitest';
import { connectedList } from '../testing/connected-list.ts';
import { createColumnsStore } from './columns-store.ts';
import { keepSortShown } from './sort-shown.ts';

function setUp() {
  const { list } = connectedList([]);
  const columns = createColumnsStore();
  keepSortShown(list, columns);
  return { list, columns, sort: () => list.getState().sort };
}
const byName = { column: 'name', direction: 'ascending' } as const;

test('a list sorted by a column that is hidden goes by name again', () => {
  const { list, columns, sort } = setUp();
  list.getState().sortBy('cpu');
  columns.getState().toggle('memory');
  expect(sort().column).toBe('cpu');
  columns.getState().toggle('cpu');
  expect(sort()).toEqual(byName);
});

test('a kept view that sorts by a column which it does not show goes by name', () => {
  const { list, sort } = setUp();
  list.getState().choose({ sort: { column: 'diskActivity', direction: 'descending' }, filter: 'web' });
  expect(sort()).toEqual(byName);
  expect(list.getState().filter).toBe('web');
});
