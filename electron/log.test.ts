import { describe, expect, test } from 'vitest';
import type { InventoryPatch } from '../shared/inventory.ts';
import { Inventory } from './inventory/inventory.ts';
import { PatchLog, Repeats } from './log.ts';
import { brokenEngine, ScriptedEngine } from './testing/scripted-engine.ts';

describe('a line that is said again and again', () => {
  test('is let through once a minute, with how often it was held back', () => {
    const repeats = new Repeats(60_000);
    expect([0, 1, 2, 59_999].map((at) => repeats.count('no figures', at))).toEqual([
      0,
      undefined,
      undefined,
      undefined,
    ]);
    expect(repeats.count('something else', 5)).toBe(0);
    expect(repeats.count('no figures', 60_000)).toBe(3);
  });

  test('is remembered within bounds', () => {
    const repeats = new Repeats(60_000);
    for (let line = 0; line < 2000; line += 1) repeats.count(`line ${line}`, line);
    // Forgotten, so it is let through: better said twice than remembered for ever.
    expect(repeats.count('line 0', 2000)).toBe(0);
    expect(repeats.count('line 1999', 2001)).toBeUndefined();
  });
});

test('engines that come and go are logged once a change', () => {
  const patches: InventoryPatch[] = [];
  const inventory = new Inventory((patch) => patches.push(patch));
  const { id, kind, name, address } = new ScriptedEngine().info;
  const log = new PatchLog();
  const lines = (): string[] => {
    inventory.flush();
    return patches.splice(0).flatMap((patch) => log.lines(patch));
  };
  inventory.setEngine({ id, kind, name, address, state: 'live', version: 'Scripted 1' });
  expect(lines()).toEqual(['engine scripted is live (Scripted 1)']);
  inventory.setEngine({ id, kind, name, address, state: 'live', version: 'Scripted 1', lastContact: 7 });
  expect(lines()).toEqual([]);
  inventory.setEngine({ id, kind, name, address, state: 'off', failure: brokenEngine().failure });
  expect(lines()).toEqual(['engine scripted is off: engine-lost']);
  inventory.removeEngine(id);
  expect(lines()).toEqual(['engine scripted is not used any more']);
});
