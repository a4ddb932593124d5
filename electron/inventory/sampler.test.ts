import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GuestSample } from '../../shared/metrics.ts';
import { brokenEngine, Gate, ScriptedEngine } from '../testing/scripted-engine.ts';
import { Inventory } from './inventory.ts';
import { Sampler } from './sampler.ts';

const samplerPauses = { onScreen: 2000, all: 10_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(...engines: ScriptedEngine[]) {
  const inventory = new Inventory(() => undefined);
  for (const engine of engines) {
    const { id, kind, name, address } = engine.info;
    inventory.setEngine({ id, kind, name, address, state: 'live' });
    inventory.putGuests([...engine.guests.values()]);
  }
  const samples: GuestSample[] = [];
  const sampler = new Sampler(
    inventory,
    () => engines,
    (more) => samples.push(...more),
  );
  return { inventory, sampler, samples };
}

function withGuests(name: string): ScriptedEngine {
  const engine = new ScriptedEngine(name);
  engine.add('on');
  engine.add('other');
  engine.add('off', 'stopped');
  return engine;
}

const ids = (engine: ScriptedEngine) => [...engine.guests.keys()];

describe('the sampler', () => {
  test('measures running guests on screen, again and again, and no others', async () => {
    const engine = withGuests('a');
    const { sampler, samples } = setUp(engine);
    const [on, , off] = ids(engine);
    sampler.watch(
      [on, off].flatMap((id) => id ?? []),
      false,
    );
    await vi.advanceTimersByTimeAsync(100);
    expect(samples.map((sample) => sample.guest)).toEqual([on]);
    await vi.advanceTimersByTimeAsync(samplerPauses.onScreen);
    expect(engine.calls).toEqual(['sample 1', 'sample 1']);
  });

  test('measures all running guests, slowly, for sorting', async () => {
    const engine = withGuests('a');
    const { sampler } = setUp(engine);
    sampler.watch(ids(engine).slice(0, 1), true);
    await vi.advanceTimersByTimeAsync(samplerPauses.all + 100);
    expect(engine.calls.filter((call) => call === 'sample 2')).toHaveLength(2);
    expect(engine.calls.filter((call) => call === 'sample 1').length).toBeGreaterThanOrEqual(3);
  });

  test('measures nothing while the window is hidden or nothing is asked for', async () => {
    const engine = withGuests('a');
    const { sampler } = setUp(engine);
    sampler.watch(ids(engine), false);
    sampler.setVisible(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(engine.calls).toEqual([]);
    sampler.setVisible(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(engine.calls).toEqual(['sample 2']);
    sampler.watch([], false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(engine.calls).toEqual(['sample 2']);
  });

  test('does not ask an engine that still owes an answer, and goes on with the others', async () => {
    const hung = withGuests('hung');
    const well = withGuests('well');
    hung.gate = new Gate();
    const { sampler } = setUp(hung, well);
    sampler.watch([...ids(hung), ...ids(well)], false);
    await vi.advanceTimersByTimeAsync(samplerPauses.onScreen * 3);
    expect(hung.calls).toEqual(['sample 2']);
    expect(well.calls.length).toBeGreaterThanOrEqual(3);
    hung.gate.open();
    hung.gate = undefined;
    await vi.advanceTimersByTimeAsync(samplerPauses.onScreen);
    expect(hung.calls.length).toBeGreaterThanOrEqual(2);
  });

  test('goes on after an engine that failed to measure', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const engine = withGuests('a');
    engine.down = brokenEngine();
    const { sampler, samples } = setUp(engine);
    sampler.watch(ids(engine), false);
    await vi.advanceTimersByTimeAsync(samplerPauses.onScreen * 2);
    expect(log).toHaveBeenCalledTimes(1);
    engine.down = undefined;
    await vi.advanceTimersByTimeAsync(samplerPauses.onScreen);
    expect(samples).toHaveLength(2);
    log.mockRestore();
  });
});
