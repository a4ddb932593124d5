import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { say } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';
import { brokenEngine } from '../testing/scripted-engine.ts';
import { type DiskMoment, type DiskWatch, watchJournalDisk } from './testing/journal-disk.ts';
import { ScriptedApp } from './testing/scripted-app.ts';
import { type Plan, ScriptedWorld } from './testing/scripted-world.ts';

/** `npm run faults` tries every second fault, not only some. */
const whole = process.env.POSADA_FAULTS !== undefined;
const timeout = whole ? 1_800_000 : 60_000;

let folder: string;
let world: ScriptedWorld;
/** All that is done to the engine and to the disk passes here. */
let moment: (at: 'world' | DiskMoment) => Promise<void>;
let disk: DiskWatch;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'posada-test-faults-'));
  moment = async () => undefined;
  disk = await watchJournalDisk({ moment: (at) => moment(at) });
  renew();
});
afterEach(async () => {
  await disk.end();
  await rm(folder, { recursive: true });
});

function renew(): void {
  world = new ScriptedWorld();
  world.moment = () => moment('world');
}

const ways: readonly { readonly plan: Plan; readonly refused?: string }[] = [
  { plan: ['a', 'b', 'c'] },
  { plan: ['a', 'b', 'c!'] },
  { plan: ['a', 'b!', 'c!'] },
  { plan: ['a', 'b', 'c'], refused: 'b' },
  { plan: ['a', 'b', 'c!'], refused: 'c!' },
];

/** Counts moments from now on, and does something at one of them. @param at the first is 0 */
function atMoment(at: number, what: () => Promise<void> | undefined): { passed: number } {
  const count = { passed: 0 };
  moment = async () => {
    count.passed += 1;
    if (count.passed > at) await what();
  };
  return count;
}

/** The app ends at this moment. @returns whether it came so far */
async function runUntil(at: number, run: (app: ScriptedApp) => void, plan: Plan): Promise<boolean> {
  const app = await ScriptedApp.start(world, plan, folder);
  const count = atMoment(at, () => {
    app.crash();
    return new Promise(() => undefined);
  });
  run(app);
  await app.quiet();
  moment = async () => undefined;
  return count.passed > at;
}

