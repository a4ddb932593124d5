// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { keptViews } from '../../shared/list-view.ts';
import { connectedList } from '../testing/connected-list.ts';
import { aContainer, aFailure, aGuest } from '../testing/guests.ts';
import { createColumnsStore, usualColumns } from './columns-store.ts';
import { createNoticesStore } from './notices-store.ts';
import { createViewsStore } from './views-store.ts';

async function setUp(main = connectedList([]).main) {
  const { list, names } = connectedList([aGuest('web'), aContainer('db', { tags: ['db'] })]);
  const columns = createColumnsStore();
  const notices = createNoticesStore();
  const { store, read } = createViewsStore(main.bridge, list, columns, notices);
  await read();
  return { main, list, names, columns, notices, views: () => store.getState() };
}

describe('how the list looks', () => {
  test('is as at first when nothing was kept, and nothing is kept then', async () => {
    const { main, columns, list } = await setUp();
    expect(columns.getState().columns).toBe(usualColumns);
    expect(list.getState().sort).toEqual({ column: 'name', direction: 'ascending' });
    expect(main.inputs('views.keep')).toEqual([]);
  });

  test('comes back after a restart: columns, order and groups, but no filter', async () => {
    const { main, list, columns } = await setUp();
    columns.getState().toggle('disk');
    columns.getState().moveBefore('engine', 'kind');
    list.getState().sortBy('image');
    list.getState().setGroupBy('tag');
    list.getState().setFilter('db');
    keptViews.parse(main.views);

    const again = await setUp(main);
    expect(again.columns.getState().columns).toEqual(columns.getState().columns);
    const { sort, groupBy, filter } = again.list.getState();
    expect({ sort, groupBy, filter }).toEqual({
      sort: { column: 'image', direction: 'ascending' },
      groupBy: 'tag',
      filter: '',
    });
  });

  test('a key pressed in the filter keeps nothing', async () => {
    const { main, list } = await setUp();
    list.getState().setFilter('d');
    list.getState().setFilter('db');
    expect(main.inputs('views.keep')).toEqual([]);
  });

  test('what could not be read or kept is told', async () => {
    const broken = connectedList([]).main;
    broken.answers['views.read'] = () => ({ ok: false, failure: aFailure('x') });
    broken.answers['views.keep'] = () => ({ ok: false, failure: aFailure('x') });
    const { notices, list } = await setUp(broken);
    expect(notices.getState().notices).toHaveLength(1);
    list.getState().setGroupBy('kind');
    await Promise.resolve();
    await expect.poll(() => notices.getState().notices.length).toBe(2);
  });
});

describe('a saved view', () => {
  test('brings back columns, order, groups and filter', async () => {
    const { list, names, columns, views, main } = await setUp();
    columns.getState().toggle('disk');
    list.getState().choose({ filter: 'tag:db', groupBy: 'kind', sort: { column: 'state', direction: 'descending' } });
    views().save('databases');
    views().reset();
    expect([names(), list.getState().groupBy, columns.getState().columns]).toEqual([
      ['db', 'web'],
      'none',
      usualColumns,
    ]);
    views().use('databases');
    expect(names()).toEqual(['db']);
    expect(list.getState()).toMatchObject({ filter: 'tag:db', groupBy: 'kind', sort: { column: 'state' } });
    expect(columns.getState().columns.map(({ id }) => id)).toContain('disk');

    const again = await setUp(main);
    expect(again.views().saved.map(({ name }) => name)).toEqual(['databases']);
  });

  test('of the same name is replaced; one can be renamed, but not over another, and deleted', async () => {
    const { list, views, main } = await setUp();
    views().save('b');
    list.getState().setFilter('web');
    views().save('b');
    views().save('a');
    expect(views().saved.map(({ name, view }) => [name, view.filter])).toEqual([
      ['a', 'web'],
      ['b', 'web'],
    ]);
    views().rename('a', 'b');
    expect(views().saved).toHaveLength(2);
    views().rename('a', 'c');
    expect(views().saved.map(({ name }) => name)).toEqual(['b', 'c']);
    views().remove('b');
    expect(main.views.saved.map(({ name }) => name)).toEqual(['c']);
  });
});
