import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aFailure, aTask } from '../testing/guests.ts';
import { createNoticesStore } from './notices-store.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const store = createNoticesStore();
  const told = (): string[] =>
    store
      .getState()
      .notices.map((each) => (each.about === 'failure' ? String(each.failure.title.params?.name) : each.about));
  return {
    told,
    fail: (name: string): void => store.getState().add({ about: 'failure', failure: aFailure(name) }),
    succeed: (): void =>
      store.getState().add({
        about: 'order',
        result: { verb: 'export', done: 1, failed: 0, cancelled: 0, ended: [aTask('1', 'web', { state: 'done' })] },
      }),
  };
}

test('failures stay until they are dismissed, whatever comes after them', () => {
  const { told, fail, succeed } = setUp();
  for (const name of ['a', 'b', 'c', 'd']) fail(name);
  succeed();
  expect(told()).toEqual(['a', 'b', 'c', 'd', 'order']);
  vi.advanceTimersByTime(10_000);
  expect(told()).toEqual(['a', 'b', 'c', 'd']);
});

test('good news makes room for what comes after it', () => {
  const { told, fail, succeed } = setUp();
  fail('a');
  succeed();
  succeed();
  fail('b');
  expect(told()).toEqual(['a', 'order', 'b']);
  succeed();
  expect(told()).toEqual(['a', 'b', 'order']);
});
