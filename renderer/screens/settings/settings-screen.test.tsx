// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../shared/connection.ts';
import { trayMenu } from '../../../shared/tray.ts';
import { drawApp } from '../../testing/draw-app.tsx';
import { aFailure, aGuest, aTask, docker, idOf, libvirt, offer } from '../../testing/guests.ts';

const openSettings = () => {
  fireEvent.click(screen.getByRole('button', { name: 'Settings' }));
  return within(screen.getByRole('main'));
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
    expect((panel.getByRole('checkbox', { name: /host’s CPU/ }) as HTMLInputElement).checked).toBe(false);
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
    expect(await screen.findByRole('heading', { name: 'Ajustes', level: 1 })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Huéspedes' }));
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
    fireEvent.click(openSettings().getByRole('checkbox', { name: /host’s CPU/ }));
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

  test('open and close by their keys', async () => {
    await drawApp();
    fireEvent.keyDown(document.body, { key: ',', ctrlKey: true });
    expect(screen.getByRole('heading', { name: 'Settings', level: 1 })).toBeTruthy();
    fireEvent.keyDown(document.body, { key: '1', ctrlKey: true });
    expect(screen.getByRole('heading', { name: 'Guests', level: 1 })).toBeTruthy();
  });

  test('take a number of seconds within its range only', async () => {
    const { main } = await drawApp();
    const box = openSettings().getByRole('textbox', { name: /on screen/ }) as HTMLInputElement;
    fireEvent.change(box, { target: { value: '0' } });
    expect(box.getAttribute('aria-invalid')).toBe('true');
    fireEvent.blur(box);
    expect(box.value).toBe('2');
    fireEvent.change(box, { target: { value: '7,5' } });
    fireEvent.blur(box);
    await waitFor(() => expect(main.inputs('settings.change')).toEqual([{ pollOnScreen: 7.5 }]));
  });

  test('write seconds as the language does', async () => {
    await drawApp({}, { settings: { language: 'es', pollOnScreen: 7.5 } });
    fireEvent.keyDown(document.body, { key: ',', ctrlKey: true });
    expect(screen.getByDisplayValue('7,5')).toBeTruthy();
  });

  test('offer the tray only where the desktop has one', async () => {
    await drawApp();
    expect(openSettings().getByText('This desktop shows no tray, so closing quits.')).toBeTruthy();
  });
});

const found: Connection = {
  ...{ engine: libvirt, kind: 'libvirt', name: 'qemu:///system', address: 'qemu:///system' },
  ...{ origin: 'found', used: true },
};
const added: Connection = {
  ...found,
  engine: docker,
  kind: 'docker',
  name: 'mine',
  address: 'unix:///mine',
  origin: 'added',
};

describe('connections', () => {
  const draw = (connections: Connection[]) =>
    drawApp(
      {},
      {
        prepare: (main) => {
          main.connections = connections;
        },
      },
    );

  test('are switched off and removed', async () => {
    const { main } = await draw([found, added]);
    const page = openSettings();
    fireEvent.click(await page.findByRole('checkbox', { name: 'Use qemu:///system' }));
    fireEvent.click(page.getByRole('button', { name: 'Remove mine' }));
    expect(page.queryByRole('button', { name: 'Remove qemu:///system' })).toBeNull();
    expect(main.inputs('connection.use')).toEqual([{ engine: libvirt, on: false }]);
    expect(main.inputs('connection.remove')).toEqual([{ engine: docker }]);
    main.connections = [{ ...found, used: false }];
    act(() => main.send('connection.changed', {}));
    await waitFor(() => expect(page.queryByText('mine')).toBeNull());
    expect(page.getByText('Switched off')).toBeTruthy();
  });

  test('are added, and a wrong address says so and stays to be mended', async () => {
    const { main } = await draw([]);
    const page = openSettings();
    const box = page.getByRole('textbox', { name: 'Address' }) as HTMLInputElement;
    expect((page.getByRole('button', { name: 'Add' }) as HTMLButtonElement).disabled).toBe(true);
    main.answers['connection.add'] = () => ({ ok: false, failure: aFailure('web') });
    fireEvent.change(box, { target: { value: ' test:///default ' } });
    fireEvent.click(page.getByRole('button', { name: 'Add' }));
    expect(await page.findByRole('alert')).toBeTruthy();
    expect(box.value).toBe(' test:///default ');
    main.answers['connection.add'] = () => ({ engine: libvirt });
    fireEvent.click(page.getByRole('button', { name: 'Add' }));
    await waitFor(() => expect(box.value).toBe(''));
    expect(page.queryByRole('alert')).toBeNull();
    expect(main.inputs('connection.add')[0]).toEqual({ kind: 'libvirt', address: 'test:///default' });
  });
});

