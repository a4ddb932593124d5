import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../shared/guest.ts';
import type { InventoryCopy, InventoryPatch } from '../../shared/inventory.ts';
import { inventoryCopy } from '../../shared/inventory.ts';
import { ScriptedEngine } from '../testing/scripted-engine.ts';
import { Inventory } from './inventory.ts';

const engine = new ScriptedEngine();
const { id, kind, name, address } = engine.info;
const live = { id, kind, name, address, state: 'live' as const };

/** What the renderer does with patches, in its simplest form. */
function apply(copy: InventoryCopy, patch: InventoryPatch): InventoryCopy {
  expect(patch.serial).toBe(copy.serial + 1);
  const gone = new Set<string>([...patch.guestsGone, ...patch.guests.map((guest) => guest.id)]);
  return {
    ...copy,
    serial: patch.serial,
    engines: patch.engines.length ? patch.engines : copy.engines,
    guests: [...copy.guests.filter((guest) => !gone.has(guest.id)), ...patch.guests],
  };
}

const byId = (guests: readonly Guest[]): Guest[] => [...guests].sort((a, b) => a.id.localeCompare(b.id));

describe('the inventory', () => {
  test('folds changes of a frame into one patch and counts patches without a gap', async () => {
    const patches: InventoryPatch[] = [];
    const inventory = new Inventory((patch) => patches.push(patch));
    inventory.setEngine(live);
    inventory.putGuests([engine.add('a'), engine.add('b')]);
    inventory.putGuests([engine.add('a', 'paused')]);
    await vi.waitFor(() => expect(patches).toHaveLength(1));
    expect(patches[0]?.guests.map((guest) => [guest.name, guest.state])).toEqual([
      ['a', 'paused'],
      ['b', 'running'],
    ]);
    inventory.removeGuests([engine.add('a').id]);
    inventory.flush();
    expect(patches.map((patch) => patch.serial)).toEqual([1, 2]);
    expect(patches[1]?.guestsGone).toHaveLength(1);
  });

  test('says nothing when nothing changed', () => {
    const published = vi.fn();
    const inventory = new Inventory(published);
    inventory.putGuests([engine.add('a')]);
    inventory.flush();
    inventory.putGuests([engine.add('a')]);
    inventory.replaceGuests(id, [engine.add('a')]);
    inventory.flush();
    expect(published).toHaveBeenCalledTimes(1);
  });

  test('a copy with the patches after it always equals what main knows', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('put' as const), name: fc.constantFrom('a', 'b', 'c', 'd'), on: fc.boolean() }),
      fc.record({ do: fc.constant('remove' as const), name: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ do: fc.constant('replace' as const), names: fc.subarray(['a', 'b', 'c', 'd']) }),
      fc.record({ do: fc.constant('engine' as const), live: fc.boolean() }),
      fc.record({ do: fc.constant('flush' as const) }),
      fc.record({ do: fc.constant('copy' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let copy: InventoryCopy | undefined;
        const inventory = new Inventory((patch) => {
          if (copy) copy = apply(copy, patch);
        });
        for (const now of steps) {
          if (now.do === 'put') inventory.putGuests([engine.add(now.name, now.on ? 'running' : 'stopped')]);
          if (now.do === 'remove') inventory.removeGuests([engine.add(now.name).id]);
          if (now.do === 'replace')
            inventory.replaceGuests(
              id,
              now.names.map((each) => engine.add(each)),
            );
          if (now.do === 'engine') inventory.setEngine({ ...live, state: now.live ? 'live' : 'reconnecting' });
          if (now.do === 'flush') inventory.flush();
          if (now.do === 'copy') copy = inventoryCopy.parse(inventory.read());
        }
        inventory.flush();
        if (copy) expect(byId(copy.guests)).toEqual(byId(inventory.read().guests));
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });
});
