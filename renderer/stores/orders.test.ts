import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TaskId } from '../../shared/ids.ts';
import type { Task } from '../../shared/task.ts';
import { connectedList } from '../testing/connected-list.ts';
import { aFailure, aGuest, aTask, idOf } from '../testing/guests.ts';
import { createNoticesStore } from './notices-store.ts';
import { createOrders } from './orders.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(names: readonly string[]) {
  const all = connectedList(names.map((name) => aGuest(name)));
  const notices = createNoticesStore();
  const orders = createOrders(all.main.bridge, all.inventory, notices);
  all.main.answers['guest.act'] = ({ guests }) => ({ tasks: guests.map((id) => `task ${id}` as TaskId) });
  return {
    ...all,
    orders,
    act: () => orders.act(names.map(idOf), { verb: 'start' }),
    /** Main tells of the tasks of these guests. */
    tell: (state: Task['state'], ...guests: string[]): void =>
      all.patch({ tasks: guests.map((g) => taskOf(g, state)) }),
    notices: () => notices.getState().notices,
  };
}

function taskOf(name: string, state: Task['state']): Task {
  const ended = state === 'waiting' || state === 'running' ? {} : { endedAt: 1_700_000_001_000 };
  return aTask(`task ${idOf(name)}`, name, {
    state,
    ...ended,
    ...(state === 'failed' && { failure: aFailure(name) }),
  });
}

describe('an order to one guest', () => {
  test('goes to main with the guest and the verb', async () => {
    const { main, orders, act } = setUp(['a']);
    await act();
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('a')], action: { verb: 'start' } }]);
    expect([orders.wasActedOn(idOf('a')), orders.wasActedOn(idOf('b'))]).toEqual([true, false]);
  });

  test('says nothing when it works: the list shows it', async () => {
    const { act, tell, notices } = setUp(['a']);
    await act();
    tell('running', 'a');
    tell('done', 'a');
    expect(notices()).toEqual([]);
  });

  test('says what stopped it when it fails, once', async () => {
    const { act, tell, notices } = setUp(['a']);
    await act();
    tell('running', 'a');
    expect(notices()).toEqual([]);
    tell('failed', 'a');
    tell('failed', 'a');
    expect(notices()).toEqual([expect.objectContaining({ about: 'failure', failure: aFailure('a') })]);
  });

  test('says so too when it has failed before main has answered', async () => {
    const { act, tell, notices } = setUp(['a']);
    const acted = act();
    tell('failed', 'a');
    await acted;
    expect(notices()).toMatchObject([{ about: 'failure' }]);
  });

  test('that main refuses is a failure as well', async () => {
    const { main, act, notices } = setUp(['a']);
    main.answers['guest.act'] = () => ({ ok: false, failure: aFailure('a') });
    await act();
    expect(notices()).toMatchObject([{ about: 'failure', failure: aFailure('a') }]);
  });

  test('whose failure is told stays told until it is dismissed', async () => {
    const { act, tell, notices } = setUp(['a']);
    await act();
    tell('failed', 'a');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(notices()).toHaveLength(1);
  });
});

describe('an order to many guests', () => {
  test('has one summary when the last of them has its result', async () => {
    const { act, tell, notices } = setUp(['a', 'b', 'c', 'd']);
    await act();
    tell('done', 'a', 'b');
    tell('failed', 'c');
    expect(notices()).toEqual([]);
    tell('cancelled', 'd');
    expect(notices()).toMatchObject([{ about: 'order', result: { verb: 'start', done: 2, failed: 1, cancelled: 1 } }]);
  });

  test('has one summary although all of them fail', async () => {
    const { act, tell, notices } = setUp(['a', 'b', 'c']);
    await act();
    tell('failed', 'a', 'b', 'c');
    expect(notices()).toMatchObject([{ about: 'order', result: { done: 0, failed: 3, cancelled: 0 } }]);
  });

  test('whose news is good goes away by itself, bad news stays', async () => {
    const { act, tell, notices } = setUp(['a', 'b']);
    await act();
    tell('done', 'a', 'b');
    expect(notices()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(8000);
    expect(notices()).toEqual([]);
    tell('running', 'a', 'b');
    await act();
    tell('failed', 'a', 'b');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notices()).toMatchObject([{ result: { failed: 2 } }]);
  });

  test('ends although one of its tasks is taken out of the list before its end was heard', async () => {
    const { act, tell, patch, notices } = setUp(['a', 'b']);
    await act();
    tell('running', 'a', 'b');
    tell('done', 'a');
    patch({ tasksGone: [`task ${idOf('b')}`] });
    expect(notices()).toMatchObject([{ result: { done: 1, failed: 0, cancelled: 0 } }]);
  });

  test('of which only one guest is left gets its failure as a notice of its own', async () => {
    const { main, act, tell, notices } = setUp(['a', 'b']);
    main.answers['guest.act'] = () => ({ tasks: [`task ${idOf('a')}` as TaskId] });
    await act();
    tell('failed', 'a');
    expect(notices()).toMatchObject([{ about: 'failure' }]);
  });

  test('leaves a notice for each failure', async () => {
    const { main, orders, notices } = setUp(['a']);
    for (const name of ['1', '2', '3', '4']) {
      main.answers['guest.act'] = () => ({ ok: false, failure: aFailure(name) });
      await orders.act([idOf(name)], { verb: 'start' });
    }
    expect(notices().map((notice) => notice.about === 'failure' && notice.failure.guest)).toEqual(
      ['1', '2', '3', '4'].map(idOf),
    );
  });
});
