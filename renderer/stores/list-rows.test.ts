import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Grouping, groupings } from '../../shared/columns.ts';
import { guestStates } from '../../shared/guest-words.ts';
import { connectedList } from '../testing/connected-list.ts';
import { aContainer, aGuest, bothEngines, idOf } from '../testing/guests.ts';
import { guestOf, isHead, type ListRow, placeOf, rowIdOf } from './list-rows.ts';
import { createSelectionStore } from './selection-store.ts';

const guests = [
  aGuest('mail', { tags: ['prod', 'db'], state: 'running' }),
  aGuest('web', { tags: ['prod'] }),
  aContainer('api', { tags: [], project: 'shop', state: 'running' }),
  aContainer('cache', { tags: ['db'], project: 'blog' }),
];

function setUp(groupBy: Grouping = 'tag') {
  const all = connectedList(guests, bothEngines);
  const selection = createSelectionStore(all.list, all.inventory);
  all.list.getState().setGroupBy(groupBy);
  const rows = () => all.list.getState().rows;
  const head = (group: string | undefined) => rows().find((row) => isHead(row) && row.group === group) as ListRow;
  return {
    ...all,
    selection,
    rows,
    head: (group: string | undefined) => rowIdOf(head(group)),
    /** Heads as `[group]` and guests by name, from top to bottom. */
    lines: () =>
      rows().map((row) =>
        isHead(row) ? `[${row.group ?? ''}]` : all.inventory.getState().guests.get(guestOf(row) ?? idOf(''))?.name,
      ),
    chosen: () => [...selection.getState().chosen].sort(),
  };
}

describe('groups', () => {
  test('a guest with several tags is under each of them, one without under none, and that comes last', () => {
    expect(setUp().lines()).toEqual(['[db]', 'cache', 'mail', '[prod]', 'mail', 'web', '[]', 'api']);
  });

  test('by project, kind, state and engine', () => {
    expect(setUp('project').lines()).toEqual(['[blog]', 'cache', '[shop]', 'api', '[]', 'mail', 'web']);
    expect(setUp('kind').lines()).toEqual(['[vm]', 'mail', 'web', '[container]', 'api', 'cache']);
    expect(setUp('state').lines()).toEqual(['[running]', 'api', 'mail', '[stopped]', 'cache', 'web']);
    const engines = setUp('engine').lines();
    expect(engines.filter((line) => line?.startsWith('['))).toEqual([
      '[docker:unix:///var/run/docker.sock]',
      '[libvirt:qemu:///system]',
    ]);
  });

  test('inside a group the order of the list holds, and the filter lets through what it does', () => {
    const { list, lines } = setUp('kind');
    list.getState().sortBy('name', 'descending');
    expect(lines()).toEqual(['[vm]', 'web', 'mail', '[container]', 'cache', 'api']);
    list.getState().setFilter('tag:db');
    expect(lines()).toEqual(['[vm]', 'mail', '[container]', 'cache']);
  });

  test('a guest whose state changes goes to the other group, and the keyboard with it', () => {
    const { patch, lines, selection, rows } = setUp('state');
    selection.getState().choose(idOf('mail'), 'only');
    patch({ guests: [aGuest('mail', { state: 'stopped' })] });
    expect(lines()).toEqual(['[running]', 'api', '[stopped]', 'cache', 'mail', 'web']);
    const { at, chosen } = selection.getState();
    expect([placeOf(rows(), at), [...chosen]]).toEqual([4, [idOf('mail')]]);
  });

  test('a change that moves nothing keeps the same rows, so that nothing is drawn again', () => {
    const { patch, rows } = setUp();
    const before = rows();
    patch({ guests: [aGuest('web', { tags: ['prod'], state: 'paused' })] });
    expect(rows()).toBe(before);
  });

  test('a closed group shows its head alone, and stays closed while guests come and go', () => {
    const { list, lines, head, patch } = setUp();
    list.getState().toggleGroup(head('prod'));
    expect(lines()).toEqual(['[db]', 'cache', 'mail', '[prod]', '[]', 'api']);
    patch({ guests: [aGuest('new', { tags: ['prod'] })] });
    expect(lines()).toEqual(['[db]', 'cache', 'mail', '[prod]', '[]', 'api']);
    list.getState().toggleAllGroups(false);
    expect(lines()).toEqual(['[db]', '[prod]', '[]']);
    list.getState().toggleAllGroups(true);
    expect(lines()).toContain('new');
  });
});

