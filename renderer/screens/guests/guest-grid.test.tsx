// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import {
  chosenNames,
  clickRow,
  drawApp,
  listedNames,
  pressInList,
  rowOf,
  typeFilter,
  verbButton,
} from '../../testing/draw-app.tsx';
import { aContainer, aGuest, idOf } from '../../testing/guests.ts';
import { rowId } from './grid-keys.ts';

const five = () => ({ guests: ['a', 'b', 'c', 'd', 'e'].map((name) => aGuest(name)) });
const many = (count: number) => ({
  guests: Array.from({ length: count }, (_, number) => aGuest(`guest-${number}`, { state: 'running' })),
});
/** The name of the row where the keyboard is, as a screen reader learns it. */
function keyboardAt(): string | null | undefined {
  const id = screen.getByRole('grid').getAttribute('aria-activedescendant');
  return id ? document.getElementById(id)?.querySelector('.guest-name')?.textContent : undefined;
}

describe('choosing with the pointer', () => {
  test('a click chooses one guest and no other', async () => {
    await drawApp(five());
    clickRow('b');
    clickRow('d');
    expect(chosenNames()).toEqual(['d']);
  });

  test('Ctrl adds and takes away, Shift chooses all in between', async () => {
    await drawApp(five());
    clickRow('a');
    clickRow('c', { ctrlKey: true });
    expect(chosenNames()).toEqual(['a', 'c']);
    clickRow('e', { shiftKey: true });
    expect(chosenNames()).toEqual(['c', 'd', 'e']);
    clickRow('d', { ctrlKey: true });
    expect(chosenNames()).toEqual(['c', 'e']);
  });

  test('the box of a row adds and takes away as well', async () => {
    await drawApp(five());
    fireEvent.click(screen.getByLabelText('Select a'));
    fireEvent.click(screen.getByLabelText('Select b'));
    expect(chosenNames()).toEqual(['a', 'b']);
    fireEvent.click(screen.getByLabelText('Select a'));
    expect(chosenNames()).toEqual(['b']);
  });

  test('the box of a row with Shift chooses all in between', async () => {
    await drawApp(five());
    fireEvent.click(screen.getByLabelText('Select b'));
    fireEvent.click(screen.getByLabelText('Select d'), { shiftKey: true });
    expect(chosenNames()).toEqual(['b', 'c', 'd']);
  });

  test('the box of a row leaves the keyboard to the list', async () => {
    await drawApp(five());
    act(() => screen.getByLabelText('Select b').focus());
    fireEvent.click(screen.getByLabelText('Select b'));
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    expect([chosenNames(), keyboardAt()]).toEqual([['b'], 'b']);
  });

  test('the box above the list chooses all that are shown, or none', async () => {
    await drawApp(five());
    const all = screen.getByLabelText('Select all guests') as HTMLInputElement;
    clickRow('a');
    expect([all.checked, all.indeterminate]).toEqual([false, true]);
    fireEvent.click(all);
    expect(chosenNames()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([all.checked, all.indeterminate]).toEqual([true, false]);
    fireEvent.click(all);
    expect(chosenNames()).toEqual([]);
  });

  test('what the filter hides is not acted on', async () => {
    const { main } = await drawApp(five());
    clickRow('a');
    clickRow('b', { ctrlKey: true });
    typeFilter('b');
    fireEvent.click(verbButton('Start'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('b')], action: { verb: 'start' } }]);
  });
});

