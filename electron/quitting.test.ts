import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Quitting } from './quitting.ts';

function setUp(running: number) {
  const on = { atWork: vi.fn(() => running), ask: vi.fn(), save: vi.fn(async () => undefined), quit: vi.fn() };
  return { on, quitting: new Quitting(on) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('quitting', () => {
  test('is not held up while nothing runs', () => {
    const { on, quitting } = setUp(0);
    expect(quitting.mayQuit()).toBe(true);
    expect(on.ask).not.toHaveBeenCalled();
  });

  test('asks while tasks run, and goes on after a yes', async () => {
    const { on, quitting } = setUp(2);
    expect(quitting.mayQuit()).toBe(false);
    expect(on.ask).toHaveBeenCalledWith(2);
    quitting.heard();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(on.quit).not.toHaveBeenCalled();
    quitting.agree();
    expect(on.quit).toHaveBeenCalledTimes(1);
    expect(quitting.mayQuit()).toBe(true);
  });

  test('does not wait for a page that shows nothing', async () => {
    const { on, quitting } = setUp(1);
    quitting.mayQuit();
    await vi.advanceTimersByTimeAsync(5000);
    expect(on.quit).toHaveBeenCalledTimes(1);
    expect(quitting.mayQuit()).toBe(true);
  });

  test('comes after everything is on the disk, also when that fails', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { on, quitting } = setUp(0);
    on.save.mockRejectedValueOnce(new Error('disk full'));
    expect(quitting.isSaved()).toBe(false);
    expect(on.quit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(0);
    expect(on.quit).toHaveBeenCalledTimes(1);
    expect(quitting.isSaved()).toBe(true);
    expect(error).toHaveBeenCalled();
    error.mockRestore();
  });

  test('does not wait for ever for a disk that hangs, and begins to save only once', async () => {
    const { on, quitting } = setUp(0);
    on.save.mockReturnValue(new Promise(() => undefined));
    expect([quitting.isSaved(), quitting.isSaved()]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(on.save).toHaveBeenCalledTimes(1);
    expect(on.quit).toHaveBeenCalledTimes(1);
    expect(quitting.isSaved()).toBe(true);
  });
});