/** Starts the app without any fault, and gives what it has recovered. */
async function startWell(plan: Plan): Promise<Task[]> {
  const app = await ScriptedApp.start(world, plan, folder);
  app.live();
  await app.quiet();
  expect(await app.recovery.failures()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  return app.recoveries();
}

function act(app: ScriptedApp): void {
  app.live();
  app.act();
}

describe.each(ways)('an operation of $plan, of which $refused is refused,', ({ plan, refused }) => {
  beforeEach(() => {
    if (refused) world.refused.add(refused);
  });
  const again = (): void => {
    renew();
    if (refused) world.refused.add(refused);
  };

  test(
    'is finished or taken back by the next start, whenever the app ends, and also while it recovers',
    async () => {
      let crashed = true;
      let recovered = 0;
      for (let first = 0; crashed; first += 1) {
        // The second fault goes from the end of the first's loop to none at all.
        for (let second = 0, more = true; more; second += whole ? 1 : 5) {
          again();
          crashed = await runUntil(first, act, plan);
          const half = world.state(plan) === 'half';
          more = await runUntil(second, (app) => app.live(), plan);
          const tasks = await startWell(plan);
          expect(world.state(plan), `ended at ${first}, then at ${second}`).not.toBe('half');
          recovered += tasks.length;
          for (const task of tasks) {
            expect(task).toMatchObject({ state: 'done', recovery: 'appEnded', guestName: 'web' });
            expect(task.recovered).toBe(world.state(plan) === 'new' ? 'finished' : 'undone');
          }
          if (half && second === 0) expect(tasks).toHaveLength(1);
        }
      }
      expect(recovered).toBeGreaterThan(10);
    },
    timeout,
  );

  test(
    'is finished or taken back when its engine is there again, whenever that is lost',
    async () => {
      for (let first = 0, more = true; more; first += 1) {
        for (let second = 0, twice = true; twice; second += whole ? 1 : 5) {
          again();
          const app = await ScriptedApp.start(world, plan, folder);
          const lose = (): undefined => {
            app.lose();
            throw brokenEngine();
          };
          app.live();
          // Only the engine is lost, not the disk.
          let passed = 0;
          const loseAt = (at: number): void => {
            passed = 0;
            moment = async (what) => {
              if (what !== 'world') return;
              passed += 1;
              if (passed > at) lose();
            };
          };
          loseAt(first);
          const id = app.act();
          await app.quiet();
          more = passed > first;
          const task = app.inventory.task(id);
          if (more) {
            expect(task).toMatchObject({ state: 'failed', brokenOff: 'engineLost' });
            expect(task?.failure).toMatchObject({ code: 'engine-lost', detail: say('failure.detail.brokenOff') });
          }
          loseAt(second);
          app.live();
          await app.quiet();
          twice = more && passed > second;
          moment = async () => undefined;
          app.lose();
          app.live();
          await app.quiet();
          expect(world.state(plan), `lost at ${first}, then at ${second}`).not.toBe('half');
          expect(await readdir(folder)).toEqual([]);
          // Every try is the same task.
          const [recovery, ...others] = app.recoveries();
          expect(others).toEqual([]);
          expect(recovery?.state).toBe(more ? 'done' : undefined);
          expect(disk.open()).toBe(0);
        }
      }
    },
    timeout,
  );

  test('is done or taken back, whenever the person cancels', async () => {
    const ends = new Set<string | undefined>();
    for (let at = 0, more = true; more; at += 1) {
      again();
      const app = await ScriptedApp.start(world, plan, folder);
      app.live();
      let task: Task['id'] | undefined;
      let could: boolean | undefined;
      const count = atMoment(at, async () => {
        const now = task && app.inventory.task(task);
        could ??= now?.cancellable;
        if (now) app.tasks.cancel(now.id);
      });
      task = app.act();
      await app.quiet();
      more = count.passed > at;
      const end = app.inventory.task(task)?.state;
      ends.add(end);
      if (could) expect(end, `cancelled at ${at}`).toBe('cancelled');
      expect(world.state(plan), `cancelled at ${at}`).toBe(end === 'done' ? 'new' : 'old');
      expect(await readdir(folder)).toEqual([]);
      expect(app.recoveries()).toEqual([]);
    }
    expect(ends).toEqual(new Set(['cancelled', refused ? 'failed' : 'done']));
  });

  test.each([
    ['has no space for one line', false],
    ['has no space from then on', true],
  ])('is done or taken back, also where the disk %s', async (_, stays) => {
    for (let at = 0, more = true; more; at += 1) {
      for (const part of ['before', 'half', 'after'] as const) {
        again();
        const app = await ScriptedApp.start(world, plan, folder);
        let lines = 0;
        moment = async (what) => {
          if (what === 'before') lines += 1;
          if (what === 'world') return;
          if ((stays && lines > at + 1) || (lines === at + 1 && what === part)) {
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          }
        };
        app.live();
        const task = app.inventory.task(app.act()) as Task;
        await app.quiet();
        more = lines > at;
        const end = app.inventory.task(task.id);
        if (end?.brokenOff) {
          // After a step that goes forward only there is no way but to the end.
          expect(end.failure).toMatchObject({ code: 'no-resources', detail: { key: 'failure.detail.halfDone' } });
          expect(world.state(plan)).toBe('half');
          moment = async () => undefined;
          const [recovery] = await startWell(plan);
          expect(recovery?.recovered).toBe(world.state(plan) === 'new' ? 'finished' : 'undone');
        } else if (end?.state === 'failed' && !refused) {
          expect(end.failure?.code).toBe('no-resources');
          expect(end.failure?.detail?.key).toBe(`failure.detail.journalNot${at === 0 ? 'Begun' : 'Written'}`);
          expect(world.state(plan), `full at line ${at}`).toBe('old');
        }
        expect(await readdir(folder)).toEqual([]);
        expect(world.state(plan), `full at line ${at} (${part})`).not.toBe('half');
      }
    }
  });

  test.each([
    ['can still be cut off', false],
    ['cannot even be cut off', true],
  ])(
    'is finished or taken back, also where the disk is full and then the app ends, if half a line %s',
    async (_, torn) => {
      for (let line = 1, full = true; full; line += 1) {
        for (const part of ['half', 'after'] as const) {
          for (let at = 0, more = true; more; at += whole ? 1 : 2) {
            again();
            const app = await ScriptedApp.start(world, plan, folder);
            let lines = 0;
            let since = 0;
            moment = async (what) => {
              if (what === 'before') lines += 1;
              if (lines <= line) return;
              since += 1;
              if (since > at + 1) {
                app.crash();
                await new Promise(() => undefined);
              }
              const fails = lines > line + 1 ? what === 'before' : what === part;
              if (fails || (torn && what === 'cut')) {
                throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
              }
            };
            act(app);
            await app.quiet();
            more = since > at + 1;
            full = lines > line;
            moment = async () => undefined;
            world.refused.clear(); // what goes on then, goes on from whatever is there
            await startWell(plan);
            expect(world.state(plan), `full at line ${line} (${part}), ended ${at} later`).not.toBe('half');
          }
        }
      }
    },
    timeout,
  );

  test('tells what is half-done, and tries it again, where a step cannot be taken back either', async () => {
    for (const stuck of plan.filter((step) => !step.endsWith('!'))) {
      again();
      world.refused.add('c').add('c!');
      world.stuck.add(stuck);
      const app = await ScriptedApp.start(world, plan, folder);
      app.live();
      const id = app.act();
      await app.quiet();
      const task = app.inventory.task(id);
      if (refused === 'b' && stuck === 'c') {
        expect(task?.brokenOff).toBeUndefined(); // it was not begun
        continue;
      }
      expect(task).toMatchObject({ state: 'failed', brokenOff: 'halfDone' });
      const past = plan.includes('b!');
      const step = past ? 'c!' : stuck;
      expect(task?.failure).toMatchObject({
        code: 'refused',
        detail: say('failure.detail.halfDone', { step }),
        remedies: [{ do: 'read', text: say('remedy.halfDone') }],
        raw: { source: 'libvirt', code: 55 },
      });
      expect(task?.failure?.raw?.text).toContain(`${step} is refused`);
      app.lose();
      app.live();
      await app.quiet();
      const [failed] = app.recoveries();
      expect(failed).toMatchObject({ state: 'failed', recovery: 'halfDone' });
      world.stuck.clear();
      world.refused.clear();
      app.lose();
      app.live();
      await app.quiet();
      expect(app.recoveries()).toMatchObject([
        { id: failed?.id, state: 'done', recovered: past ? 'finished' : 'undone' },
      ]);
      expect(world.state(plan)).toBe(past ? 'new' : 'old');
      expect(await readdir(folder)).toEqual([]);
    }
  });
});