describe('writing a filter', () => {
  const box = () => screen.getByRole('combobox', { name: 'Filter guests' }) as HTMLInputElement;

  test('keeps the list, the facts and who is chosen on the way to a term', async () => {
    const { stores } = await drawApp(five());
    clickRow('a');
    clickRow('c', { ctrlKey: true });
    act(() => box().focus());
    const grid = screen.getByRole('grid');
    for (const filter of ['k', 'ki', 'kin', 'kind', 'kind:', 'kind:v', 'kind:vm']) {
      typeFilter(filter);
      expect(listedNames(), filter).toHaveLength(5);
    }
    expect(chosenNames()).toEqual(['a', 'c']);
    expect(screen.getByRole('grid')).toBe(grid);
    act(() => stores.list.getState().setFilter(''));
    expect(chosenNames()).toEqual(['a', 'c']);
  });

  test('takes what is offered without losing the values after the caret', async () => {
    await drawApp({ guests: [aGuest('a', { tags: ['prod', 'db'] })] });
    typeFilter('tag:p,db');
    act(() => box().setSelectionRange(5, 5));
    fireEvent.click(box());
    fireEvent.click(screen.getByRole('option', { name: 'prod' }));
    expect(box().value).toBe('tag:prod,db');
    expect(box().selectionStart).toBe(8);
  });

  test('takes no more than a view can keep', async () => {
    await drawApp(five());
    expect(box().maxLength).toBe(1000);
  });

  test('is done when the box is left: the word is meant then', async () => {
    await drawApp(five());
    act(() => box().focus());
    typeFilter('kin');
    expect(listedNames()).toHaveLength(5);
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(screen.getByText('No guest matches “kin”')).toBeTruthy();
    expect(document.activeElement).toBe(box());
    typeFilter('ki');
    expect(listedNames()).toHaveLength(5);
    act(() => box().blur());
    expect(screen.getByText('No guest matches “ki”')).toBeTruthy();
  });
});

describe('choosing with the keyboard', () => {
  test('arrows, Home and End move and choose', async () => {
    await drawApp(five());
    const steps = ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End', 'ArrowDown', 'Home', 'ArrowUp'].map((key) => {
      pressInList(key);
      return [chosenNames().join(), keyboardAt()].join(' ');
    });
    expect(steps).toEqual(['a a', 'b b', 'a a', 'e e', 'e e', 'a a', 'a a']);
  });

  test('Shift with arrows extends, Ctrl with arrows only moves, Space adds and takes away', async () => {
    await drawApp(five());
    pressInList('Home');
    pressInList('ArrowDown', { shiftKey: true });
    expect(chosenNames()).toEqual(['a', 'b']);
    pressInList('ArrowDown', { ctrlKey: true });
    pressInList('ArrowDown', { ctrlKey: true });
    expect([chosenNames(), keyboardAt()]).toEqual([['a', 'b'], 'd']);
    pressInList(' ');
    expect(chosenNames()).toEqual(['a', 'b', 'd']);
    pressInList(' ');
    expect(chosenNames()).toEqual(['a', 'b']);
  });

  test('Ctrl+A chooses all and Escape none', async () => {
    await drawApp(five());
    pressInList('a', { ctrlKey: true });
    expect(chosenNames()).toEqual(['a', 'b', 'c', 'd', 'e']);
    pressInList('Escape');
    expect(chosenNames()).toEqual([]);
  });

  test('Enter shows the facts of the guest', async () => {
    const { stores } = await drawApp(five());
    act(() => stores.view.setState({ detailOpen: false }));
    pressInList('ArrowDown');
    expect(screen.queryByRole('region', { name: 'Facts' })).toBeNull();
    pressInList('Enter');
    expect(within(screen.getByRole('region', { name: 'Facts' })).getByText('native-a')).toBeTruthy();
  });

  test('when the guest goes, the keyboard is at its neighbour and stays in the list', async () => {
    const { tell } = await drawApp(five());
    const grid = screen.getByRole('grid');
    act(() => grid.focus());
    pressInList('ArrowDown');
    pressInList('ArrowDown');
    tell({ guestsGone: [idOf('b')] });
    expect(keyboardAt()).toBe('c');
    expect(document.activeElement).toBe(grid);
    pressInList('ArrowDown');
    expect(chosenNames()).toEqual(['d']);
  });

  test('keys for a column stay with the column', async () => {
    await drawApp(five());
    fireEvent.keyDown(screen.getByRole('button', { name: 'Name' }), { key: 'ArrowDown' });
    expect(chosenNames()).toEqual([]);
  });
});

