// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectedList } from '../testing/connected-list.ts';
import { aGuest, anEngine, aTask, idOf, libvirt } from '../testing/guests.ts';
import { aSnapshot, someSnapshots } from '../testing/snapshots.ts';
import { createSnapshotsAnswer, everyMs } from './snapshots-answer.ts';

const web = idOf('web');
const take = { verb: 'takeSnapshot', name: 'a', description: '', memory: false, freeze: false } as const;

function setUp() {
  const all = connectedList([aGuest('web'), aGuest('db')], [anEngine(libvirt)]);
  all.main.answers['guest.snapshots'] = ({ guest }) => someSnapshots(String(guest).slice(6), [aSnapshot('one')]);
  const { store, stop } = createSnapshotsAnswer(all.main.bridge, all.inventory, 5);
  const asked = () => all.main.inputs('guest.snapshots').length;
  return { ...all, store, stop, asked };
}
let made: ReturnType<typeof setUp>;
beforeEach(() => {
  vi.useFakeTimers();
  made = setUp();
});
afterEach(() => {
  made.stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('is read when shown and every few seconds then, and not while nobody looks', async () => {
  const { store, asked } = made;
  await pass(3 * everyMs);
  expect(asked()).toBe(0);
  store.getState().show(web);
  await pass(2 * everyMs + 10);
  expect(asked()).toBe(3);
  store.getState().show(undefined);
  await pass(3 * everyMs);
  expect(asked()).toBe(3);
});

test('is not read while the window is hidden, nor again while an answer is waited for', async () => {
  const { main, store, asked } = made;
  store.getState().show(web);
  await pass(1);
  const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await pass(3 * everyMs);
  expect(asked()).toBe(1);
  seen.mockReturnValue('visible');
  main.answers['guest.snapshots'] = () => new Promise(() => undefined);
  await pass(4 * everyMs);
  expect(asked()).toBe(2);
});

test('stays the same object while nothing has changed, so that nothing is drawn again', async () => {
  const { main, store } = made;
  store.getState().show(web);
  await pass(1);
  const first = store.getState().answer.value;
  expect(first?.snapshots).toHaveLength(1);
  await pass(everyMs);
  expect(store.getState().answer.value).toBe(first);
  main.answers['guest.snapshots'] = () => someSnapshots('web', []);
  await pass(everyMs);
  expect(store.getState().answer.value?.snapshots).toEqual([]);
});

test('is read at once when a task on the snapshots of the guest has ended, and for no other task', async () => {
  const { store, asked, patch } = made;
  store.getState().show(web);
  await pass(1);
  patch({ tasks: [aTask('1', 'web', { action: take }), aTask('2', 'db', { action: take })] });
  const ended = { state: 'done', endedAt: 1_700_000_001_000 } as const;
  patch({ tasks: [aTask('2', 'db', { action: take, ...ended }), aTask('3', 'web', ended)] });
  await pass(1);
  expect(asked()).toBe(1);
  patch({ tasks: [aTask('1', 'web', { action: take, ...ended })] });
  await pass(1);
  expect(asked()).toBe(2);
});

test('of an engine that has none is not asked for again and again', async () => {
  const { main, store, asked } = made;
  const title = { key: 'failure.title.snapshots', params: { name: 'web' } } as const;
  main.answers['guest.snapshots'] = () => ({ ok: false, failure: { code: 'not-supported', title, remedies: [] } });
  store.getState().show(web);
  await pass(3 * everyMs);
  expect(asked()).toBe(1);
});
