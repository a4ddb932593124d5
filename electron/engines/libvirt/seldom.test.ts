import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Seldom } from './seldom.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('many hints become one, and the last of them is never lost', async () => {
  const told = vi.fn<(subject: string) => void>();
  const seldom = new Seldom(2000, told);
  for (const _second of [1, 2, 3]) {
    seldom.hint('a');
    seldom.hint('a');
    await vi.advanceTimersByTimeAsync(1000);
  }
  seldom.hint('b');
  expect(told.mock.calls).toEqual([['a']]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told.mock.calls).toEqual([['a'], ['a'], ['b']]);
});

test('nothing is told any more once it is stopped', async () => {
  const told = vi.fn<(subject: string) => void>();
  const seldom = new Seldom(2000, told);
  seldom.hint('a');
  seldom.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).not.toHaveBeenCalled();
});