describe('the columns', () => {
  test('a click on a column sorts by it and says so, a second one turns it around', async () => {
    await drawApp({ guests: [aGuest('web2'), aGuest('web10'), aContainer('Alpha')] });
    const head = screen.getByRole('columnheader', { name: 'Name' });
    expect([listedNames(), head.getAttribute('aria-sort')]).toEqual([['Alpha', 'web2', 'web10'], 'ascending']);
    fireEvent.click(within(head).getByRole('button'));
    expect([listedNames(), head.getAttribute('aria-sort')]).toEqual([['web10', 'web2', 'Alpha'], 'descending']);
    fireEvent.click(screen.getByRole('button', { name: 'Kind' }));
    expect(listedNames()).toEqual(['Alpha', 'web2', 'web10']);
    expect(head.getAttribute('aria-sort')).toBe('none');
  });
});

describe('a long list', () => {
  test('draws only the rows on screen, and says how many there are', async () => {
    await drawApp(many(10_000));
    const grid = screen.getByRole('grid');
    expect(grid.getAttribute('aria-rowcount')).toBe('10001');
    expect(listedNames().length).toBeGreaterThanOrEqual(20);
    expect(listedNames().length).toBeLessThan(60);
    expect(rowOf('guest-7').getAttribute('aria-rowindex')).toBe('9');
    expect(document.getElementById(rowId(idOf('guest-9000')))).toBeNull();
  });

  test('has only the guests on screen measured', async () => {
    const { main } = await drawApp(many(1000));
    await vi.waitFor(() => expect(main.inputs('metrics.watch')).toHaveLength(1));
    expect(main.inputs('metrics.watch')).toEqual([
      { guests: listedNames().map((name) => idOf(name ?? '')), all: false },
    ]);
    typeFilter('guest-99');
    await vi.waitFor(() => expect(main.inputs('metrics.watch')).toHaveLength(2));
    expect(main.inputs('metrics.watch')[1]).toEqual({
      guests: [99, ...Array.from({ length: 10 }, (_, last) => 990 + last)].map((number) => idOf(`guest-${number}`)),
      all: false,
    });
  });

  test('has every guest measured while it is sorted by a figure', async () => {
    const { main } = await drawApp(many(3));
    await vi.waitFor(() => expect(main.inputs('metrics.watch')).toHaveLength(1));
    fireEvent.click(screen.getByRole('button', { name: 'CPU' }));
    expect(main.inputs('metrics.watch').at(-1)?.all).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(main.inputs('metrics.watch').at(-1)?.all).toBe(false);
  });

  test('has nobody measured while the window is hidden', async () => {
    const { main } = await drawApp(many(3));
    await vi.waitFor(() => expect(main.inputs('metrics.watch')).toHaveLength(1));
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    fireEvent(document, new Event('visibilitychange'));
    expect(main.inputs('metrics.watch').at(-1)).toEqual({ guests: [], all: false });
    expect(main.inputs('host.watch')).toEqual([{ on: true }, { on: false }]);
  });

  test('shows the figures of a guest as they come', async () => {
    const { main } = await drawApp(many(2));
    const cell = (name: string, column: string) => rowOf(name).querySelector(`[data-column=${column}]`)?.textContent;
    expect(cell('guest-0', 'cpu')).toContain('not measured');
    act(() =>
      main.send('metrics.sample', {
        samples: [{ guest: idOf('guest-0'), at: 1, cpu: 42, memory: 1.5 * 1024 ** 3 }],
      }),
    );
    expect(cell('guest-0', 'cpu')).toBe('42%');
    expect(cell('guest-0', 'memory')).toBe('1.5\u00a0GiB');
    expect(cell('guest-1', 'cpu')).toContain('not measured');
  });
});
