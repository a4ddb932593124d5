// @vitest-environment happy-dom
import { act, screen } from '@testing-library/react';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { drawApp, typeFilter } from '../testing/draw-app.tsx';
import { aGuest, anEngine, docker, dockerOff } from '../testing/guests.ts';

const said = () => document.querySelector('[aria-live=polite].for-readers')?.textContent;
const { failure } = dockerOff;

async function draw(names: readonly string[] = []) {
  const app = await drawApp({ guests: names.map((name) => aGuest(name)) });
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  return app;
}
const wait = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

describe('a screen reader hears', () => {
  test('how many guests a filter leaves, once nobody writes any more', async () => {
    await draw(['web', 'web-2', 'mail']);
    typeFilter('we');
    wait(400);
    typeFilter('web');
    wait(400);
    expect(said()).toBe('');
    wait(200);
    expect(said()).toBe('2 of 3 guests');
    typeFilter('');
    wait(3000);
    expect(said()).toBe('3 guests');
  });

  test('nothing of guests that come and go by themselves', async () => {
    const { tell } = await draw(['web']);
    tell({ guests: [aGuest('mail')] });
    wait(3000);
    expect(screen.getByText('2 guests')).toBeTruthy();
    expect(said()).toBe('');
  });

  test('that an engine is lost and that it is back', async () => {
    const { tell } = await draw();
    tell({ engines: [anEngine(docker, { state: 'silent', failure })] });
    wait(1);
    expect(said()).toBe('docker: Does not answer');
    tell({ engines: [anEngine(docker)] });
    wait(3000);
    expect(said()).toBe('docker: Live');
  });

  test('of an engine that is only restarted nothing, of one that stays away that it does', async () => {
    const { tell } = await draw();
    const away = () => anEngine(docker, { state: 'reconnecting', failure, lastContact: Date.now() });
    tell({ engines: [away()] });
    wait(3000);
    tell({ engines: [anEngine(docker)] });
    wait(9000);
    expect(said()).toBe('');
    tell({ engines: [away()] });
    wait(5000);
    expect(said()).toBe('docker: Reconnecting');
  });
});
