import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import { task as taskSchema } from '../../shared/task.ts';
import { brokenEngine, Gate } from '../testing/scripted-engine.ts';
import { JournalFile, type JournalHead } from './journal-file.ts';
import { ScriptedApp } from './testing/scripted-app.ts';
import { type Plan, ScriptedWorld } from './testing/scripted-world.ts';

const plan: Plan = ['a', 'b'];
let folder: string;
let world: ScriptedWorld;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-recovery-'));
  world = new ScriptedWorld();
});
afterEach(() => rm(folder, { recursive: true }));

const start = () => ScriptedApp.start(world, plan, folder);

/** An earlier run has ended in the middle of step b. */
async function leave(more: Partial<JournalHead> = {}, steps: readonly string[] = ['a', 'b']): Promise<string> {
  const app = await start();
  const head: JournalHead = {
    ...{ journal: 1, task: 'task-1' as TaskId, engine: app.engine.info.id, guest: app.guest, guestName: 'web' },
    ...{ action: { verb: 'start' }, at: 1, kind: 'scripted', plan: { steps: plan } },
    ...more,
  };
  const journal = await JournalFile.begin(folder, head);
  for (const step of steps) {
    await journal.write({ now: 'begin', step });
    world.things.add(`${step} half`);
    if (step === 'b') break;
    world.things.add(step);
    await journal.write({ now: 'done', step, facts: { made: step } });
  }
  await journal.close();
  return journal.path;
}

describe('what an earlier run has left', () => {
  test('is taken back as a task of its guest when the engine is live, not before, and is written in its history', async () => {
    await leave();
    const app = await start();
    await app.quiet();
    expect(app.recoveries()).toEqual([]);
    app.live();
    const [waiting] = app.recoveries();
    expect(waiting).toMatchObject({ state: 'running', cancellable: false, journaled: true });
    expect(app.tasks.atWork()).toBe(1);
    await app.quiet();
    const [task, ...others] = app.recoveries();
    expect(others).toEqual([]);
    expect(taskSchema.parse(task)).toMatchObject({
      ...{ guest: app.guest, guestName: 'web', action: { verb: 'start' }, label: say('verb.start') },
      ...{ state: 'done', recovery: 'appEnded', recovered: 'undone' },
    });
    const what = say('event.recovered', { verb: 'verb.start', how: 'undone' });
    expect(app.history.of(app.guest)).toMatchObject([{ what, from: 'posada', bad: false }]);
    expect(world.state(plan)).toBe('old');
    expect(await readdir(folder)).toEqual([]);
    app.lose();
    app.live();
    await app.quiet();
    expect(app.recoveries()).toHaveLength(1);
  });

  test('and had nothing left to do stays done', async () => {
    const file = await leave();
    await writeFile(file, '{"now":"done","step":"b"}\n', { flag: 'a' });
    world.things.add('b');
    const app = await start();
    app.live();
    await app.quiet();
    expect(app.recoveries()).toMatchObject([{ recovered: 'finished' }]);
    expect(world.state(plan)).toBe('new');
  });

  test('goes before everything that is asked of its guest, and waits for what already runs', async () => {
    await leave();
    const app = await start();
    const order: string[] = [];
    const hung = new Gate();
    app.engine.acting = async (_guest, { verb }) => {
      order.push(`${verb}, ${world.state(plan)}`);
      if (verb === 'protect') await hung.passed();
    };
    // The engine's first connection ends before this app could recover anything on it.
    app.engine.recall = () => {
      throw brokenEngine();
    };
    vi.spyOn(app.journals, 'left').mockReturnValueOnce([]);
    app.live();
    app.tasks.act([app.guest], { verb: 'protect' });
    app.tasks.act([app.guest], { verb: 'start' });
    app.lose();
    app.engine.recall = world.recall;
    app.live();
    const [, asked] = app.inventory.tasks();
    expect(asked).toMatchObject({ state: 'waiting', action: { verb: 'start' } });
    expect(app.recoveries()).toMatchObject([{ state: 'waiting' }]);
    app.tasks.cancel(app.recoveries()[0]?.id as TaskId);
    app.tasks.act([app.guest], { verb: 'shutDown' });
    await new Promise(setImmediate);
    expect(order).toEqual(['protect, half']);
    hung.open();
    await vi.waitFor(() => expect(order).toEqual(['protect, half', 'start, old', 'shutDown, old']));
  });

  test('of one guest is recovered the newest first: it was begun on what the older had left', async () => {
    await leave({ task: 'older' as TaskId, at: 1, plan: { steps: ['a', 'b'] } });
    await leave({ task: 'newer' as TaskId, at: 2, plan: { steps: ['c', 'd'] } }, ['c', 'd']);
    const app = await start();
    const recalled: unknown[] = [];
    app.engine.recall = (kind, each) => {
      recalled.push(each);
      return world.recall(kind, each);
    };
    app.live();
    await app.quiet();
    expect(recalled).toEqual([{ steps: ['c', 'd'] }, { steps: ['a', 'b'] }]);
    expect(await readdir(folder)).toEqual([]);
  });

  test('by another engine is left to that one', async () => {
    await leave({ engine: 'other' as EngineId });
    const app = await start();
    app.live();
    await app.quiet();
    expect(app.inventory.tasks()).toEqual([]);
    expect(await readdir(folder)).toHaveLength(1);
  });
});

