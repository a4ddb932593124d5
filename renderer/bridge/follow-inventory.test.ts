import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import type { InventoryCopy } from '../../shared/inventory.ts';
import type { Output } from '../../shared/ipc/commands.ts';
import { say } from '../../shared/message.ts';
import { aGuest, idOf } from '../testing/guests.ts';
import { followInventory } from './follow-inventory.ts';
import { FakeBridge } from './testing/fake-bridge.ts';

/** What reached the keeper, in order: `copy 3`, `patches 4 5`, `failed`. */
function follow(main: FakeBridge) {
  const heard: string[] = [];
  const stop = followInventory(main.bridge, {
    load: (copy) => heard.push(`copy ${copy.serial}`),
    apply: (patches) => heard.push(`patches ${patches.map((patch) => patch.serial).join(' ')}`),
    failed: () => heard.push('failed'),
  });
  onTestFinished(stop);
  return { heard, stop };
}

/** Main answers the question for a copy only when the test says so. */
function slowCopies(main: FakeBridge): ((copy: InventoryCopy) => void)[] {
  const answers: ((copy: InventoryCopy) => void)[] = [];
  main.answers['inventory.read'] = () =>
    new Promise<Output<'inventory.read'>>((answer) => {
      answers.push(answer);
    });
  return answers;
}

const copyOf = (serial: number): InventoryCopy => ({ serial, engines: [], guests: [], tasks: [] });
const failure: Failure = { code: 'internal', title: say('failure.title.list', { engine: '' }), remedies: [] };
const copiesAsked = (main: FakeBridge) => main.inputs('inventory.read').length;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
/** Lets all promises settle; no time passes. */
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('following the inventory', () => {
  test('what changes while the first copy is on its way is not lost', async () => {
    const main = new FakeBridge();
    const answers = slowCopies(main);
    const { heard } = follow(main);
    main.patch({ serial: 6, guests: [aGuest('web')] });
    main.patch({ serial: 7, guestsGone: [idOf('web')] });
    await settle();
    expect(heard).toEqual([]);
    answers[0]?.(copyOf(5));
    await settle();
    expect(heard).toEqual(['copy 5', 'patches 6 7']);
  });

  test('a patch that is in the copy already is not applied again', async () => {
    const main = new FakeBridge();
    const answers = slowCopies(main);
    const { heard } = follow(main);
    for (const serial of [4, 5, 6]) main.patch({ serial });
    await settle();
    answers[0]?.(copyOf(5));
    await settle();
    main.patch({ serial: 6 });
    expect(heard).toEqual(['copy 5', 'patches 6']);
    expect(copiesAsked(main)).toBe(1);
  });

  test('patches are applied one after the other as they come', async () => {
    const main = new FakeBridge({ serial: 2 });
    const { heard } = follow(main);
    await settle();
    for (const serial of [3, 4, 5]) main.patch({ serial });
    expect(heard).toEqual(['copy 2', 'patches 3', 'patches 4', 'patches 5']);
  });

  test('a missing patch makes it take a new copy instead of guessing', async () => {
    const main = new FakeBridge({ serial: 2 });
    const { heard } = follow(main);
    await settle();
    main.patch({ serial: 3 });
    main.patch({ serial: 5 });
    expect(copiesAsked(main)).toBe(2);
    main.patch({ serial: 6 });
    await settle();
    main.patch({ serial: 7 });
    expect(heard).toEqual(['copy 2', 'patches 3', 'copy 5', 'patches 6', 'patches 7']);
  });

  test('a patch missing among those that waited for the copy makes it take another one', async () => {
    const main = new FakeBridge();
    const answers = slowCopies(main);
    const { heard } = follow(main);
    for (const serial of [6, 8]) main.patch({ serial });
    await settle();
    answers[0]?.(copyOf(5));
    await settle();
    expect(heard).toEqual(['copy 5', 'patches 6']);
    answers[1]?.(copyOf(8));
    await settle();
    main.patch({ serial: 9 });
    expect(heard).toEqual(['copy 5', 'patches 6', 'copy 8', 'patches 9']);
  });

  test('a copy that could not be had is asked for again after a second, until there is one', async () => {
    const main = new FakeBridge({ serial: 3 });
    main.answers['inventory.read'] = () => ({ ok: false, failure });
    const { heard } = follow(main);
    await settle();
    expect(heard).toEqual(['failed']);
    await vi.advanceTimersByTimeAsync(999);
    expect(copiesAsked(main)).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(heard).toEqual(['failed', 'failed']);
    delete main.answers['inventory.read'];
    await vi.advanceTimersByTimeAsync(1000);
    main.patch({ serial: 4 });
    expect(heard).toEqual(['failed', 'failed', 'copy 3', 'patches 4']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(copiesAsked(main)).toBe(3);
  });

  test('once stopped it neither hears nor asks', async () => {
    const main = new FakeBridge({ serial: 3 });
    main.answers['inventory.read'] = () => ({ ok: false, failure });
    const { heard, stop } = follow(main);
    await settle();
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    main.patch({ serial: 4 });
    expect(heard).toEqual(['failed']);
    expect(copiesAsked(main)).toBe(1);
  });

  test('a copy that arrives after it was stopped is let lie', async () => {
    const main = new FakeBridge();
    const answers = slowCopies(main);
    const { heard, stop } = follow(main);
    await settle();
    stop();
    answers[0]?.(copyOf(5));
    await settle();
    expect(heard).toEqual([]);
  });
});
