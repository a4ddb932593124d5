import { expect, test } from 'vitest';
import type { GuestId, TaskId } from '../../shared/ids.ts';
import type { Verb } from '../../shared/verbs.ts';
import { Lanes } from './lanes.ts';

/** Lanes whose tasks last until the test ends them; a task is called by its guest and its verb. */
function setUp() {
  const running = new Map<string, () => void>();
  const lanes = new Lanes((id) => new Promise((done) => running.set(id, done)));
  return {
    add: (guest: string, verb: Verb, first?: boolean) =>
      lanes.add(`${guest} ${verb}` as TaskId, guest as GuestId, verb, first),
    running: () => [...running.keys()],
    end: async (task: string) => {
      running.get(task)?.();
      running.delete(task);
      await new Promise(setImmediate);
    },
  };
}

test('what takes long holds up nothing that is done in a moment', () => {
  const { add, running } = setUp();
  for (const guest of ['a', 'b', 'c']) add(guest, 'save');
  add('d', 'takeSnapshot');
  for (const verb of ['save', 'restoreSnapshot', 'deleteSnapshot', 'export'] as const) add(`${verb}-guest`, verb);
  add('y', 'start');
  add('z', 'setTags');
  expect(running()).toEqual(['a save', 'b save', 'c save', 'd takeSnapshot', 'y start', 'z setTags']);
});

test('what is asked of one guest is done as it was asked, also from lane to lane', async () => {
  const { add, running, end } = setUp();
  for (const guest of ['a', 'b', 'c', 'd', 'e']) add(guest, 'save');
  add('a', 'start');
  add('e', 'setTags');
  add('e', 'delete');
  expect(running()).toEqual(['a save', 'b save', 'c save', 'd save']);
  await end('b save');
  expect(running()).toEqual(['a save', 'c save', 'd save', 'e save']);
  await end('a save');
  expect(running()).toEqual(['c save', 'd save', 'e save', 'a start']);
  await end('e save');
  expect(running()).toEqual(['c save', 'd save', 'a start', 'e setTags']);
  await end('e setTags');
  expect(running()).toEqual(['c save', 'd save', 'a start', 'e delete']);
});

test('what has to be first goes before all that waits for the guest, in its own order, and interrupts nothing', async () => {
  const { add, running, end } = setUp();
  add('a', 'protect');
  add('a', 'start');
  add('a', 'save', true);
  add('a', 'reset', true);
  add('a', 'pause');
  const order: string[] = [];
  for (let [now] = running(); now; [now] = running()) {
    expect(running()).toHaveLength(1);
    order.push(now);
    await end(now);
  }
  expect(order).toEqual(['a protect', 'a save', 'a reset', 'a start', 'a pause']);
});

test('a lane goes on with the first that waits for it', async () => {
  const { add, running, end } = setUp();
  for (const guest of ['a', 'b', 'c', 'd', 'e', 'f']) add(guest, 'start');
  await end('c start');
  expect(running()).toEqual(['a start', 'b start', 'd start', 'e start']);
});
