// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { clickRow, drawApp, pressInList, rowOf } from '../testing/draw-app.tsx';
import { aFailure, aGuest, aTask, idOf, offer, offersOf } from '../testing/guests.ts';

const web = aGuest('web', { state: 'running', offers: [...offersOf('vm', true), offer('delete', 'verb.delete')] });
const held = () => document.activeElement;
const press = (key: string, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(held() ?? document.body, { key, ...more });
const focus = (element: HTMLElement | null) => act(() => element?.focus());
function click(element: HTMLElement): void {
  focus(element);
  fireEvent.click(element);
}
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const listHasIt = () => waitFor(() => expect(held()).toBe(screen.getByRole('grid')));

describe('the keyboard stays in the window', () => {
  test('goes to the screen that a key has opened', async () => {
    await drawApp({ guests: [web] });
    focus(screen.getByRole('grid'));
    press(',', { ctrlKey: true });
    await waitFor(() => expect(held()).toBe(document.querySelector('.settings-page')));
    press('1', { ctrlKey: true });
    await listHasIt();
  });

  test('goes to the title where there is no list', async () => {
    await drawApp();
    press('1', { ctrlKey: true });
    await waitFor(() => expect(held()).toBe(screen.getByRole('heading', { name: 'Guests' })));
  });

  test('goes to the guest that the palette has found, from the settings too', async () => {
    const { stores } = await drawApp({ guests: [web] });
    act(() => stores.view.setState({ screen: 'settings' }));
    focus(document.querySelector('.settings-page'));
    press('k', { ctrlKey: true });
    const box = screen.getByRole('combobox', { name: 'Command or guest' });
    fireEvent.change(box, { target: { value: 'web' } });
    fireEvent.keyDown(box, { key: 'Enter' });
    await listHasIt();
  });

  test('comes back to where it was when the palette is closed, also after a press on a line', async () => {
    const { stores } = await drawApp({ guests: [web] });
    focus(button('Columns'));
    press('k', { ctrlKey: true });
    fireEvent.pointerUp(screen.getAllByRole('option')[0] as HTMLElement);
    act(() => stores.view.setState({ paletteOpen: false }));
    await waitFor(() => expect(held()).toBe(button('Columns')));
  });

  test('goes to the list when the guest is gone whose verbs it was at', async () => {
    const { tell } = await drawApp({ guests: [web, aGuest('mail')] });
    clickRow('web');
    focus(button('More'));
    tell({ guestsGone: [idOf('web')] });
    await listHasIt();
  });

  test('goes to the list when the facts are folded away from their edge', async () => {
    await drawApp({ guests: [web] });
    clickRow('web');
    focus(screen.getByRole('separator', { name: 'Height of the facts' }));
    press('Enter');
    await listHasIt();
  });

  test('goes to the list when the snapshots are folded away from their edge', async () => {
    await drawApp({ guests: [web] });
    clickRow('web');
    focus(screen.getByRole('separator', { name: 'Width of the snapshots' }));
    press('Enter');
    await listHasIt();
    expect(screen.queryByRole('separator', { name: 'Width of the snapshots' })).toBeNull();
  });

  test('goes to the list when a notice is dismissed', async () => {
    const { stores } = await drawApp({ guests: [web] });
    act(() => stores.notices.getState().add({ about: 'failure', failure: aFailure('web') }));
    click(within(screen.getByRole('region', { name: 'Notices' })).getByRole('button', { name: 'Dismiss' }));
    await listHasIt();
  });

  test('stays in the panel whose view was deleted, and Escape closes it', async () => {
    const { stores } = await drawApp({ guests: [web] });
    act(() => stores.views.getState().save('Mine'));
    click(button('Views'));
    click(button('Delete view Mine'));
    const panel = screen.getByRole('dialog', { name: 'Views' });
    await waitFor(() => expect(held()).toBe(panel));
    press('Escape');
    expect(screen.queryByRole('dialog', { name: 'Views' })).toBeNull();
    expect(held()).toBe(button('Views'));
  });

  test('stays in the panel whose view was renamed', async () => {
    const { stores } = await drawApp({ guests: [web] });
    act(() => stores.views.getState().save('Mine'));
    click(button('Views'));
    click(button('Rename view Mine'));
    fireEvent.submit((held() as HTMLInputElement).form as HTMLFormElement);
    await waitFor(() => expect(held()).toBe(screen.getByRole('dialog', { name: 'Views' })));
  });

  test('stays in the list of tasks that was cleared', async () => {
    const { tell } = await drawApp({ tasks: [aTask('1', 'web', { state: 'done', endedAt: 1_700_000_001_000 })] });
    click(button(/^Tasks/));
    focus(button('Clear ended'));
    tell({ tasksGone: ['1' as never] });
    await waitFor(() => expect(held()).toBe(screen.getByRole('dialog', { name: 'Tasks' })));
  });

  test('goes to the box for tags when a tag is taken away', async () => {
    const { stores } = await drawApp({ guests: [aGuest('web', { tags: ['prod'] })] });
    act(() => stores.view.setState({ form: { verb: 'setTags', guests: [idOf('web')] } }));
    click(button('Remove tag prod'));
    await waitFor(() => expect(held()).toBe(screen.getByLabelText('Add tag')));
  });

  test('stays in a menu whose item another client has exchanged: arrows go on, Escape closes it', async () => {
    const { tell } = await drawApp({ guests: [web] });
    focus(screen.getByRole('grid'));
    pressInList('ArrowDown');
    fireEvent.contextMenu(rowOf('web'));
    const menu = screen.getByRole('menu');
    focus(within(menu).getByRole('menuitem', { name: 'Pause' }));
    tell({ guests: [{ ...web, offers: offersOf('vm', true).filter(({ verb }) => verb !== 'pause') }] });
    await waitFor(() => expect(held()).toBe(menu));
    press('ArrowUp');
    const items = within(menu).getAllByRole('menuitem');
    expect(held()).toBe(items.at(-1));
    focus(menu);
    press('Escape');
    expect(screen.queryByRole('menu')).toBeNull();
    await listHasIt();
  });

  test('is left alone where the person has pressed beside everything', async () => {
    const { tell } = await drawApp({ guests: [web, aGuest('mail')] });
    clickRow('web');
    focus(button('More'));
    act(() => (held() as HTMLElement).blur());
    fireEvent.pointerUp(document.body);
    tell({ guestsGone: [idOf('web')] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(held()).toBe(document.body);
  });
});
