// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { chosenNames, clickRow, drawApp, theList } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, idOf } from '../../testing/guests.ts';

const port = { hostAddress: '', hostPort: 8080, guestPort: 80, protocol: 'tcp' } as const;
const guests = [
  aGuest('web', { state: 'running', addresses: ['192.168.122.9'], tags: ['prod'] }),
  aContainer('cache', { state: 'running', ports: [port] }),
];

/** Runs the first line that the palette finds for these words. @returns what the line says */
async function run(query: string): Promise<string | null | undefined> {
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  const box = screen.getByRole('combobox', { name: 'Command or guest' });
  fireEvent.change(box, { target: { value: query } });
  const [line] = within(screen.getByRole('dialog')).queryAllByRole('option');
  const words = line?.querySelector('.engine-text')?.textContent;
  await act(async () => void fireEvent.keyDown(box, { key: 'Enter' }));
  return words;
}

describe('the palette does to one guest what its menu does', () => {
  test('it copies its address, ssh command and id', async () => {
    const { main } = await drawApp({ guests });
    clickRow('web');
    await run('copy address');
    await run('copy ssh');
    await run('copy id');
    expect(main.inputs('clipboard.write').map(({ text }) => text)).toEqual([
      '192.168.122.9',
      'ssh 192.168.122.9',
      'native-web',
    ]);
  });

  test('it opens a port of a guest that is named', async () => {
    const { main } = await drawApp({ guests });
    expect(await run('port 8080 cache')).toBe('Open port 8080 in the browser: cache');
    expect(main.inputs('app.openLink')).toEqual([{ url: 'http://localhost:8080' }]);
  });
});

describe('the palette changes the list', () => {
  test('it groups, folds and unfolds', async () => {
    const { stores } = await drawApp({ guests });
    stores.view.setState({ screen: 'settings' });
    expect(await run('group kind')).toBe('Group: By kind');
    expect(theList().getAttribute('role')).toBe('treegrid');
    await run('collapse');
    expect(stores.list.getState().closed.size).toBe(2);
    await run('expand');
    expect(stores.list.getState().closed.size).toBe(0);
  });

  test('it sorts, and shows and hides columns', async () => {
    const { stores } = await drawApp({ guests });
    await run('sort name');
    expect(stores.list.getState().sort).toEqual({ column: 'name', direction: 'descending' });
    const shown = () => stores.columns.getState().columns.map(({ id }) => id);
    expect(await run('column uptime')).toBe('Show column: Uptime');
    expect(shown()).toContain('uptime');
    expect(await run('column uptime')).toBe('Hide column: Uptime');
    expect(shown()).not.toContain('uptime');
  });

  test('it selects all and none', async () => {
    await drawApp({ guests });
    await run('select all');
    expect(chosenNames()).toEqual(['cache', 'web']);
    await run('select none');
    expect(chosenNames()).toEqual([]);
  });

  test('it asks for the name of a view', async () => {
    const { stores } = await drawApp({ guests });
    stores.view.setState({ screen: 'settings' });
    await run('save view');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name of the view')));
  });
});

test('the palette goes to a tab of the one guest that is selected, and to where a connection is added', async () => {
  const { stores } = await drawApp({ guests });
  expect(await run('facts events')).toBe('Facts: Events');
  expect(screen.getByText('Select one guest first.')).toBeTruthy();
  fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
  act(() => stores.selection.getState().chooseGuests([idOf('web')]));
  await run('facts events');
  expect(screen.getByRole('tab', { name: 'Events' }).getAttribute('aria-selected')).toBe('true');
  await run('add connection');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Address')));
});
