import { describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../shared/guest.ts';
import type { GuestId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { SnapshotId } from '../../shared/snapshot.ts';
import { task as taskSchema } from '../../shared/task.ts';
import { FailureError } from '../engines/failure-error.ts';
import { History } from '../inventory/history.ts';
import { Inventory } from '../inventory/inventory.ts';
import { Journals } from '../journal/journals.ts';
import { brokenEngine, Gate, ScriptedEngine } from '../testing/scripted-engine.ts';
import { usualShutdownTimes } from './shutdown-wait.ts';
import { TaskRunner } from './task-runner.ts';

/** None of these actions has several steps. */
const journals = new Journals('/nowhere');

function setUp(names: readonly string[], cancels = false, times = { ignored: 20, most: 200 }) {
  const engine = new ScriptedEngine('scripted', { cancels });
  const inventory = new Inventory(() => undefined);
  const { id, kind, name, address } = engine.info;
  inventory.setEngine({ id, kind, name, address, state: 'live' });
  const guests = names.map((each) => engine.add(each));
  inventory.putGuests(guests);
  const refreshed: GuestId[] = [];
  const link = { engine, refresh: (ids: readonly GuestId[]) => refreshed.push(...ids) };
  const history = new History(() => undefined);
  const runner = new TaskRunner(inventory, () => link, history, journals, times);
  const state = (task: TaskId | undefined) => task && inventory.task(task)?.state;
  return { engine, inventory, history, runner, ids: guests.map((guest) => guest.id), refreshed, state };
}

describe('the task runner', () => {
  test('gives each guest a task and a result of its own', async () => {
    const { engine, inventory, runner, ids, refreshed, state } = setUp(['a', 'b', 'c']);
    engine.acting = async (guest) => {
      if (guest === ids[1]) throw brokenEngine();
    };
    const tasks = runner.act(ids, { verb: 'start' });
    await vi.waitFor(() => expect(tasks.map(state)).toEqual(['done', 'failed', 'done']));
    expect(inventory.task(tasks[1] as TaskId)?.failure?.code).toBe('engine-lost');
    expect([...refreshed].sort()).toEqual([...ids].sort());
    for (const task of inventory.tasks()) expect(taskSchema.safeParse(task).error).toBeUndefined();
  });

  test('asks an engine for a few at once only, and for all in the end', async () => {
    const { engine, runner, ids, state } = setUp(Array.from({ length: 10 }, (_, index) => `g${index}`));
    const gate = new Gate();
    engine.acting = () => gate.passed();
    const tasks = runner.act(ids, { verb: 'start' });
    expect(tasks.map(state).filter((each) => each === 'running')).toHaveLength(4);
    expect(engine.calls).toHaveLength(4);
    gate.open();
    await vi.waitFor(() => expect(new Set(tasks.map(state))).toEqual(new Set(['done'])));
    expect(engine.calls).toHaveLength(10);
  });

  test('lets Force off pass what hangs: it is what ends it', async () => {
    const { engine, runner, ids, state } = setUp(Array.from({ length: 6 }, (_, index) => `g${index}`));
    const hung = new Gate();
    engine.acting = (_guest, { verb }) => (verb === 'forceOff' ? Promise.resolve() : hung.passed());
    const tasks = runner.act(ids, { verb: 'start' });
    expect(tasks.map(state)).toEqual(['running', 'running', 'running', 'running', 'waiting', 'waiting']);
    const [forced] = runner.act([ids[0] as GuestId], { verb: 'forceOff' });
    await vi.waitFor(() => expect(state(forced)).toBe('done'));
    // What waited still waits: nothing that hangs has ended.
    expect(tasks.map(state).slice(4)).toEqual(['waiting', 'waiting']);
    hung.open();
    await vi.waitFor(() => expect(new Set(tasks.map(state))).toEqual(new Set(['done'])));
  });

  test('forces many off at once, and not all of a crowd', async () => {
    const { engine, runner, ids, state } = setUp(Array.from({ length: 40 }, (_, index) => `g${index}`));
    const gate = new Gate();
    engine.acting = () => gate.passed();
    const tasks = runner.act(ids, { verb: 'forceOff' });
    expect(engine.calls).toHaveLength(16);
    gate.open();
    await vi.waitFor(() => expect(new Set(tasks.map(state))).toEqual(new Set(['done'])));
    expect(engine.calls).toHaveLength(40);
  });

  test('refuses a verb that is not offered, with the reason, without asking the engine', () => {
    const { engine, inventory, runner, ids } = setUp(['a']);
    const [task] = runner.act(ids, { verb: 'pause' });
    expect(inventory.task(task as TaskId)).toMatchObject({
      state: 'failed',
      failure: { code: 'not-offered', detail: say('because.notRunning') },
    });
    const [gone] = runner.act(['scripted/nobody' as GuestId], { verb: 'start' });
    expect(inventory.task(gone as TaskId)?.failure?.code).toBe('guest-gone');
    expect(engine.calls).toEqual([]);
  });

  test('lets the engine decide on what snapshots offer: guests do not', async () => {
    const { engine, runner, ids, state } = setUp(['a']);
    engine.acting = async () => undefined;
    const [task] = runner.act(ids, { verb: 'protectSnapshot', snapshot: 'one' as SnapshotId });
    await vi.waitFor(() => expect(state(task)).toBe('done'));
    expect(engine.calls).toHaveLength(1);
  });

  test('takes back what waits, and what runs only where the engine can', async () => {
    const { engine, runner, ids, state } = setUp(['a', 'b', 'c', 'd', 'e']);
    const gate = new Gate();
    engine.acting = () => gate.passed();
    const tasks = runner.act(ids, { verb: 'start' });
    runner.cancel(tasks[0] as TaskId);
    runner.cancel(tasks[4] as TaskId);
    expect(state(tasks[0])).toBe('running');
    expect(state(tasks[4])).toBe('cancelled');
    gate.open();
    await vi.waitFor(() => expect(state(tasks[0])).toBe('done'));
    expect(engine.calls).toHaveLength(4);
  });

  test('aborts what runs on an engine that can cancel', async () => {
    const { engine, runner, ids, state } = setUp(['a'], true);
    engine.acting = (_guest, _verb, { signal }) =>
      new Promise((_done, reject) => {
        signal.addEventListener('abort', () =>
          reject(new FailureError({ ...brokenEngine().failure, code: 'cancelled' })),
        );
      });
    const [task] = runner.act(ids, { verb: 'start' });
    runner.cancel(task as TaskId);
    await vi.waitFor(() => expect(state(task)).toBe('cancelled'));
  });

  test('does what is asked of one guest one after the other, and forces it off meanwhile', async () => {
    const { engine, runner, ids, state } = setUp(['a', 'b']);
    const gate = new Gate();
    engine.acting = (guest, { verb }) => (guest === ids[0] && verb === 'start' ? gate.passed() : Promise.resolve());
    const [first] = runner.act(ids.slice(0, 1), { verb: 'start' });
    const [second] = runner.act(ids.slice(0, 1), { verb: 'protect' });
    const [other] = runner.act(ids.slice(1), { verb: 'protect' });
    const [forced] = runner.act(ids.slice(0, 1), { verb: 'forceOff' });
    await vi.waitFor(() => expect([state(other), state(forced)]).toEqual(['done', 'done']));
    expect([state(first), state(second)]).toEqual(['running', 'waiting']);
    gate.open();
    await vi.waitFor(() => expect([state(first), state(second)]).toEqual(['done', 'done']));
  });

  test('waits for a guest that was asked to shut down, and holds nothing up meanwhile', async () => {
    const { engine, inventory, runner, ids, state } = setUp(['a', 'b', 'c', 'd', 'e', 'f'], false, usualShutdownTimes);
    const tasks = runner.act(ids, { verb: 'shutDown' });
    await vi.waitFor(() => expect(engine.calls).toHaveLength(6));
    expect(new Set(tasks.map(state))).toEqual(new Set(['running']));
    const [a] = inventory.guestsOf(engine.info.id);
    if (a) inventory.putGuests([{ ...a, state: 'stopped' }]);
    await vi.waitFor(() => expect(state(tasks[0])).toBe('done'));
    inventory.removeGuests(ids.slice(1));
    await vi.waitFor(() => expect(new Set(tasks.map(state))).toEqual(new Set(['done'])));
    expect(inventory.task(tasks[0] as TaskId)?.ignored).toBeUndefined();
  });

  test('is done with a shut-down of a guest that is on again already', async () => {
    const { engine, inventory, history, runner, ids, state } = setUp(['a', 'b', 'c'], false, usualShutdownTimes);
    const rebooted = (guest: GuestId) => history.add('engine', [{ guest, at: Date.now(), what, bad: false }]);
    const what = say('event.rebooted');
    for (const id of ids) history.add('engine', [{ guest: id, at: Date.now() - 60_000, what, bad: false }]);
    const tasks = runner.act(ids, { verb: 'shutDown' });
    await vi.waitFor(() =>
      expect(tasks.map((task) => inventory.task(task)?.waitsForGuest)).toEqual([true, true, true]),
    );
    const [a] = inventory.guestsOf(engine.info.id);
    inventory.putGuests([{ ...(a as Guest), startedAt: Date.now() + 1000 }]);
    // QEMU's process goes on: its row stays as it is.
    rebooted(ids[1] as GuestId);
    await vi.waitFor(() => expect(tasks.map(state)).toEqual(['done', 'done', 'running']));
  });

  test('goes on waiting for one that crashes and is kept as it is', async () => {
    const { engine, inventory, runner, ids, state } = setUp(['a'], false, usualShutdownTimes);
    const [task] = runner.act(ids, { verb: 'shutDown' });
    const [a] = inventory.guestsOf(engine.info.id);
    inventory.putGuests([{ ...(a as Guest), state: 'crashed' }]);
    await vi.waitFor(() => expect(inventory.task(task as TaskId)?.waitsForGuest).toBe(true));
    expect(state(task)).toBe('running');
  });

  test('tells of a guest that ignores its shut-down, and gives the waiting up when told or in the end', async () => {
    const { inventory, runner, ids, state } = setUp(['a', 'b']);
    const tasks = runner.act(ids, { verb: 'shutDown' });
    await vi.waitFor(() => expect(inventory.task(tasks[0] as TaskId)?.ignored).toBe(true));
    expect(state(tasks[0])).toBe('running');
    runner.cancel(tasks[0] as TaskId);
    await vi.waitFor(() => expect(state(tasks[0])).toBe('cancelled'));
    await vi.waitFor(() => expect(state(tasks[1])).toBe('failed'));
    expect(inventory.task(tasks[1] as TaskId)?.failure?.detail?.key).toBe('failure.detail.shutDownIgnored');
  });

  test('names the commands that do the same, and writes the history', async () => {
    const engine = new ScriptedEngine();
    const inventory = new Inventory(() => undefined);
    inventory.setEngine({ id: engine.info.id, kind: 'demo', name: 'scripted', address: 'memory', state: 'live' });
    const guest = engine.add('a');
    inventory.putGuests([guest]);
    const history = new History(() => undefined);
    const runner = new TaskRunner(inventory, () => ({ engine, refresh: () => undefined }), history, journals);
    const [task] = runner.act([guest.id], { verb: 'start' });
    await vi.waitFor(() => expect(inventory.task(task as TaskId)?.state).toBe('done'));
    expect(inventory.task(task as TaskId)?.commands).toEqual([`scripted start ${guest.id}`]);
    expect(history.of(guest.id)).toMatchObject([{ from: 'posada', what: say('event.done', { verb: 'verb.start' }) }]);
    runner.act([guest.id], { verb: 'pause' });
    expect(history.of(guest.id).at(-1)).toMatchObject({
      ...{ bad: true, what: { key: 'event.failed' } },
      failed: { action: { verb: 'pause' }, failure: { code: 'not-offered' } },
    });
  });

  test('forgets ended tasks when told, never running ones', async () => {
    const { engine, inventory, runner, ids, state } = setUp(['a', 'b']);
    const gate = new Gate();
    engine.acting = (guest) => (guest === ids[0] ? Promise.resolve() : gate.passed());
    const tasks = runner.act(ids, { verb: 'start' });
    await vi.waitFor(() => expect(state(tasks[0])).toBe('done'));
    runner.dismiss(tasks);
    expect(inventory.tasks().map((task) => task.id)).toEqual([tasks[1]]);
    gate.open();
  });
});
