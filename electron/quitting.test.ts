import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Quitting } from './quitting.ts';

function setUp(running: number) {
  const on = {
    atWork: vi.fn(() => running),
    ask: vi.fn(),
    askWithoutPage: vi.fn(async () => false),
    save: vi.fn(async () => undefined),
    quit: vi.fn(),
  };
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

  test('asks without a page that is busy, and breaks nothing off unasked', async () => {
    const { on, quitting } = setUp(1);
    quitting.mayQuit();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(on.askWithoutPage).toHaveBeenCalledTimes(1);
    expect(on.quit).not.toHaveBeenCalled();
    on.askWithoutPage.mockResolvedValueOnce(true);
    expect(quitting.mayQuit()).toBe(false);
    await vi.advanceTimersByTimeAsync(5000);
    expect(on.quit).toHaveBeenCalledTimes(1);
    expect(quitting.mayQuit()).toBe(true);
  });

  test('asks so once at a time', async () => {
    const { on, quitting } = setUp(1);
    on.askWithoutPage.mockReturnValue(new Promise(() => undefined));
    for (let times = 0; times < 3; times += 1) {
      quitting.mayQuit();
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect(on.askWithoutPage).toHaveBeenCalledTimes(1);
  });

  test('does not ask with a page that has crashed, before or after it should have asked', async () => {
    const before = setUp(1);
    before.quitting.pageGone(true);
    expect(before.quitting.mayQuit()).toBe(true);
    before.quitting.pageGone(false);
    expect(before.quitting.mayQuit()).toBe(false);
    const after = setUp(1);
    after.quitting.mayQuit();
    after.quitting.pageGone(true);
    expect(after.on.quit).toHaveBeenCalledTimes(1);
    expect(after.quitting.mayQuit()).toBe(true);
  });

  test('is not held up by a question that cannot be asked', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { on, quitting } = setUp(1);
    on.askWithoutPage.mockRejectedValueOnce(new Error('no display'));
    quitting.mayQuit();
    await vi.advanceTimersByTimeAsync(5000);
    expect(on.quit).toHaveBeenCalledTimes(1);
    error.mockRestore();
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
