// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { drawApp } from '../testing/draw-app.tsx';
import { aFailure, aGuest } from '../testing/guests.ts';

const openSettings = () => {
  fireEvent.click(screen.getByRole('button', { name: 'Settings' }));
  return within(screen.getByRole('dialog', { name: 'Settings' }));
};
const radio = (panel: ReturnType<typeof within>, name: string) =>
  panel.getByRole('radio', { name }) as HTMLInputElement;

describe('the settings', () => {
  test('are those that main has kept', async () => {
    await drawApp({}, { settings: { theme: 'dark', hostStrip: false } });
    expect(document.documentElement.dataset.theme).toBe('dark');
    const panel = openSettings();
    expect(radio(panel, 'Dark').checked).toBe(true);
    expect(radio(panel, 'English').checked).toBe(true);
    expect((panel.getByRole('checkbox') as HTMLInputElement).checked).toBe(false);
    expect(panel.getByText('Posada 0.1.0 · Electron 45.0.0')).toBeTruthy();
  });

  test('change the theme at once, and main keeps it', async () => {
    const { main } = await drawApp();
    expect(document.documentElement.dataset.theme).toBe('system');
    const panel = openSettings();
    fireEvent.click(radio(panel, 'Dark'));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    expect(main.inputs('settings.change')).toEqual([{ theme: 'dark' }]);
    expect(radio(panel, 'Dark').checked).toBe(true);
    fireEvent.click(radio(panel, 'Light'));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'));
  });

  test('change the language of the whole window at once', async () => {
    const { main } = await drawApp({ guests: [aGuest('web')] });
    const panel = openSettings();
    fireEvent.click(radio(panel, 'Español'));
    expect(await screen.findByRole('heading', { name: 'Ajustes' })).toBeTruthy();
    expect(screen.getByText('Detenido')).toBeTruthy();
    expect(main.inputs('settings.change')).toEqual([{ language: 'es' }]);
  });

  test('take the figures of the host away, and main measures it no more', async () => {
    const { main } = await drawApp();
    act(() =>
      main.send('host.sample', {
        ...{ at: 1, cpu: 12, cores: 8, memoryUsed: 4 * 1024 ** 3, memoryTotal: 16 * 1024 ** 3 },
        ...{ disks: [{ mount: '/', used: 50, size: 100 }], networkReceive: 1024, networkSend: 2048 },
      }),
    );
    expect(screen.getByRole('button', { name: /^This host: CPU 12%/ })).toBeTruthy();
    fireEvent.click(openSettings().getByRole('checkbox'));
    await waitFor(() => expect(screen.queryByRole('button', { name: /^This host/ })).toBeNull());
    expect(main.inputs('host.watch')).toEqual([{ on: true }, { on: false }]);
  });

  test('that main could not keep stay as they were, and that is told', async () => {
    const { main } = await drawApp();
    main.answers['settings.change'] = () => ({ ok: false, failure: aFailure('settings') });
    const panel = openSettings();
    fireEvent.click(radio(panel, 'Dark'));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect([document.documentElement.dataset.theme, radio(panel, 'Dark').checked]).toEqual(['system', false]);
  });

  test('changed in another window hold here too', async () => {
    const { main } = await drawApp();
    act(() => main.send('settings.changed', { ...main.settings, theme: 'light' }));
    expect(document.documentElement.dataset.theme).toBe('light');
  });

  test('close by Escape, with the keyboard back at their button', async () => {
    await drawApp();
    const panel = openSettings();
    fireEvent.keyDown(radio(panel, 'Dark'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Settings' }));
  });

  test('close by a press elsewhere', async () => {
    await drawApp();
    openSettings();
    fireEvent.pointerDown(document.body);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
