import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuestId } from '../../../shared/ids.ts';
import { FlagWatch } from './flag-watch.ts';

const look = vi.fn<() => Promise<GuestId[]>>();
const changed = vi.fn<(guests: readonly GuestId[]) => void>();
let watch: FlagWatch;

beforeEach(() => {
  vi.useFakeTimers();
  look.mockReset().mockResolvedValue([]);
  changed.mockReset();
  watch = new FlagWatch({ changedFlags: look }, changed);
  watch.start();
});
afterEach(() => {
  watch.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('flags that somebody else changed are told', async () => {
  await vi.advanceTimersByTimeAsync(10_000);
  expect(changed).not.toHaveBeenCalled();
  look.mockResolvedValueOnce(['g1' as GuestId]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(changed.mock.calls).toEqual([[['g1']]]);
});

test('a daemon that hangs is not asked again meanwhile', async () => {
  let answer: (ids: GuestId[]) => void = () => undefined;
  look.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(look).toHaveBeenCalledTimes(1);
  answer([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(look).toHaveBeenCalledTimes(2);
});

test('a refusal is no reason not to look again', async () => {
  look.mockRejectedValueOnce(new Error('refused'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(look).toHaveBeenCalledTimes(2);
});

test('an answer that comes after the end is told to nobody', async () => {
  let answer: (ids: GuestId[]) => void = () => undefined;
  look.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  await vi.advanceTimersByTimeAsync(10_000);
  watch.stop();
  answer(['g1' as GuestId]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(changed).not.toHaveBeenCalled();
});
