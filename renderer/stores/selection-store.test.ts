import { describe, expect, test } from 'vitest';
import { connectedList } from '../testing/connected-list.ts';
import { aGuest, idOf } from '../testing/guests.ts';
import { type Choice, createSelectionStore } from './selection-store.ts';

function setUp(names: readonly string[]) {
  const all = connectedList(names.map((name) => aGuest(name)));
  const selection = createSelectionStore(all.list, all.inventory);
  return {
    ...all,
    selection,
    choose: (name: string, how: Choice): void => selection.getState().choose(idOf(name), how),
    go: (...gone: string[]): void => all.patch({ guestsGone: gone.map(idOf) }),
    chosen: (): string[] => [...selection.getState().chosen].sort(),
    at: () => selection.getState().at,
  };
}
const ids = (...names: string[]) => names.map(idOf);
const five = ['a', 'b', 'c', 'd', 'e'];

describe('choosing guests', () => {
  test('a plain choice is the only one', () => {
    const { choose, chosen, at } = setUp(five);
    choose('a', 'only');
    choose('c', 'only');
    expect(chosen()).toEqual(ids('c'));
    expect(at()).toBe(idOf('c'));
  });

  test('a toggle adds a guest and takes it back, and the keyboard goes there', () => {
    const { choose, chosen, at } = setUp(five);
    choose('a', 'only');
    choose('c', 'toggle');
    expect(chosen()).toEqual(ids('a', 'c'));
    choose('a', 'toggle');
    expect(chosen()).toEqual(ids('c'));
    expect(at()).toBe(idOf('a'));
  });

  test('a range goes from the last choice to here, in both directions, and can be drawn anew', () => {
    const { choose, chosen } = setUp(five);
    choose('c', 'only');
    choose('e', 'range');
    expect(chosen()).toEqual(ids('c', 'd', 'e'));
    choose('b', 'range');
    expect(chosen()).toEqual(ids('b', 'c'));
  });

  test('a range with nothing chosen before begins where it ends', () => {
    const { choose, chosen } = setUp(five);
    choose('b', 'range');
    expect(chosen()).toEqual(ids('b'));
    choose('d', 'range');
    expect(chosen()).toEqual(ids('b', 'c', 'd'));
  });

  test('a range follows the order of the list, not that of the names', () => {
    const { list, patch, choose, chosen } = setUp([]);
    patch({ guests: ['b', 'a', 'c'].map((name, place) => aGuest(name, { image: `image-${place}` })) });
    list.getState().sortBy('image');
    choose('a', 'only');
    choose('c', 'range');
    expect(chosen()).toEqual(ids('a', 'c'));
  });

  test('a range whose beginning is gone begins anew where it was asked for', () => {
    const { choose, go, chosen } = setUp(five);
    choose('a', 'only');
    go('a');
    choose('c', 'range');
    expect(chosen()).toEqual(ids('c'));
    choose('e', 'range');
    expect(chosen()).toEqual(ids('c', 'd', 'e'));
  });

  test('all means those that the filter shows', () => {
    const { list, selection, chosen } = setUp(['web1', 'web2', 'mail']);
    list.getState().setFilter('web');
    selection.getState().chooseAll();
    expect(chosen()).toEqual(ids('web1', 'web2'));
    selection.getState().chooseNone();
    expect(chosen()).toEqual([]);
  });

  test('moving the keyboard chooses nothing', () => {
    const { selection, choose, chosen, at } = setUp(five);
    choose('a', 'only');
    selection.getState().moveTo(idOf('c'));
    expect([chosen(), at()]).toEqual([ids('a'), idOf('c')]);
  });
});

describe('what is chosen while the list changes', () => {
  test('what the filter hides is not chosen until the filter shows it again', () => {
    const { list, choose, chosen } = setUp(['web1', 'web2', 'mail']);
    choose('mail', 'only');
    choose('web1', 'toggle');
    list.getState().setFilter('web');
    expect(chosen()).toEqual(ids('web1'));
    choose('web2', 'toggle');
    list.getState().setFilter('');
    expect(chosen()).toEqual(ids('mail', 'web1', 'web2'));
  });

  test.each(['only', 'range'] as const)('what the filter hides is let go by a choice of %s', (how) => {
    const { list, choose, chosen } = setUp(['web1', 'web2', 'mail']);
    choose('mail', 'only');
    list.getState().setFilter('web');
    choose('web2', how);
    list.getState().setFilter('');
    expect(chosen()).toEqual(ids('web2'));
  });

  test('what the filter hides is let go by choosing nobody', () => {
    const { list, selection, choose, chosen } = setUp(['web1', 'mail']);
    choose('mail', 'only');
    list.getState().setFilter('web');
    selection.getState().chooseNone();
    list.getState().setFilter('');
    expect(chosen()).toEqual([]);
  });

  test('a hidden guest that is gone is not chosen any more when it comes back', () => {
    const { list, choose, go, patch, chosen } = setUp(['web1', 'mail']);
    choose('mail', 'only');
    list.getState().setFilter('web');
    go('mail');
    patch({ guests: [aGuest('mail')] });
    list.getState().setFilter('');
    expect(chosen()).toEqual([]);
  });

  test('a guest that is gone is not chosen any more, also when it comes back', () => {
    const { choose, go, patch, chosen } = setUp(five);
    choose('a', 'only');
    choose('c', 'range');
    go('b');
    expect(chosen()).toEqual(ids('a', 'c'));
    patch({ guests: [aGuest('b')] });
    expect(chosen()).toEqual(ids('a', 'c'));
  });

  test('a guest that is renamed or moves in the list stays chosen', () => {
    const { choose, patch, chosen, at } = setUp(five);
    choose('b', 'only');
    patch({ guests: [aGuest('zebra', { id: idOf('b') })] });
    expect([chosen(), at()]).toEqual([ids('b'), idOf('b')]);
  });

  test('when the guest under the keyboard goes, the keyboard is at the one that takes its place', () => {
    const { choose, go, at, chosen } = setUp(five);
    choose('c', 'only');
    go('c');
    expect(at()).toBe(idOf('d'));
    expect(chosen()).toEqual([]);
  });

  test('when the last guest of the list goes, the keyboard is at the one before it', () => {
    const { selection, go, at } = setUp(five);
    selection.getState().moveTo(idOf('e'));
    go('e');
    expect(at()).toBe(idOf('d'));
  });

  test('when all guests go, the keyboard is nowhere', () => {
    const { choose, go, at, chosen } = setUp(['a', 'b']);
    choose('a', 'only');
    go('a', 'b');
    expect([at(), chosen()]).toEqual([undefined, []]);
  });
});