describe('the desktop', () => {
  test('is told of tasks that fail, and not of old ones or against the person’s wish', async () => {
    const failed = { state: 'failed', endedAt: 2, failure: aFailure('web') } as const;
    const { main, tell } = await drawApp({ tasks: [aTask('old', 'db', failed)] });
    tell({ tasks: [aTask('1', 'web', failed)] });
    expect(main.inputs('app.notify')).toEqual([
      { title: 'web could not be started', body: 'Its disk /var/lib/disk.qcow2 is missing.' },
    ]);
    act(() => main.send('settings.changed', { ...main.settings, notifications: false }));
    tell({ tasks: [aTask('2', 'web', failed)] });
    expect(main.inputs('app.notify')).toHaveLength(1);
  });

  test('leads to the task list by its notification', async () => {
    const failed = { state: 'failed', endedAt: 2, failure: aFailure('web') } as const;
    const { main } = await drawApp({ tasks: [aTask('1', 'web', failed)] });
    act(() => main.send('app.notificationFollowed', {}));
    expect(within(screen.getByRole('dialog', { name: 'Tasks' })).getByText('web could not be started')).toBeTruthy();
    act(() => main.send('app.notificationFollowed', {}));
    expect(screen.getByRole('dialog', { name: 'Tasks' })).toBeTruthy();
  });

  test('has the running guests in its tray, with the verbs that harm nothing', async () => {
    const guests = [aGuest('web', { state: 'running' }), aGuest('off')];
    const { main, stores } = await drawApp({ guests });
    act(() => stores.settings.setState({ tray: true }));
    await waitFor(() => expect(main.inputs('tray.set')).toHaveLength(1));
    const { tip, items } = trayMenu.parse(main.inputs('tray.set')[0]);
    expect(tip).toBe('Posada: 1 guest runs');
    expect(items.map((item) => item.label)).toEqual(['Show Posada', 'web: Running', 'Quit']);
    expect(items[1]?.items.map((item) => item.label)).toEqual(['Shut down', 'Reboot', 'Pause']);
    act(() => main.send('tray.chosen', { id: `pause ${idOf('web')}` }));
    act(() => main.send('tray.chosen', { id: `forceOff ${idOf('web')}` }));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'pause' } }]);
  });

  test('keeps a running guest in its tray while its engine does not answer', async () => {
    const offers = [offer('shutDown', 'verb.shutDown', 'because.engineNotLive')];
    const { main, stores } = await drawApp({ guests: [aGuest('web', { state: 'running', offers })] });
    act(() => stores.settings.setState({ tray: true }));
    await waitFor(() => expect(main.inputs('tray.set')).toHaveLength(1));
    const { items } = trayMenu.parse(main.inputs('tray.set')[0]);
    expect(items.map(({ label, enabled }) => [label, enabled])).toEqual([
      ['Show Posada', true],
      ['web: Running', false],
      ['Quit', true],
    ]);
  });
});

describe('diagnostics', () => {
  const open = () => {
    fireEvent.click(openSettings().getByRole('button', { name: 'Save diagnostics…' }));
    return within(screen.getByRole('dialog', { name: 'Diagnostics' }));
  };

  test('say what they hold before they are saved, in the file too, and where they are afterwards', async () => {
    const { main } = await drawApp();
    main.answers['app.saveDiagnostics'] = () => ({ file: '/tmp/mine.zip' });
    const dialog = open();
    expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toContain('Posada’s log');
    fireEvent.click(dialog.getByText('Save…'));
    expect(await dialog.findByText(/Saved as .*\/tmp\/mine\.zip/)).toBeTruthy();
    const [input] = main.inputs('app.saveDiagnostics');
    expect(input?.suggested).toBe('posada-diagnostics.zip');
    expect(input?.about).toContain('- Posada’s log');
    expect(input?.about).toContain('are left out');
  });

  test('that could not be written say why, and can be tried again', async () => {
    const { main } = await drawApp();
    main.answers['app.saveDiagnostics'] = () => ({ ok: false, failure: aFailure('web') });
    const dialog = open();
    fireEvent.click(dialog.getByText('Save…'));
    expect(await dialog.findByRole('alert')).toBeTruthy();
    main.answers['app.saveDiagnostics'] = () => ({});
    fireEvent.click(dialog.getByText('Try again'));
    await waitFor(() => expect(dialog.queryByRole('alert')).toBeNull());
    expect(dialog.queryByText(/Saved as/)).toBeNull();
  });
});
