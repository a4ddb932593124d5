// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { chosenNames, clickRow, drawApp, pressInList, rowOf } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, idOf } from '../../testing/guests.ts';

const guests = [
  aGuest('mail', { state: 'running', addresses: ['192.168.122.7'] }),
  aContainer('shop'),
  aGuest('web', { state: 'running' }),
];
const menu = () => screen.getByRole('menu');
const items = () => within(menu()).getAllByRole('menuitem');
/** The words that are seen: a reason for a verb that is not ready is only for screen readers. */
const words = () => items().map((item) => item.querySelector('span')?.textContent);
function item(name: string): HTMLElement {
  return within(menu()).getByText(name).closest('button') as HTMLElement;
}

describe('the menu of a guest', () => {
  test('opens at the row under the pointer, chooses it, and has its verbs', async () => {
    await drawApp({ guests });
    clickRow('web');
    fireEvent.contextMenu(rowOf('shop'));
    expect(chosenNames()).toEqual(['shop']);
    expect(menu().getAttribute('aria-label')).toBe('Verbs for shop');
    expect(words()).toEqual(['Start', 'Stop', 'Restart', 'Pause', 'Kill', 'Copy name', 'Copy ID']);
  });

  test('is for all chosen guests when it opens at one of them', async () => {
    const { main } = await drawApp({ guests });
    clickRow('mail');
    clickRow('web', { ctrlKey: true });
    fireEvent.contextMenu(rowOf('web'));
    expect(menu().getAttribute('aria-label')).toBe('Verbs for 2 guests');
    fireEvent.click(item('Pause'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('mail'), idOf('web')], action: { verb: 'pause' } }]);
  });

  test('closes after its verb, and the list has the keyboard again', async () => {
    const { main } = await drawApp({ guests });
    fireEvent.contextMenu(rowOf('shop'));
    fireEvent.click(item('Start'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('shop')], action: { verb: 'start' } }]);
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('grid'));
  });

  test('has a verb that is not ready with its reason, and it does nothing', async () => {
    const { main } = await drawApp({ guests });
    fireEvent.contextMenu(rowOf('shop'));
    expect(item('Pause').getAttribute('aria-disabled')).toBe('true');
    expect(item('Pause').textContent).toContain('Not ready: It is not running.');
    fireEvent.click(item('Pause'));
    expect(main.inputs('guest.act')).toEqual([]);
    expect(menu()).toBeTruthy();
  });

  test('asks before it forces off', async () => {
    const { main } = await drawApp({ guests });
    fireEvent.contextMenu(rowOf('web'));
    fireEvent.click(item('Force off'));
    expect(screen.getByRole('alertdialog', { name: 'Force off web?' })).toBeTruthy();
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test('copies name, ID and address as the engine has them', async () => {
    const { main } = await drawApp({ guests });
    for (const name of ['Copy name', 'Copy ID', 'Copy address']) {
      fireEvent.contextMenu(rowOf('mail'));
      fireEvent.click(item(name));
    }
    expect(main.inputs('clipboard.write').map((input) => input.text)).toEqual(['mail', 'native-mail', '192.168.122.7']);
  });

  test('opens by keyboard, the arrows go through it and around, Escape closes it', async () => {
    await drawApp({ guests });
    pressInList('Home');
    pressInList('F10', { shiftKey: true });
    const all = items();
    expect(document.activeElement).toBe(all[0]);
    const reached = ['ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'End', 'Home'].map((key) => {
      fireEvent.keyDown(document.activeElement as Element, { key });
      return all.indexOf(document.activeElement as HTMLElement);
    });
    expect(reached).toEqual([1, 0, all.length - 1, 0, all.length - 1, 0]);
    fireEvent.keyDown(document.activeElement as Element, { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    // Escape was for the menu: the guest is still chosen.
    expect(chosenNames()).toEqual(['mail']);
  });

  test('closes when the pointer is pressed elsewhere', async () => {
    await drawApp({ guests });
    fireEvent.contextMenu(rowOf('mail'));
    fireEvent.pointerDown(item('Copy name'));
    expect(menu()).toBeTruthy();
    fireEvent.pointerDown(document.body);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  test('goes with its guest and does not come back for another one', async () => {
    const { tell } = await drawApp({ guests });
    fireEvent.contextMenu(rowOf('mail'));
    tell({ guestsGone: [idOf('mail')] });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    pressInList('Home');
    expect(chosenNames()).toEqual(['shop']);
    expect(screen.queryByRole('menu')).toBeNull();
  });
});
