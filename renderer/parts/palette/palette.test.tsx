// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { chosenNames, clickRow, drawApp, typeFilter } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, anEngine, docker, dockerOff, hostileNames, idOf, libvirt } from '../../testing/guests.ts';

const openPalette = () => fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
const box = () => screen.getByRole('combobox', { name: 'Command or guest' });
const type = (query: string) => fireEvent.change(box(), { target: { value: query } });
const lines = () => within(screen.getByRole('dialog')).queryAllByRole('option');
const words = () => lines().map((line) => line.querySelector('.engine-text')?.textContent);
const press = (key: string) => fireEvent.keyDown(box(), { key });

const running = aGuest('web', { state: 'running' });
const guests = [running, aGuest('año-db'), aContainer('cache', { state: 'running', tags: ['redis'] })];

describe('the command palette', () => {
  test('opens by its key and by its button, and Escape closes it', async () => {
    await drawApp({ guests });
    openPalette();
    expect(lines().length).toBeGreaterThan(3);
    fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(screen.queryByRole('combobox', { name: 'Command or guest' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Commands' }));
    expect(box()).toBeTruthy();
  });

  test('does a verb to a guest that is named with it, in either order', async () => {
    const { main } = await drawApp({ guests });
    openPalette();
    type('pause w');
    expect(words()[0]).toBe('Pause: web');
    type('start año');
    expect(words()[0]).toBe('Start: año-db');
    type('ano start');
    expect(words()[0]).toBe('Start: año-db');
    press('Enter');
    await waitFor(() =>
      expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('año-db')], action: { verb: 'start' } }]),
    );
    expect(screen.queryByRole('combobox', { name: 'Command or guest' })).toBeNull();
  });

  test('has the verbs of the chosen guests first, and says why one is not ready', async () => {
    const { main } = await drawApp({ guests });
    clickRow('web');
    openPalette();
    expect(words()[0]).toBe('Start: web');
    expect(lines()[0]?.textContent).toContain('It is running already.');
    press('Enter');
    expect(box()).toBeTruthy();
    expect(main.inputs('guest.act')).toEqual([]);
    // A press on the line leaves the keyboard in the box.
    expect(fireEvent.pointerDown(lines()[0] as HTMLElement)).toBe(false);
    type('pause');
    press('Enter');
    await waitFor(() =>
      expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'pause' } }]),
    );
  });

  test('goes to a guest, by its name or tag, also past a filter that hides it', async () => {
    await drawApp({ guests });
    typeFilter('web');
    openPalette();
    type('redis');
    expect(words()).toEqual(['cache']);
    press('Enter');
    await waitFor(() => expect(chosenNames()).toEqual(['cache']));
  });

  test.each([
    ['база', 'база-1'],
    ['БАЗА', 'база-1'],
    ['数据', '数据库'],
    ['ताब', 'किताब'],
  ])('finds %s among names in any script', async (query, name) => {
    await drawApp({ guests: [...guests, aGuest('база-1'), aGuest('数据库'), aGuest('किताब')] });
    openPalette();
    type(query);
    expect(words()).toEqual([name]);
  });

  test('puts what can be done before what cannot', async () => {
    await drawApp({ guests: [running, aGuest('web-2')] });
    openPalette();
    type('start web');
    expect(words().slice(0, 1)).toEqual(['Start: web-2']);
    expect(words()).toContain('Start: web');
  });

  test('is moved through by keys, round its ends', async () => {
    await drawApp({ guests });
    openPalette();
    type('theme');
    const here = () => lines().findIndex((line) => line.getAttribute('aria-selected') === 'true');
    expect(lines()).toHaveLength(3);
    expect(here()).toBe(0);
    press('ArrowDown');
    expect(here()).toBe(1);
    press('ArrowUp');
    press('ArrowUp');
    expect(here()).toBe(2);
    expect(box().getAttribute('aria-activedescendant')).toBe(lines()[2]?.id);
  });

  test('changes a setting, and offers it first the next time', async () => {
    const { main } = await drawApp({ guests });
    openPalette();
    type('dark');
    press('Enter');
    await waitFor(() => expect(main.inputs('settings.change')).toEqual([{ theme: 'dark' }]));
    openPalette();
    expect(words()[0]).toBe('Theme: Dark');
  });

  test('says so where nothing fits, and takes hostile names as text', async () => {
    await drawApp({ guests: [aGuest(hostileNames.markup)] });
    openPalette();
    type('zzzzqqq');
    expect(lines()).toHaveLength(0);
    expect(screen.getByText('Nothing fits.')).toBeTruthy();
    type('onerror');
    expect(words()).toEqual([hostileNames.markup]);
  });

  test('offers the engines: to try one that is off, and to use one or not', async () => {
    const { main } = await drawApp(
      { engines: [anEngine(libvirt), dockerOff], guests },
      {
        prepare: (fake) => {
          const about = { kind: 'docker', name: 'docker', address: '/x', origin: 'found' } as const;
          fake.connections = [{ engine: docker, used: true, ...about }];
        },
      },
    );
    openPalette();
    type('try docker');
    expect(words()[0]).toBe('Try again: docker');
    press('Enter');
    await waitFor(() => expect(main.inputs('engine.retry')).toEqual([{ engine: docker }]));
    openPalette();
    type('not docker');
    expect(words()[0]).toBe('Do not use docker');
    press('Enter');
    await waitFor(() => expect(main.inputs('connection.use')).toEqual([{ engine: docker, on: false }]));
    openPalette();
    type('try qemu');
    expect(lines()[0]?.getAttribute('aria-disabled')).toBe('true');
    press('Enter');
    expect(main.inputs('engine.retry')).toHaveLength(1);
  });

  test('finds what the app can do in Spanish words without their accents', async () => {
    const { main } = await drawApp({ guests }, { settings: { language: 'es' } });
    openPalette();
    const search = screen.getByRole('combobox', { name: 'Comando o huésped' });
    fireEvent.change(search, { target: { value: 'diagnostico' } });
    expect(words()).toEqual(['Guardar un diagnóstico…']);
    fireEvent.change(search, { target: { value: 'salir' } });
    fireEvent.keyDown(search, { key: 'Enter' });
    await waitFor(() => expect(main.inputs('app.askQuit')).toHaveLength(1));
  });
});
