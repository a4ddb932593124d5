// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { EngineStatus } from '../../../shared/engine-status.ts';
import { say } from '../../../shared/message.ts';
import { drawApp, listedNames, rowOf } from '../../testing/draw-app.tsx';
import { aContainer, aFailure, aGuest, anEngine, docker, dockerOff, idOf, libvirt } from '../../testing/guests.ts';

const problems = () => within(screen.getByRole('region', { name: 'Engines that cannot be reached' }));
const noProblem = () => screen.queryByRole('region', { name: 'Engines that cannot be reached' }) === null;

/** Docker went away at that time. */
function dockerLost(lastContact: number, state: EngineStatus['state'] = 'reconnecting'): EngineStatus {
  return anEngine(docker, {
    state,
    lastContact,
    failure: {
      code: 'engine-lost',
      title: say('failure.title.connect', { engine: 'docker' }),
      detail: say('failure.detail.lost'),
      remedies: [{ do: 'retry' }],
      engine: docker,
    },
  });
}

describe('an engine that is off', () => {
  const off = { engines: [anEngine(libvirt), dockerOff], guests: [aGuest('web')] };

  test('says what stopped it, what to do now, and its own words', async () => {
    await drawApp(off);
    expect(problems().getByText('No connection to docker')).toBeTruthy();
    expect(problems().getByText('Nobody answers at /var/run/docker.sock: the service is not running.')).toBeTruthy();
    const steps = within(problems().getByRole('list', { name: 'What to do now' })).getAllByRole('listitem');
    expect(steps.map((step) => step.textContent)).toEqual(['Start the service:sudo systemctl start docker']);
    expect(problems().getByText(/^System said \(ECONNREFUSED\)/)).toBeTruthy();
  });

  test('leaves the guests of the other engines in the list', async () => {
    await drawApp(off);
    expect(listedNames()).toEqual(['web']);
    expect(rowOf('web').hasAttribute('data-stale')).toBe(false);
  });

  test('has its command copied with one click', async () => {
    const { main } = await drawApp(off);
    fireEvent.click(problems().getByLabelText('Copy command'));
    expect(main.inputs('clipboard.write')).toEqual([{ text: 'sudo systemctl start docker' }]);
    expect(problems().getByLabelText('Copied')).toBeTruthy();
  });

  test('has all of it copied for a report', async () => {
    const { main } = await drawApp(off);
    fireEvent.click(problems().getByText('Copy'));
    const [report] = main.inputs('clipboard.write');
    for (const part of ['No connection to docker', 'systemctl start docker', 'ECONNREFUSED']) {
      expect(report?.text).toContain(part);
    }
  });

  test('is tried at once by Try again, and its problem goes when it is live', async () => {
    const { main, tell } = await drawApp(off);
    fireEvent.click(problems().getByText('Try again'));
    expect(main.inputs('engine.retry')).toEqual([{ engine: docker }]);
    tell({ engines: [anEngine(docker)] });
    expect(noProblem()).toBe(true);
  });

  test('whose trying main refuses says so', async () => {
    const { main } = await drawApp(off);
    main.answers['engine.retry'] = () => ({ ok: false, failure: aFailure('docker') });
    fireEvent.click(problems().getByText('Try again'));
    expect((await screen.findByRole('alert')).textContent).toContain('docker could not be started');
  });

  test('can be put out of sight, until something else is wrong with it', async () => {
    const { tell } = await drawApp(off);
    fireEvent.click(problems().getByLabelText('Hide this notice'));
    expect(noProblem()).toBe(true);
    tell({ engines: [{ ...dockerOff, nextTry: 1 }] });
    expect(noProblem()).toBe(true);
    const failure = {
      code: 'engine-forbidden',
      title: say('failure.title.connect', { engine: 'docker' }),
      remedies: [],
    };
    tell({ engines: [{ ...dockerOff, failure: failure as never }] });
    expect(problems().getByText('No connection to docker')).toBeTruthy();
  });

  test('is told in the status bar too, with Try again behind it', async () => {
    const { main } = await drawApp(off);
    const bar = within(screen.getByRole('list', { name: 'Engines' }));
    fireEvent.click(bar.getByRole('button', { name: /docker Off/ }));
    const panel = within(screen.getByRole('dialog', { name: 'docker: Off' }));
    fireEvent.click(panel.getByText('Try again'));
    expect(main.inputs('engine.retry')).toEqual([{ engine: docker }]);
    fireEvent.keyDown(panel.getByText('Try again'), { key: 'Escape' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('an engine that does not answer any more', () => {
  const guests = [aGuest('web', { state: 'running' }), aContainer('box', { state: 'running' })];
  const before = new Date(2026, 0, 31, 15, 4, 5).getTime();

  test.each(['silent', 'reconnecting', 'off'] as const)(
    'and is %s keeps its guests in the list, marked as old',
    async (state) => {
      const { tell } = await drawApp({ guests });
      expect(rowOf('box').hasAttribute('data-stale')).toBe(false);
      tell({ engines: [dockerLost(before, state)] });
      expect(listedNames()).toEqual(['box', 'web']);
      expect(rowOf('box').hasAttribute('data-stale')).toBe(true);
      expect(within(rowOf('box')).getByText('Running')).toBeTruthy();
      expect(within(rowOf('box')).getByText(/^as of .*31.*2026.*:04/)).toBeTruthy();
      expect(rowOf('web').hasAttribute('data-stale')).toBe(false);
      tell({ engines: [anEngine(docker)] });
      expect(rowOf('box').hasAttribute('data-stale')).toBe(false);
      expect(within(rowOf('box')).queryByText(/as of/)).toBeNull();
    },
  );

  test('has no old figures shown as new ones', async () => {
    const { main, tell } = await drawApp({ guests });
    act(() => main.send('metrics.sample', { samples: [{ guest: idOf('box'), at: 1, cpu: 42, memory: 1024 }] }));
    expect(within(rowOf('box')).getByText('42%')).toBeTruthy();
    tell({ engines: [dockerLost(before, 'silent')] });
    expect(within(rowOf('box')).queryByText('42%')).toBeNull();
    expect(within(rowOf('box')).getAllByText('not measured')).toHaveLength(2);
  });

  test('and is only restarted makes no problem of it; one that stays away does', async () => {
    const { tell } = await drawApp({ guests });
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    tell({ engines: [dockerLost(Date.now())] });
    expect(noProblem()).toBe(true);
    act(() => void vi.advanceTimersByTime(3000));
    expect(noProblem()).toBe(true);
    act(() => void vi.advanceTimersByTime(2000));
    expect(problems().getByText('The connection was lost.')).toBeTruthy();
  });
});

describe('a guest that cannot be read', () => {
  test('is a row that says so, and its facts say why', async () => {
    const failure = { ...aFailure('bad'), title: say('failure.title.guest', { name: 'bad' }) };
    await drawApp({ guests: [aGuest('bad', { state: 'unknown', failure, offers: [] }), aGuest('good')] });
    expect(listedNames()).toEqual(['bad', 'good']);
    expect(within(rowOf('bad')).getByText('Cannot be read')).toBeTruthy();
    fireEvent.click(rowOf('bad'));
    const facts = within(screen.getByRole('region', { name: 'Facts' }));
    expect(facts.getByText('bad could not be read')).toBeTruthy();
    expect(facts.getByText('Its disk /var/lib/disk.qcow2 is missing.')).toBeTruthy();
  });
});
