// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { chosenNames, drawApp, listedNames, pressInList, theList } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, idOf } from '../../testing/guests.ts';

const guests = () => [
  aGuest('mail', { tags: ['prod', 'db'], state: 'running' }),
  aGuest('web', { tags: ['prod'] }),
  aContainer('api', { state: 'running' }),
];
function groupBy(words: string): void {
  const choice = screen.getByLabelText('Group') as HTMLSelectElement;
  const option = within(choice).getByText(words) as HTMLOptionElement;
  fireEvent.change(choice, { target: { value: option.value } });
}
function head(name: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('.group-row')].find(
    (row) => row.querySelector('.group-name')?.textContent === name,
  );
  if (!found) throw new Error(`There is no group ${name}.`);
  return found;
}
/** What a screen reader learns of the row where the keyboard is. */
function keyboardAt(): string | null | undefined {
  const id = theList().getAttribute('aria-activedescendant');
  return id && document.getElementById(id)?.querySelector('.guest-name, .group-name')?.textContent;
}

describe('the list in groups', () => {
  test('is a tree whose heads tell how many guests there are and how many run', async () => {
    await drawApp({ guests: guests() });
    groupBy('By tag');
    expect(theList().getAttribute('role')).toBe('treegrid');
    expect(listedNames()).toEqual(['mail', 'mail', 'web', 'api']);
    expect(head('prod').textContent).toContain('2 guests');
    expect(head('prod').textContent).toContain('1 running');
    expect(head('prod').getAttribute('aria-level')).toBe('1');
    expect(head('No tag').getAttribute('aria-expanded')).toBe('true');
    const web = screen.getByText('web').closest('[role=row]');
    expect(['level', 'posinset', 'setsize'].map((name) => web?.getAttribute(`aria-${name}`))).toEqual(['2', '2', '2']);
    groupBy('No groups');
    expect(theList().getAttribute('role')).toBe('grid');
  });

  test('a head and a saved view that are cut tell their whole name to the pointer', async () => {
    const { stores } = await drawApp({ guests: [aGuest('mail', { lab: 'x'.repeat(90) })] });
    groupBy('By lab');
    expect(screen.getByTitle('x'.repeat(90)).className).toBe('group-name');
    act(() => stores.views.getState().save('y'.repeat(90)));
    fireEvent.click(screen.getByRole('button', { name: 'Views' }));
    expect(screen.getByTitle('y'.repeat(90)).className).toContain('view-name');
  });

  test('a click on a head closes and opens it', async () => {
    await drawApp({ guests: guests() });
    groupBy('By kind');
    fireEvent.click(head('Virtual machine'));
    expect(listedNames()).toEqual(['api']);
    expect(head('Virtual machine').getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(head('Virtual machine'));
    expect(listedNames()).toEqual(['mail', 'web', 'api']);
  });

  test('by keyboard: left goes to the head and closes it, right opens it and goes in', async () => {
    await drawApp({ guests: guests() });
    groupBy('By kind');
    pressInList('End');
    expect(keyboardAt()).toBe('api');
    pressInList('ArrowLeft');
    expect(keyboardAt()).toBe('Container');
    pressInList('ArrowLeft');
    expect(listedNames()).toEqual(['mail', 'web']);
    pressInList('ArrowRight');
    expect(listedNames()).toEqual(['mail', 'web', 'api']);
    pressInList('ArrowRight');
    expect([keyboardAt(), chosenNames()]).toEqual(['api', ['api']]);
  });

  test('the box of a head chooses all of its guests, and shows when it is only some', async () => {
    await drawApp({ guests: guests() });
    groupBy('By tag');
    const box = screen.getByLabelText('Select all of prod') as HTMLInputElement;
    fireEvent.click(box);
    expect(chosenNames()).toEqual(expect.arrayContaining(['mail', 'web']));
    expect(screen.getByText('2 selected')).toBeTruthy();
    expect((screen.getByLabelText('Select all of db') as HTMLInputElement).checked).toBe(true);
    fireEvent.click(screen.getByLabelText('Select web'));
    expect([box.checked, box.indeterminate]).toEqual([false, true]);
  });

  test('the menu of a head is for all of its guests, also while it is closed', async () => {
    const { main } = await drawApp({ guests: guests() });
    groupBy('By tag');
    fireEvent.click(head('prod'));
    fireEvent.contextMenu(head('prod'));
    const menu = screen.getByRole('menu', { name: 'Verbs for 2 guests' });
    fireEvent.click(within(menu).getByText('Start (1 of 2)'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'start' } }]);
    fireEvent.contextMenu(head('prod'));
    fireEvent.click(within(screen.getByRole('menu')).getByText('Collapse all groups'));
    expect(listedNames()).toEqual([]);
  });

  test('guests without a lab are told as that', async () => {
    await drawApp({ guests: [aGuest('mail', { lab: 'school' }), aGuest('web')] });
    groupBy('By lab');
    expect([head('school'), head('No lab')].map((row) => row.getAttribute('aria-rowindex'))).toEqual(['2', '4']);
  });
});

describe('dragging over rows', () => {
  /** The middle of the row at that place, from 0, where the list is at the top of the page. */
  const y = (place: number): number => 30 + place * 30 + 15;
  function drag(from: number, to: number, held: { ctrlKey?: boolean } = {}): void {
    const row = document.querySelectorAll('.rows .row')[from] as HTMLElement;
    fireEvent.pointerDown(row, { button: 0, pointerId: 1, pointerType: 'mouse', clientY: y(from), ...held });
    fireEvent.pointerMove(window, { pointerId: 1, clientY: y(to) });
    fireEvent.pointerUp(window, { pointerId: 1, clientY: y(to) });
  }
  const five = () => ['a', 'b', 'c', 'd', 'e'].map((name) => aGuest(name));

  test('chooses all in between, in both directions', async () => {
    await drawApp({ guests: five() });
    drag(1, 3);
    expect(chosenNames()).toEqual(['b', 'c', 'd']);
    drag(2, 0);
    expect(chosenNames()).toEqual(['a', 'b', 'c']);
  });

  test('with Ctrl adds to what is chosen', async () => {
    await drawApp({ guests: five() });
    drag(0, 1);
    drag(3, 4, { ctrlKey: true });
    expect(chosenNames()).toEqual(['a', 'b', 'd', 'e']);
  });

  test('a press that hardly moves is a click, and one on a box is not for the rows', async () => {
    await drawApp({ guests: five() });
    const row = document.querySelectorAll('.rows .row')[0] as HTMLElement;
    fireEvent.pointerDown(row, { button: 0, pointerId: 1, pointerType: 'mouse', clientY: y(0) });
    fireEvent.pointerMove(window, { pointerId: 1, clientY: y(0) + 2 });
    fireEvent.pointerUp(window, { pointerId: 1 });
    expect(chosenNames()).toEqual([]);
    const box = screen.getByLabelText('Select a');
    fireEvent.pointerDown(box, { button: 0, pointerId: 1, pointerType: 'mouse', clientY: y(0) });
    fireEvent.pointerMove(window, { pointerId: 1, clientY: y(4) });
    fireEvent.pointerUp(window, { pointerId: 1 });
    expect(chosenNames()).toEqual([]);
  });
});
