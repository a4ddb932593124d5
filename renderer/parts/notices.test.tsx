// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import { say } from '../../shared/message.ts';
import { drawApp } from '../testing/draw-app.tsx';
import { aFailure, aTask } from '../testing/guests.ts';

test('of many failures the newest are shown; the others are counted, and come when these are dismissed', async () => {
  const { stores } = await drawApp();
  act(() => {
    for (const name of ['web', 'db', 'mail', 'cache']) {
      stores.notices.getState().add({ about: 'failure', failure: aFailure(name) });
    }
  });
  const notices = () => within(screen.getByRole('region', { name: 'Notices' }));
  const texts = (): string =>
    notices()
      .getAllByRole('alert')
      .map((each) => each.textContent)
      .join();
  expect(texts()).not.toContain('web');
  expect(texts()).toContain('cache');
  expect(notices().getByText('1 earlier notice')).toBeTruthy();
  fireEvent.click(notices().getAllByRole('button', { name: 'Dismiss' })[0] as HTMLElement);
  expect(texts()).toContain('web');
  expect(notices().queryByText('1 earlier notice')).toBeNull();
  act(() => stores.notices.getState().add({ about: 'failure', failure: aFailure('last') }));
  fireEvent.click(notices().getByRole('button', { name: 'Dismiss all' }));
  expect(screen.queryByRole('region', { name: 'Notices' })).toBeNull();
});

describe('what was broken off', () => {
  const snapshot = {
    action: { verb: 'takeSnapshot', name: 'before', description: '', memory: false, freeze: false },
    label: say('verb.takeSnapshot'),
  } as const;
  const over = { state: 'done', endedAt: 2 } as const;
  const shown = () => [...document.querySelectorAll('.notice .failure-title')].map((line) => line.textContent);

  test('is told with its end, also where that was before the window was there, once for each', async () => {
    const { tell } = await drawApp({
      tasks: [
        aTask('1', 'web', { ...snapshot, ...over, recovery: 'appEnded', recovered: 'undone' }),
        aTask('2', 'own', over),
      ],
    });
    expect(plain(shown())).toEqual([
      'web: taking a snapshot was broken off when Posada ended. It has been taken back.',
    ]);
    tell({ tasks: [aTask('3', 'db', { recovery: 'engineLost' })] });
    expect(shown()).toHaveLength(1);
    tell({ tasks: [aTask('3', 'db', { ...over, recovery: 'engineLost', recovered: 'finished' })] });
    tell({ tasks: [aTask('3', 'db', { ...over, recovery: 'engineLost', recovered: 'finished' })] });
    expect(plain(shown()).slice(1)).toEqual([
      'db: “Start” was broken off when its engine was lost. It has been finished.',
    ]);
  });

  test('and is not at its end yet is told as a failure, anew after each try', async () => {
    const failed = (endedAt: number) =>
      aTask('1', 'web', { state: 'failed', endedAt, recovery: 'halfDone', failure: aFailure('web') });
    const { tell } = await drawApp({ tasks: [failed(1)] });
    expect(shown()).toHaveLength(1);
    tell({ tasks: [failed(2)] });
    expect(shown()).toHaveLength(2);
    expect(screen.queryByText('Try again')).toBeNull();
  });

  test('and cannot even be read is told too', async () => {
    await drawApp(
      {},
      {
        prepare: (main) => {
          const failure: Failure = {
            ...{ code: 'internal', title: say('failure.title.journal', { path: '/j/x.jsonl' }) },
            remedies: [{ do: 'read', text: say('remedy.keepJournal') }],
          };
          main.failures = [failure];
        },
      },
    );
    expect(plain(shown())).toEqual(['The journal /j/x.jsonl cannot be read']);
  });

  test('is told in Spanish too', async () => {
    await drawApp(
      { tasks: [aTask('1', 'web', { ...snapshot, ...over, recovery: 'halfDone', recovered: 'undone' })] },
      { settings: { language: 'es' } },
    );
    expect(plain(shown())).toEqual(['web: la toma de una instantánea se interrumpió por un fallo. Se ha deshecho.']);
  });
});

/** Without the marks that keep text of others apart. */
function plain(lines: (string | null)[]): string[] {
  return lines.map((line) => (line ?? '').replace(/[\u2066-\u2069]/g, ''));
}
