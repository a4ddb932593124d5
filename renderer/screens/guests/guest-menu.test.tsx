// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { chosenNames, clickRow, drawApp, pressInList, rowOf } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, idOf, offer } from '../../testing/guests.ts';

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

  test('shows the reason of the verb where the keyboard is', async () => {
    await drawApp({ guests });
    clickRow('shop');
    pressInList('F10', { shiftKey: true });
    const seen = () => menu()?.querySelector('.menu-reason')?.textContent;
    expect(seen()).toBe('');
    fireEvent.keyDown(items()[0] as HTMLElement, { key: 'ArrowDown' });
    expect(seen()).toBe('Not ready: It is not running.');
    fireEvent.keyDown(items()[1] as HTMLElement, { key: 'Home' });
    expect(seen()).toBe('');
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

  test('copies an ssh command and opens published ports in the browser', async () => {
    const port = { hostPort: 8080, guestPort: 80, protocol: 'tcp' } as const;
    const ports = [
      { ...port, hostAddress: '0.0.0.0' },
      { ...port, hostAddress: '::' }, // the same door once more
      { ...port, hostPort: 9090, hostAddress: 'fd00::1' },
      { ...port, hostPort: 53, hostAddress: '0.0.0.0', protocol: 'udp' as const },
    ];
    const { main } = await drawApp({ guests: [aContainer('shop', { addresses: ['172.18.0.2'], ports })] });
    fireEvent.contextMenu(rowOf('shop'));
    expect(words().filter((word) => word?.includes('port'))).toEqual([
      'Open port 8080 in the browser',
      'Open port 9090 in the browser',
    ]);
    fireEvent.click(item('Open port 8080 in the browser'));
    fireEvent.contextMenu(rowOf('shop'));
    fireEvent.click(item('Open port 9090 in the browser'));
    fireEvent.contextMenu(rowOf('shop'));
    fireEvent.click(item('Copy ssh command'));
    expect(main.inputs('app.openLink').map(({ url }) => url)).toEqual([
      'http://localhost:8080',
      'http://[fd00::1]:9090',
    ]);
    expect(main.inputs('clipboard.write')).toEqual([{ text: 'ssh 172.18.0.2' }]);
  });

  test('offers no ssh command for what is no address', async () => {
    await drawApp({ guests: [aGuest('web', { addresses: ['10.0.0.5; reboot'] })] });
    fireEvent.contextMenu(rowOf('web'));
    expect(words()).toContain('Copy address');
    expect(words()).not.toContain('Copy ssh command');
  });

  test('has verbs in sections, what deletes last, and of two that undo each other only the ready one', async () => {
    const offers = [
      offer('delete', 'verb.delete'),
      offer('protect', 'verb.protect'),
      offer('unprotect', 'verb.unprotect', 'because.notProtected'),
      offer('enableAutostart', 'verb.enableAutostart', 'because.autostartOn'),
      offer('disableAutostart', 'verb.disableAutostart'),
      offer('start', 'verb.start'),
    ];
    const { stores } = await drawApp({ guests: [aGuest('web', { offers })] });
    fireEvent.contextMenu(rowOf('web'));
    expect(words()).toEqual([...['Start', 'Turn autostart off', 'Protect', 'Copy name', 'Copy ID', 'Delete']]);
    expect(items().map((one) => one.dataset.apart === 'true')).toEqual([false, true, true, true, false, true]);
    fireEvent.click(item('Delete'));
    expect(stores.view.getState().form).toEqual({ verb: 'delete', guests: [idOf('web')] });
  });

  test('F2 renames and Delete deletes what is chosen, as far as it is ready', async () => {
    const offers = [offer('rename', 'verb.rename', 'because.running'), offer('delete', 'verb.delete')];
    const { stores } = await drawApp({ guests: [aGuest('web', { offers })] });
    clickRow('web');
    pressInList('F2');
    expect(stores.view.getState().form).toBeUndefined();
    pressInList('Delete', { ctrlKey: true });
    expect(stores.view.getState().form).toBeUndefined();
    pressInList('Delete');
    expect(stores.view.getState().form).toEqual({ verb: 'delete', guests: [idOf('web')] });
  });

  test('a letter goes to the next item that begins with it', async () => {
    await drawApp({ guests });
    fireEvent.contextMenu(rowOf('mail'));
    for (const name of ['Copy name', 'Copy ID', 'Copy address', 'Copy ssh command', 'Copy name']) {
      fireEvent.keyDown(document.activeElement as Element, { key: 'c' });
      expect(document.activeElement).toBe(item(name));
    }
  });
});
