import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LibvirtHost, RpcConnection } from './client/index.ts';
import { tooLate } from './deadline.ts';
import { SideCalls } from './side-calls.ts';
import { fakeConnection, libvirtError } from './testing/fakes.ts';

const never = (): Promise<never> => new Promise(() => undefined);

function setUp() {
  const spares: RpcConnection[] = [];
  const host = {
    spare: vi.fn(async () => {
      const spare = { ...fakeConnection().connection, isLost: false } as RpcConnection;
      spares.push(spare);
      return spare;
    }),
    release: vi.fn(),
  };
  return { calls: new SideCalls(host as unknown as LibvirtHost, 3000), host, spares };
}

/** What came of each question so far: undefined while nothing has. */
function follow<T>(asked: readonly Promise<T>[]): (T | undefined)[] {
  const answers: (T | undefined)[] = asked.map(() => undefined);
  for (const [index, each] of asked.entries()) {
    void each.then((answer) => {
      answers[index] = answer;
    });
  }
  return answers;
}

describe('calls that may hang', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('share one connection of their own, that is opened when the first one is made', async () => {
    const { calls, host, spares } = setUp();
    expect(host.spare).not.toHaveBeenCalled();
    const used = [await calls.ask(async (connection) => connection), await calls.ask(async (other) => other)];
    expect(used).toEqual([spares[0], spares[0]]);
    expect(host.spare).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('are given up after their time, which begins when they are sent', async () => {
    const { calls } = setUp();
    const ends: (() => void)[] = [];
    const slow = (): Promise<string> => new Promise((resolve) => ends.push(() => resolve('answer')));
    const answers = follow([1, 2, 3, 4, 5].map(() => calls.ask(slow)));
    await vi.advanceTimersByTimeAsync(2000);
    expect(ends).toHaveLength(4);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(answers).toEqual(['answer', tooLate, tooLate, tooLate, undefined]);
    ends[4]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(answers[4]).toBe('answer');
  });

  test('are not made any more while four hang, so that no more of the daemon hangs with them', async () => {
    const { calls } = setUp();
    const ends: (() => void)[] = [];
    const stuck = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
    const asked = vi.fn(async () => 'answer');
    const answers = follow<unknown>([...[1, 2, 3, 4].map(() => calls.ask(stuck)), calls.ask(asked)]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(answers).toEqual([tooLate, tooLate, tooLate, tooLate, tooLate]);
    expect(await calls.ask(asked)).toBe(tooLate);
    expect(asked).not.toHaveBeenCalled();
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(await calls.ask(asked)).toBe('answer');
  });

  test('tell what the daemon says, and that makes room', async () => {
    const { calls } = setUp();
    for (let each = 0; each < 6; each += 1) {
      await expect(calls.ask(() => Promise.reject(libvirtError(42)))).rejects.toMatchObject({ code: 42 });
    }
    expect(await calls.ask(async () => 'answer')).toBe('answer');
  });

  test('have a new connection after one that is lost or could not be opened', async () => {
    const { calls, host, spares } = setUp();
    host.spare.mockRejectedValueOnce(new Error('too many clients'));
    await expect(calls.ask(never)).rejects.toThrow('too many clients');
    await calls.ask(async () => undefined);
    Object.assign(spares[0] ?? {}, { isLost: true });
    expect(await calls.ask(async (connection) => connection)).toBe(spares[1]);
    expect(host.release.mock.calls).toEqual([[spares[0]]]);
  });
});
