import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../shared/message.ts';
import { brokenEngine, Gate } from '../testing/scripted-engine.ts';
import { JournalFile } from './journal-file.ts';
import { ScriptedApp } from './testing/scripted-app.ts';
import { type Plan, ScriptedWorld } from './testing/scripted-world.ts';

const plan: Plan = ['a', 'b'];
let folder: string;
let world: ScriptedWorld;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-running-'));
  world = new ScriptedWorld();
});
afterEach(() => rm(folder, { recursive: true }));

const start = () => ScriptedApp.start(world, plan, folder);

describe('what this run has begun', () => {
  test('is not recovered while it runs, however often its engine is back', async () => {
    const app = await start();
    const gate = new Gate();
    world.moment = () => gate.passed();
    app.live();
    const id = app.act();
    await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1));
    app.lose();
    app.live();
    await new Promise(setImmediate);
    expect(app.recoveries()).toEqual([]);
    gate.open();
    await app.quiet();
    expect(app.inventory.task(id)?.state).toBe('done');
    expect(world.state(plan)).toBe('new');
  });

  test('is recovered at once where only a connection of it was lost, but does not go round in circles', async () => {
    const app = await start();
    const moments = vi.fn(async () => {
      throw brokenEngine();
    });
    world.moment = moments;
    app.live();
    const id = app.act();
    await app.quiet();
    expect(app.inventory.task(id)).toMatchObject({ brokenOff: 'engineLost', journaled: false });
    const [recovery] = app.recoveries();
    expect(recovery).toMatchObject({ state: 'failed', recovery: 'engineLost' });
    expect(recovery?.failure?.detail).toEqual(say('failure.detail.brokenOff'));
    expect(moments).toHaveBeenCalledTimes(2);
  });

  test('is recovered once more where the engine came back while that failed', async () => {
    const app = await start();
    const gate = new Gate();
    let count = 0;
    world.moment = async () => {
      count += 1;
      if (count === 2) await gate.passed();
      if (count <= 2) throw brokenEngine();
    };
    app.live();
    const id = app.act();
    await vi.waitFor(() => expect(count).toBe(2));
    app.lose();
    app.live();
    expect(app.recoveries()).toMatchObject([{ state: 'running' }]);
    gate.open();
    await app.quiet();
    expect(app.recoveries()).toMatchObject([{ state: 'done', recovered: 'undone' }]);
    expect(app.inventory.task(id)).toMatchObject({ state: 'failed', brokenOff: 'engineLost', recovered: 'undone' });
  });

  test('and what became of it is told, whatever its engine makes of the error', async () => {
    const app = await start();
    world.refused.add('b');
    world.stuck.add('a');
    app.engine.acting = (_guest, _action, run) =>
      run.perform(world.operation(plan)).catch(() => {
        throw brokenEngine();
      });
    app.live();
    const id = app.act();
    await app.quiet();
    expect(app.inventory.task(id)?.failure?.detail).toEqual(say('failure.detail.halfDone', { step: 'a' }));
  });

  test('can be cancelled between its steps, and says so; while a step runs only where that says so', async () => {
    const app = await start();
    const heard: (boolean | undefined)[] = [];
    const now = (): number => heard.push(app.inventory.task(id)?.cancellable);
    app.engine.acting = (_guest, _action, run) =>
      run.perform({
        ...{ kind: 'scripted', plan: null },
        steps: [
          { name: 'a', do: async () => void now() as undefined, undo: async () => undefined },
          {
            name: 'b',
            do: async ({ cancellable }) => {
              cancellable(true);
              now();
              return undefined;
            },
            undo: async () => undefined,
          },
          { name: 'c', do: async () => void now() as undefined },
          { name: 'd', do: async () => void now() as undefined },
        ],
      });
    const write = vi.spyOn(JournalFile.prototype, 'write').mockImplementation(async () => void now());
    app.live();
    const id = app.act();
    await app.quiet();
    write.mockRestore();
    // begin, do, done of each step; the third goes forward only, and then there is no way back
    expect(heard).toEqual([
      ...[true, false, false],
      ...[true, true, true],
      ...[true, false, false],
      ...[false, false, false],
    ]);
  });
});
