// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { drawApp } from '../testing/draw-app.tsx';
import { aFailure, aTask } from '../testing/guests.ts';

describe('the question before quitting', () => {
  test('names what runs, tells main that it is asked, and quits after a yes', async () => {
    const { main } = await drawApp({ tasks: [aTask('1', 'web')] });
    act(() => main.send('app.quitAsked', { running: 1 }));
    const dialog = within(screen.getByRole('alertdialog'));
    expect(dialog.getByRole('listitem').textContent).toContain('web');
    expect(main.inputs('app.quitHeard')).toHaveLength(1);
    fireEvent.click(dialog.getByText('Back'));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(main.inputs('app.quit')).toEqual([]);
    act(() => main.send('app.quitAsked', { running: 1 }));
    fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Quit anyway'));
    expect(main.inputs('app.quit')).toHaveLength(1);
  });

  test('says of what has a journal that it is brought to its end at the next start', async () => {
    const { main } = await drawApp({ tasks: [aTask('1', 'web', { journaled: true }), aTask('2', 'db')] });
    act(() => main.send('app.quitAsked', { running: 2 }));
    const items = within(screen.getByRole('alertdialog')).getAllByRole('listitem');
    expect(items.map((item) => item.textContent)).toEqual([
      'Start web (is finished or taken back at the next start)',
      'Start db',
    ]);
  });

  test('can be answered with waiting: the app ends with the last task, unless that is taken back', async () => {
    const { main, tell } = await drawApp({ tasks: [aTask('1', 'web'), aTask('2', 'db')] });
    const dialog = () => within(screen.getByRole('alertdialog'));
    const ended = (id: string, name: string) => aTask(id, name, { state: 'done', endedAt: 2 });
    act(() => main.send('app.quitAsked', { running: 2 }));
    fireEvent.click(dialog().getByText('Quit when they are done'));
    expect(dialog().getByText(/quits as soon as/)).toBeTruthy();
    expect(document.activeElement).toBe(dialog().getByText('Back'));
    tell({ tasks: [ended('1', 'web')] });
    fireEvent.click(dialog().getByText('Back'));
    tell({ tasks: [ended('2', 'db')] });
    expect(main.inputs('app.askQuit')).toEqual([]);
    tell({ tasks: [aTask('3', 'mail')] });
    act(() => main.send('app.quitAsked', { running: 1 }));
    fireEvent.click(dialog().getByText('Quit when it is done'));
    tell({ tasks: [ended('3', 'mail')] });
    await waitFor(() => expect(main.inputs('app.askQuit')).toHaveLength(1));
    expect(main.inputs('app.quit')).toEqual([]);
  });

  test('stays, and shows it, when something that is waited for fails', async () => {
    const old = aTask('0', 'old', { state: 'failed', endedAt: 1, failure: aFailure('old') });
    const { main, tell } = await drawApp({ tasks: [old, aTask('1', 'web'), aTask('2', 'db')] });
    const dialog = () => within(screen.getByRole('alertdialog'));
    act(() => main.send('app.quitAsked', { running: 2 }));
    fireEvent.click(dialog().getByText('Quit when they are done'));
    tell({ tasks: [aTask('1', 'web', { state: 'failed', endedAt: 2, failure: aFailure('web') })] });
    expect(dialog().getByRole('alert').textContent).toContain('One of them failed, so Posada has not quit');
    expect(dialog().getByRole('alert').textContent).toContain('web');
    expect(dialog().getByRole('alert').textContent).not.toContain('old');
    tell({ tasks: [aTask('2', 'db', { state: 'done', endedAt: 3 })] });
    expect(dialog().getByText('Everything is done now.')).toBeTruthy();
    expect(main.inputs('app.askQuit')).toEqual([]);
  });

  test('is worded for main, which asks where the page is too busy, in the person’s language', async () => {
    const { main } = await drawApp({}, { settings: { language: 'es' } });
    const words = main.inputs('app.setQuitWords').at(-1);
    expect(words).toMatchObject({ stay: 'Volver', quit: 'Salir de todos modos' });
    expect(words?.text).toContain('la ventana no responde');
  });

  test('is brought about by a key', async () => {
    const { main } = await drawApp();
    fireEvent.keyDown(document.body, { key: 'q', ctrlKey: true });
    expect(main.inputs('app.askQuit')).toHaveLength(1);
  });
});
