// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { TaskId } from '../shared/ids.ts';
import { clickRow, drawApp, listedNames, rowOf, typeFilter, verbButton } from './testing/draw-app.tsx';
import { aContainer, aFailure, aGuest, aTask, docker, dockerOff, hostileNames, idOf, offer } from './testing/guests.ts';
import { visibleText } from './text/visible-text.ts';

describe('the window', () => {
  test('lists virtual machines and containers side by side, each with its facts', async () => {
    await drawApp({
      guests: [
        aGuest('mail', { state: 'running', image: 'Debian 12', addresses: ['192.168.122.7', 'fd00::7'] }),
        aContainer('shop', {
          ports: [{ hostAddress: '0.0.0.0', hostPort: 8080, guestPort: 80, protocol: 'tcp' }],
        }),
      ],
    });
    const mail = within(rowOf('mail'));
    for (const fact of [
      'mail',
      'Virtual machine',
      'Running',
      'Debian 12',
      '192.168.122.7, fd00::7',
      'qemu:///system',
    ]) {
      expect(mail.getByText(fact)).toBeTruthy();
    }
    const shop = within(rowOf('shop'));
    for (const fact of ['shop', 'Stopped', 'nginx:1.27', '8080→80', 'docker'])
      expect(shop.getByText(fact)).toBeTruthy();
    expect(shop.getAllByText('Container').length).toBeGreaterThan(0);
    expect(screen.getByText('2 guests')).toBeTruthy();
  });

  test('shows what comes, changes and goes', async () => {
    const { tell } = await drawApp({ guests: [aGuest('a'), aGuest('b')] });
    tell({ guests: [aGuest('c', { state: 'running' })], guestsGone: [idOf('a')] });
    expect(listedNames()).toEqual(['b', 'c']);
    tell({ guests: [aGuest('c', { state: 'paused' })] });
    expect(within(rowOf('c')).getByText('Paused')).toBeTruthy();
  });

  test.each(Object.entries(hostileNames))(
    'a guest whose name is %s shows it as text, everywhere',
    async (_what, name) => {
      const alert = vi.fn();
      vi.stubGlobal('alert', alert);
      const guest = aGuest('evil', { name, state: 'running', image: name, addresses: [name], nativeId: name });
      const { main, tell } = await drawApp({ guests: [guest] });
      main.answers['guest.act'] = () => ({ tasks: ['one' as TaskId] });
      const shown = visibleText(name);
      expect(listedNames()).toEqual([shown]);

      clickRow('evil');
      expect(within(screen.getByRole('region', { name: 'Facts' })).getAllByText(shown).length).toBeGreaterThan(2);
      fireEvent.click(verbButton('Force off'));
      expect(screen.getByRole('alertdialog').textContent).toContain(shown);
      fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Cancel'));

      fireEvent.click(verbButton('Pause'));
      const failure = {
        ...aFailure(name),
        remedies: [{ do: 'run', command: `virsh edit '${name}'`, why: { key: 'remedy.showDefinition' } }],
      };
      await act(async () => undefined);
      tell({
        tasks: [aTask('one', name, { guest: idOf('evil'), state: 'failed', endedAt: 1, failure: failure as never })],
      });
      const notice = screen.getByRole('alert');
      expect(notice.textContent).toContain(shown);
      expect(notice.querySelector('code')?.textContent).toBe(`virsh edit '${shown}'`);

      expect(document.body.textContent).not.toMatch(/[\u202a-\u202e]/);
      expect(document.querySelector('img, script, iframe')).toBeNull();
      expect(alert).not.toHaveBeenCalled();
      vi.unstubAllGlobals();
    },
  );

  test('tells of a verb that failed, why, and lets the notice be dismissed', async () => {
    const { main, tell } = await drawApp({ guests: [aGuest('web')] });
    main.answers['guest.act'] = () => ({ tasks: ['one' as TaskId] });
    clickRow('web');
    fireEvent.click(verbButton('Start'));
    await act(async () => undefined);
    tell({ tasks: [aTask('one', 'web', { state: 'failed', endedAt: 1_700_000_001_000, failure: aFailure('web') })] });
    const notice = within(screen.getByRole('alert'));
    expect(notice.getByText('web could not be started')).toBeTruthy();
    expect(notice.getByText('Its disk /var/lib/disk.qcow2 is missing.')).toBeTruthy();
    expect(notice.getByText(/libvirt said \(38\)/).textContent).toContain('Cannot access storage file');
    fireEvent.click(notice.getByLabelText('Dismiss'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('sums up an order to many', async () => {
    const { main, tell } = await drawApp({ guests: [aGuest('a'), aGuest('b'), aGuest('c')] });
    main.answers['guest.act'] = ({ guests }) => ({ tasks: guests as unknown as TaskId[] });
    fireEvent.click(screen.getByLabelText('Select all guests'));
    fireEvent.click(verbButton('Start'));
    await act(async () => undefined);
    const ended = (name: string, state: 'done' | 'failed') =>
      aTask(idOf(name), name, { state, endedAt: 1, ...(state === 'failed' && { failure: aFailure(name) }) });
    tell({ tasks: [ended('a', 'done'), ended('b', 'done'), ended('c', 'failed')] });
    expect(screen.getByText('2 started, 1 could not be started')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('says why there is no list while main gives none', async () => {
    await drawApp(
      {},
      {
        prepare: (main) => {
          main.answers['inventory.read'] = () => {
            throw new Error('the channel is closed');
          };
        },
      },
    );
    expect(screen.getByText('Posada refused its own command inventory.read')).toBeTruthy();
    expect(screen.getByText(/the channel is closed/)).toBeTruthy();
  });
});

describe('the language', () => {
  test('is Spanish where the person has chosen it', async () => {
    await drawApp(
      { guests: [aGuest('web'), aContainer('box', { state: 'running' })] },
      { settings: { language: 'es' } },
    );
    expect(document.documentElement.lang).toBe('es');
    expect(within(rowOf('web')).getByText('Detenido')).toBeTruthy();
    expect(within(rowOf('box')).getByText('En ejecución')).toBeTruthy();
    clickRow('web');
    expect(verbButton('Iniciar')).toBeTruthy();
    expect(screen.getByText('Imagen / SO', { selector: '[role=columnheader] span' })).toBeTruthy();
  });

  test('changes at once when the settings do, and so does what the filter finds', async () => {
    const { main } = await drawApp({ guests: [aGuest('web', { state: 'running' }), aGuest('off')] });
    expect(document.documentElement.lang).toBe('en');
    typeFilter('running');
    expect(listedNames()).toEqual(['web']);
    act(() => main.send('settings.changed', { ...main.settings, language: 'es' }));
    expect(screen.getByText('Ningún huésped coincide con «running»')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Filtrar huéspedes'), { target: { value: 'ejecución' } });
    expect(listedNames()).toEqual(['web']);
  });
});

describe('keys that work everywhere', () => {
  test('a slash goes to the filter', async () => {
    await drawApp({ guests: [aGuest('web')] });
    fireEvent.keyDown(document.body, { key: '/' });
    expect(document.activeElement).toBe(screen.getByLabelText('Filter guests'));
  });

  test('a slash goes to the filter from another screen too, and Delete there touches no guest', async () => {
    const { stores } = await drawApp({ guests: [aGuest('web', { offers: [offer('delete', 'verb.delete')] })] });
    clickRow('web');
    fireEvent.keyDown(document.body, { key: ',', ctrlKey: true });
    fireEvent.keyDown(document.body, { key: 'Delete' });
    expect(stores.view.getState().form).toBeUndefined();
    fireEvent.keyDown(document.body, { key: '/' });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Filter guests')));
    fireEvent.keyDown(document.body, { key: 'Delete' });
    expect(stores.view.getState().form?.verb).toBe('delete');
  });

  test('F5 tries the engines that do not answer, and those only', async () => {
    const { main, tell } = await drawApp();
    tell({ engines: [dockerOff] });
    fireEvent.keyDown(document.body, { key: 'F5' });
    expect(main.inputs('engine.retry')).toEqual([{ engine: docker }]);
  });

  test('a question mark shows the keys, but is only a sign while typing', async () => {
    await drawApp({ guests: [aGuest('web')] });
    fireEvent.keyDown(screen.getByLabelText('Filter guests'), { key: '?' });
    expect(screen.queryByRole('dialog')).toBeNull();
    fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
    expect(screen.getByRole('dialog', { name: 'Keys' })).toBeTruthy();
    fireEvent.click(screen.getByText('Close'));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