describe('what cannot be recovered', () => {
  test.each([
    ['an engine that recalls nothing', (app: ScriptedApp) => delete app.engine.recall],
    [
      'an operation that the engine does not know',
      (app: ScriptedApp) => Object.assign(app.engine, { recall: brokenRecall }),
    ],
    [
      'a step that the operation does not have',
      (app: ScriptedApp) => Object.assign(app.engine, { recall: () => world.operation(['a', 'z']) }),
    ],
  ])('since there is %s stays, and is told once in each start', async (_, change) => {
    const file = await leave();
    for (let times = 0; times < 2; times += 1) {
      const app = await start();
      change(app);
      app.live();
      await app.quiet();
      app.lose();
      app.live();
      await app.quiet();
      const [task, ...others] = app.recoveries();
      expect(others).toEqual([]);
      expect(task?.failure).toMatchObject({
        code: 'not-supported',
        detail: say('failure.detail.journalUnknown', { path: file }),
        remedies: [{ text: say('remedy.otherVersion') }],
      });
      expect(app.history.of(app.guest)).toMatchObject([{ bad: true }]);
    }
    expect(world.state(plan)).toBe('half');
    expect(await readdir(folder)).toHaveLength(1);
  });

  test('since it cannot be read stays, is told, and holds up no other', async () => {
    const file = path.join(folder, 'alien.jsonl');
    await writeFile(file, '{"journal":7}\n');
    await leave();
    const app = await start();
    expect(await app.recovery.failures()).toMatchObject([
      { title: say('failure.title.journal', { path: file }), remedies: [{ text: say('remedy.keepJournal') }] },
    ]);
    app.live();
    await app.quiet();
    expect(app.recoveries()).toMatchObject([{ recovered: 'undone' }]);
    expect(await readdir(folder)).toEqual(['alien.jsonl']);
  });

  test('since its folder cannot be read is told too, and nothing is begun there', async () => {
    const file = path.join(folder, 'not-a-folder');
    await writeFile(file, '');
    const app = await ScriptedApp.start(world, plan, file);
    expect(await app.recovery.failures()).toMatchObject([{ title: say('failure.title.journal', { path: file }) }]);
    app.live();
    const id = app.act();
    await app.quiet();
    expect(app.inventory.task(id)?.failure).toMatchObject({
      code: 'no-resources',
      detail: say('failure.detail.journalNotBegun', { path: folder }),
      remedies: [{ do: 'run', command: `ls -ld ${folder}` }, { do: 'retry' }],
      raw: { source: 'system', code: 'EEXIST' },
    });
    expect(world.state(plan)).toBe('old');
  });
});

function brokenRecall(): never {
  throw brokenEngine();
}