describe('choosing in groups', () => {
  test('a guest in two groups is chosen once, and in both', () => {
    const { selection, rows, chosen } = setUp();
    const places = rows().flatMap((row) => (guestOf(row) === idOf('mail') ? [rowIdOf(row)] : []));
    expect(places).toHaveLength(2);
    selection.getState().choose(places[1] as string, 'only');
    expect([chosen(), selection.getState().at]).toEqual([[idOf('mail')], places[1]]);
  });

  test('the head takes all of its guests, and gives them back', () => {
    const { selection, head, chosen } = setUp();
    selection.getState().choose(idOf('web'), 'only');
    selection.getState().choose(head('prod'), 'toggle');
    expect(chosen()).toEqual([idOf('mail'), idOf('web')]);
    selection.getState().choose(head('prod'), 'toggle');
    expect(chosen()).toEqual([]);
  });

  test('passing over a head chooses nobody', () => {
    const { selection, head, chosen } = setUp();
    selection.getState().choose(idOf('web'), 'only');
    selection.getState().choose(head('prod'), 'only');
    expect([chosen(), selection.getState().at]).toEqual([[], head('prod')]);
  });

  test('a range leaves out what a closed group hides', () => {
    const { list, selection, head, chosen } = setUp();
    list.getState().toggleGroup(head('prod'));
    selection.getState().choose(idOf('cache'), 'only');
    selection.getState().choose(idOf('api'), 'range');
    expect(chosen()).toEqual(['api', 'cache', 'mail'].map(idOf));
  });

  test('closing the group where the keyboard is sends it to the head; its guests stay chosen', () => {
    const { list, selection, head, chosen } = setUp('kind');
    selection.getState().choose(idOf('web'), 'only');
    list.getState().toggleGroup(head('vm'));
    expect([selection.getState().at, chosen()]).toEqual([head('vm'), [idOf('web')]]);
  });

  test('a guest that is asked for by name is chosen also out of a closed group, which opens', () => {
    const { list, selection, chosen, lines } = setUp();
    list.getState().toggleAllGroups(false);
    selection.getState().choose(idOf('web'), 'only');
    expect([chosen(), lines()]).toEqual([[idOf('web')], ['[db]', '[prod]', 'mail', 'web', '[]']]);
    expect(selection.getState().at).toContain('web');
  });

  test('dragging chooses all between, and with Ctrl keeps what was chosen', () => {
    const { selection, chosen } = setUp('none');
    selection.getState().chooseBetween(idOf('cache'), idOf('api'), new Set());
    expect(chosen()).toEqual([idOf('api'), idOf('cache')]);
    selection.getState().chooseBetween(idOf('web'), idOf('web'), new Set([idOf('api')]));
    expect(chosen()).toEqual([idOf('api'), idOf('web')]);
  });
});

describe('whatever happens to guests and groups', () => {
  const some = fc.record({
    number: fc.integer({ min: 0, max: 9 }),
    tags: fc.uniqueArray(fc.constantFrom('a', 'b', 'c-d'), { maxLength: 3 }),
    state: fc.constantFrom(...guestStates),
    lab: fc.option(fc.constantFrom('one lab', 'ñ/2', ''), { nil: undefined }),
  });
  const step = fc.record({
    put: fc.array(some, { maxLength: 5 }),
    gone: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
    groupBy: fc.constantFrom(...groupings),
    close: fc.integer({ min: 0, max: 20 }),
  });

  test('rows have ids of their own without spaces, every open group has its guests, and the keyboard is at a row', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const { list, patch, selection, rows } = setUp('none');
        for (const { put, gone, groupBy, close } of steps) {
          const made = put.map(({ number, lab, ...part }) =>
            aGuest(`g${number}`, { ...part, ...(lab !== undefined && { lab }) }),
          );
          patch({ guests: made, guestsGone: gone.map((number) => idOf(`g${number}`)) });
          list.getState().setGroupBy(groupBy);
          const row = rows()[close % Math.max(1, rows().length)];
          if (isHead(row)) list.getState().toggleGroup(row.id);
          else if (row !== undefined) selection.getState().choose(rowIdOf(row), close % 2 ? 'range' : 'toggle');

          const ids = rows().map(rowIdOf);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.filter((id) => /\s/.test(id))).toEqual([]);
          const { shown } = list.getState();
          const heads = rows().filter(isHead);
          if (groupBy === 'none') expect(ids).toEqual(shown);
          else expect(new Set(heads.flatMap((head) => head.guests))).toEqual(new Set(shown));
          for (const head of heads) {
            const under = rows().filter(
              (other) => typeof other === 'object' && 'head' in other && other.head === head.id,
            );
            expect(under.map(guestOf)).toEqual(head.open ? head.guests : []);
          }
          const { at, chosen } = selection.getState();
          if (at !== undefined) expect(ids).toContain(at);
          for (const id of chosen) expect(shown).toContain(id);
        }
      }),
      { seed: 20_260_303, numRuns: 150 },
    );
  });
});
