// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { drawApp, listedNames, rowOf, typeFilter } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, idOf } from '../../testing/guests.ts';

const headNames = () =>
  [...document.querySelectorAll('.grid-head [data-id]')].map((head) => head.querySelector('.head-name')?.textContent);
const headButton = (name: string) => screen.getByRole('button', { name });
function chooseInMenu(column: string, words: string): void {
  fireEvent.contextMenu(headButton(column));
  fireEvent.click(within(screen.getByRole('menu', { name: `Column ${column}` })).getByText(words));
}
const cellOf = (name: string, column: string) => rowOf(name).querySelector(`[data-column=${column}]`);

describe('the columns', () => {
  test('are chosen from a list of all of them', async () => {
    const { main } = await drawApp({ guests: [aGuest('a', { disk: { size: 4 * 1024 ** 3, used: 1024 ** 3 } })] });
    expect(headNames()).not.toContain('Disk');
    fireEvent.click(headButton('Columns'));
    fireEvent.click(screen.getByRole('checkbox', { name: 'Disk' }));
    expect(headNames()).toContain('Disk');
    expect(cellOf('a', 'disk')?.textContent).toBe('1.0\u00a0GiB');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Kind' }));
    expect(headNames()).not.toContain('Kind');
    expect((screen.getByRole('checkbox', { name: 'Name' }) as HTMLInputElement).disabled).toBe(true);
    expect(main.inputs('views.keep')).toHaveLength(2);
    fireEvent.click(screen.getByText('Columns as at first'));
    expect(headNames()).not.toContain('Disk');
  });

  test('move and hide by the menu of their head', async () => {
    await drawApp({ guests: [aGuest('a')] });
    chooseInMenu('State', 'Move left');
    expect(headNames().slice(0, 3)).toEqual(['Name', 'State', 'Kind']);
    chooseInMenu('State', 'Hide column');
    expect(headNames().slice(0, 2)).toEqual(['Name', 'Kind']);
    chooseInMenu('Kind', 'Group by Kind');
    expect(screen.getByRole('treegrid')).toBeTruthy();
  });

  test('the keyboard stops at the heads once; arrows go on, Ctrl moves, Alt opens the menu', async () => {
    await drawApp({ guests: [aGuest('a')] });
    const stops = [...document.querySelectorAll<HTMLElement>('.grid-head button')].filter(
      ({ tabIndex }) => tabIndex === 0,
    );
    expect(stops.map(({ textContent }) => textContent)).toEqual(['Name']);
    act(() => headButton('Name').focus());
    fireEvent.keyDown(headButton('Name'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(headButton('Kind'));
    fireEvent.keyDown(headButton('Kind'), { key: 'ArrowRight', ctrlKey: true });
    expect(headNames().slice(0, 3)).toEqual(['Name', 'State', 'Kind']);
    fireEvent.keyDown(headButton('Kind'), { key: 'ArrowDown', altKey: true });
    const menu = screen.getByRole('menu', { name: 'Column Kind' });
    expect(menu.contains(document.activeElement)).toBe(true);
    fireEvent.keyDown(document.activeElement as Element, { key: 'Escape' });
    expect(document.activeElement).toBe(headButton('Kind'));
  });

  test('are made wider and narrower by keyboard, which is kept', async () => {
    const { main, stores } = await drawApp({ guests: [aGuest('a')] });
    const width = () => stores.columns.getState().columns.find(({ id }) => id === 'state')?.width ?? 0;
    fireEvent.keyDown(headButton('State'), { key: 'ArrowRight', shiftKey: true });
    const wider = width();
    fireEvent.keyDown(headButton('State'), { key: 'ArrowLeft', shiftKey: true });
    // As far as the page knows here, every column has 1200 pixels on screen.
    expect([wider, width()]).toEqual([1216, 1184]);
    expect(main.views.list?.columns.find(({ id }) => id === 'state')?.width).toBe(width());
  });

  test('have the facts of a guest in plain words', async () => {
    const { stores } = await drawApp({
      guests: [
        aContainer('box', {
          state: 'running',
          startedAt: Date.now() - 2 * 3_600_000,
          tags: ['db', 'prod'],
          project: 'shop',
          service: 'api',
          lab: 'school',
          startup: { by: 'restartPolicy', policy: 'unless-stopped' },
          health: 'unhealthy',
          snapshots: 3,
          virtualization: 'os-level',
          title: 'My box',
          protected: true,
        }),
      ],
    });
    act(() => {
      for (const id of ['uptime', 'project', 'lab', 'startup', 'health', 'snapshots', 'virtualization'] as const)
        stores.columns.getState().toggle(id);
    });
    const words = Object.fromEntries(
      ['uptime', 'tags', 'project', 'lab', 'startup', 'health', 'snapshots', 'virtualization'].map((id) => [
        id,
        cellOf('box', id)?.textContent,
      ]),
    );
    expect(words).toEqual({
      uptime: '2h',
      tags: 'dbprod',
      project: 'shop / api',
      lab: 'school',
      startup: 'Unless stopped',
      health: 'Unhealthy',
      snapshots: '3',
      virtualization: 'OS-level',
    });
    expect(cellOf('box', 'name')?.textContent).toContain('My box');
    expect(cellOf('box', 'name')?.textContent).toContain('Protected: it cannot be deleted');
  });

  test('of rates have both directions, and sorting by them measures every guest', async () => {
    const { main, stores } = await drawApp({ guests: [aGuest('a', { state: 'running' })] });
    act(() => stores.columns.getState().toggle('network'));
    act(() =>
      main.send('metrics.sample', {
        samples: [{ guest: idOf('a'), at: 1, networkReceive: 2048, networkSend: 10 }],
      }),
    );
    expect(cellOf('a', 'network')?.textContent).toContain('Received 2.0\u00a0KiB/s, sent 10\u00a0B/s');
    fireEvent.click(headButton('Network'));
    expect(main.inputs('metrics.watch').at(-1)?.all).toBe(true);
  });
});

describe('the filter', () => {
  const guests = () => [
    aGuest('mail', { tags: ['prod', 'db'] }),
    aContainer('shop', { tags: ['prod'], state: 'running' }),
  ];
  const box = () => screen.getByRole('combobox', { name: 'Filter guests' }) as HTMLInputElement;
  const options = () => [...document.querySelectorAll('[role=option] bdi')].map((option) => option.textContent);
  const press = (key: string, held = {}) => fireEvent.keyDown(box(), { key, ...held });

  test('offers the tags that there are; arrows and Enter take one', async () => {
    await drawApp({ guests: guests() });
    typeFilter('tag:');
    expect([options(), box().getAttribute('aria-expanded')]).toEqual([['db', 'prod'], 'true']);
    press('ArrowDown');
    const active = document.getElementById(box().getAttribute('aria-activedescendant') ?? '');
    expect([active?.textContent, active?.getAttribute('aria-selected')]).toEqual(['db', 'true']);
    press('Enter');
    expect([box().value, listedNames()]).toEqual(['tag:db ', ['mail']]);
    expect(options()).toEqual([]);
  });

  test('a term that is taken offers its values at once', async () => {
    await drawApp({ guests: guests() });
    typeFilter('ki');
    fireEvent.click(screen.getByRole('option', { name: /^kind:/ }));
    expect([box().value, options()]).toEqual(['kind:', ['vm', 'container']]);
  });

  test('Escape closes what is offered first, then clears the filter', async () => {
    await drawApp({ guests: guests() });
    typeFilter('kind:v');
    press('Escape');
    expect([options(), box().value]).toEqual([[], 'kind:v']);
    press('Escape');
    expect(box().value).toBe('');
  });

  test('ArrowDown goes to the list where nothing is offered; Alt with it shows all terms', async () => {
    await drawApp({ guests: guests() });
    act(() => box().focus());
    press('ArrowDown', { altKey: true });
    expect(options()).toContain('state:');
    press('Escape');
    press('ArrowDown');
    expect(document.activeElement).toBe(screen.getByRole('grid'));
  });

  test('says what it does not understand, and what it does', async () => {
    await drawApp({ guests: guests() });
    typeFilter('colour:red');
    expect(screen.getByText(/“colour:” is no term/).textContent).toContain('kind, state, tag');
    typeFilter('state:flying');
    expect(screen.getByText(/“state:” has no “flying”/).textContent).toContain('running, paused');
    typeFilter('mail');
    expect(screen.queryByText(/is no term/)).toBeNull();
  });
});

describe('saved views', () => {
  const open = () => fireEvent.click(headButton('Views'));
  function save(name: string): void {
    const field = screen.getByRole('textbox', { name: 'Name of the view' });
    fireEvent.change(field, { target: { value: name } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
  }

  test('are saved under a name and brought back', async () => {
    const { main } = await drawApp({ guests: [aGuest('mail'), aContainer('shop')] });
    typeFilter('kind:vm');
    open();
    expect(screen.getByText(/No view is saved yet/)).toBeTruthy();
    save('machines');
    expect(screen.getByRole('button', { name: 'Show view machines' }).getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(screen.getByText('List as at first'));
    expect(listedNames()).toEqual(['mail', 'shop']);
    open();
    fireEvent.click(screen.getByRole('button', { name: 'Show view machines' }));
    expect(listedNames()).toEqual(['mail']);
    expect(main.views.saved.map(({ name }) => name)).toEqual(['machines']);
  });

  test('are renamed, not over another, and deleted', async () => {
    const { main } = await drawApp({ guests: [aGuest('mail')] });
    open();
    save('a');
    save('b');
    fireEvent.click(screen.getByRole('button', { name: 'Rename view a' }));
    const [field] = screen.getAllByRole('textbox', { name: 'Name of the view' }) as [HTMLElement];
    fireEvent.change(field, { target: { value: 'b' } });
    expect(screen.getByRole('alert').textContent).toBe('There is a view of that name already.');
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    expect(main.views.saved.map(({ name }) => name)).toEqual(['a', 'b']);
    fireEvent.change(field, { target: { value: 'c' } });
    fireEvent.submit(field.closest('form') as HTMLFormElement);
    fireEvent.click(screen.getByRole('button', { name: 'Delete view b' }));
    expect(main.views.saved.map(({ name }) => name)).toEqual(['c']);
  });
});
