// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../../shared/task.ts';
import { clickRow, drawApp } from '../../testing/draw-app.tsx';
import { aFailure, aGuest, aTask, idOf } from '../../testing/guests.ts';

const start = 1_700_000_000_000;
const ended = (id: string, name: string, state: Task['state'], after = 2000): Task =>
  aTask(id, name, { state, endedAt: start + after, ...(state === 'failed' && { failure: aFailure(name) }) });

function openTasks(name: RegExp) {
  fireEvent.click(screen.getByRole('button', { name }));
  return within(screen.getByRole('dialog', { name: 'Tasks' }));
}

describe('the task list', () => {
  test('says so while nothing has been done', async () => {
    await drawApp();
    expect(openTasks(/^Tasks$/).getByText('Nothing has been done yet.')).toBeTruthy();
  });

  test('counts what runs and what has failed, and how far it is', async () => {
    const { tell } = await drawApp();
    tell({ tasks: [aTask('1', 'a'), ended('2', 'b', 'done'), ended('3', 'c', 'failed'), aTask('4', 'd')] });
    expect(screen.getByRole('button', { name: '2 tasks running 50% 1 failed' })).toBeTruthy();
    tell({ tasks: [ended('1', 'a', 'done'), ended('4', 'd', 'done')] });
    expect(screen.getByRole('button', { name: 'Tasks 1 failed' })).toBeTruthy();
  });

  test('has what runs first, then what failed, then what is over', async () => {
    await drawApp({
      tasks: [
        ended('1', 'over', 'done'),
        ended('2', 'bad', 'failed'),
        aTask('3', 'later', { state: 'waiting' }),
        aTask('4', 'now'),
      ],
    });
    openTasks(/^2 tasks running/);
    const names = [...document.querySelectorAll('.task-name')].map((name) => name.textContent);
    expect(names).toEqual(['Start now', 'Start bad', 'Start later', 'Start over']);
    expect(screen.getByText('Done in 2s')).toBeTruthy();
    expect(screen.getByText('1 running, 1 waiting, 1 failed')).toBeTruthy();
  });

  test('says why a task failed and tries it again', async () => {
    const { main } = await drawApp({ guests: [aGuest('web')], tasks: [ended('1', 'web', 'failed')] });
    const panel = openTasks(/failed/);
    expect(panel.getByText('web could not be started')).toBeTruthy();
    fireEvent.click(panel.getByText('Try again'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'start' } }]);
  });

  test('says of what was broken off how it has ended, and begins none of it again', async () => {
    const half = { brokenOff: 'engineLost' as const };
    const recovery = { recovery: 'engineLost' as const };
    await drawApp({
      guests: [aGuest('web')],
      tasks: [
        { ...ended('1', 'broken', 'failed'), ...half },
        { ...ended('2', 'stuck', 'failed'), ...recovery },
        { ...ended('3', 'back', 'done'), ...recovery, recovered: 'undone' },
        { ...ended('4', 'forth', 'done'), ...recovery, recovered: 'finished' },
        { ...ended('6', 'first', 'failed'), ...half, recovered: 'undone' },
        aTask('5', 'now', recovery),
      ],
    });
    const panel = openTasks(/running/);
    const lines = [...document.querySelectorAll('.task-line')].map((line) => line.textContent);
    expect(lines).toEqual([
      'Start nowWas broken off, is brought to its endcannot be cancelled',
      'Start brokenBroken off',
      'Start stuckFailed',
      'Start firstWas broken off, taken back in 2s',
      'Start backWas broken off, taken back in 2s',
      'Start forthWas broken off, finished in 2s',
    ]);
    expect(panel.queryByText('Try again')).toBeNull();
    expect(panel.queryByText('first could not be started')).toBeNull();
    expect(panel.getByText('broken could not be started')).toBeTruthy();
  });

  test('cancels a task that can be cancelled, and says of another that it cannot', async () => {
    const { main } = await drawApp({
      tasks: [aTask('1', 'a', { state: 'waiting', cancellable: true }), aTask('2', 'b', { cancellable: false })],
    });
    const panel = openTasks(/running/);
    expect(panel.getAllByText('cannot be cancelled')).toHaveLength(1);
    fireEvent.click(panel.getByRole('button', { name: 'Cancel: Start a' }));
    expect(main.inputs('task.cancel')).toEqual([{ task: '1' }]);
  });

  test('shows the commands that do the same, to copy one or all', async () => {
    const commands = ['virsh -c qemu:///system destroy --domain web', 'virsh -c qemu:///system undefine --domain web'];
    const { main } = await drawApp({ tasks: [aTask('1', 'web', { commands }), aTask('2', 'db', { commands: [] })] });
    const panel = openTasks(/running/);
    const [byHand, ...others] = panel.getAllByText('By hand');
    expect(others).toEqual([]);
    fireEvent.click(byHand as HTMLElement);
    fireEvent.click(panel.getAllByRole('button', { name: 'Copy command' })[1] as HTMLElement);
    fireEvent.click(panel.getByText('Copy all'));
    expect(main.inputs('clipboard.write').map(({ text }) => text)).toEqual([commands[1], commands.join('\n')]);
  });

  test('says of a guest that ignores its shut-down that it does not listen', async () => {
    await drawApp({ tasks: [aTask('1', 'web', { action: { verb: 'shutDown' }, ignored: true, cancellable: true })] });
    expect(openTasks(/running/).getByText(/^Not listening for /)).toBeTruthy();
  });

  test('clears what is over and leaves what runs', async () => {
    const { main } = await drawApp({ tasks: [ended('1', 'a', 'done'), aTask('2', 'b'), ended('3', 'c', 'failed')] });
    fireEvent.click(openTasks(/running/).getByText('Clear ended'));
    expect(main.inputs('task.dismiss')).toEqual([{ tasks: ['1', '3'] }]);
  });

  test('draws a hundred of thousands and counts the rest', async () => {
    await drawApp({ tasks: Array.from({ length: 1500 }, (_, number) => ended(`${number}`, `g${number}`, 'done')) });
    const panel = openTasks(/^Tasks$/);
    expect(panel.getAllByRole('listitem')).toHaveLength(100);
    expect(panel.getByText('and 1,400 more')).toBeTruthy();
  });
});

describe('what a screen reader is told', () => {
  const said = () => document.querySelector('[aria-live=polite]')?.textContent;
  const running = (name: string) => aGuest(name, { state: 'running' });

  test('is the new state of a chosen guest, and nothing of others', async () => {
    const { tell } = await drawApp({ guests: [aGuest('web'), aGuest('mail')] });
    clickRow('web');
    tell({ guests: [running('web'), running('mail')] });
    await screen.findByText('web: Running');
    expect(said()).toBe('web: Running');
  });

  test('is a number where much changes at once', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const { tell } = await drawApp({ guests: names.map((name) => aGuest(name)) });
    fireEvent.click(screen.getByLabelText('Select all guests'));
    tell({ guests: names.map(running) });
    await screen.findByText('4 changes');
    expect(said()).toBe('4 changes');
  });
});
