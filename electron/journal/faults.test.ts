import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { say } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';
import { brokenEngine } from '../testing/scripted-engine.ts';
import { everyFault, FaultBench, faultsMs, ways } from './testing/fault-bench.ts';

const bench = new FaultBench();

describe.each(ways)('an operation of $plan, of which $refused is refused,', (way) => {
  const { plan, refused } = way;
  test(
    'is finished or taken back by the next start, whenever the app ends, and also while it recovers',
    async () => {
      let crashed = true;
      let recovered = 0;
      for (let first = 0; crashed; first += 1) {
        // The second fault goes from the end of the first's loop to none at all.
        for (let second = 0, more = true; more; second += everyFault ? 1 : 5) {
          bench.renew(way);
          crashed = await bench.runUntil(first, way, (app) => app.begin());
          const half = bench.world.state(plan) === 'half';
          more = await bench.runUntil(second, way, (app) => app.live());
          const tasks = await bench.startWell(way);
          expect(bench.world.state(plan), `ended at ${first}, then at ${second}`).not.toBe('half');
          recovered += tasks.length;
          for (const task of tasks) {
            expect(task).toMatchObject({ state: 'done', recovery: 'appEnded', guestName: 'web' });
            expect(task.recovered).toBe(bench.world.state(plan) === 'new' ? 'finished' : 'undone');
          }
          if (half && second === 0) expect(tasks).toHaveLength(1);
        }
      }
      expect(recovered).toBeGreaterThan(10);
    },
    faultsMs,
  );

  test(
    'is finished or taken back when its engine is there again, whenever that is lost',
    async () => {
      for (let first = 0, more = true; more; first += 1) {
        for (let second = 0, twice = true; twice; second += everyFault ? 1 : 5) {
          bench.renew(way);
          const app = await bench.start(way);
          const lose = (): undefined => {
            app.lose();
            throw brokenEngine();
          };
          app.live();
          // Only the engine is lost, not the disk.
          let passed = 0;
          const loseAt = (at: number): void => {
            passed = 0;
            bench.moment = async (what) => {
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
          bench.calm();
          app.lose();
          app.live();
          await app.quiet();
          expect(bench.world.state(plan), `lost at ${first}, then at ${second}`).not.toBe('half');
          expect(await readdir(bench.folder)).toEqual([]);
          // Every try is the same task.
          const [recovery, ...others] = app.recoveries();
          expect(others).toEqual([]);
          expect(recovery?.state).toBe(more ? 'done' : undefined);
          if (more && bench.world.state(plan) === 'new') expect(app.inventory.task(id)?.state).toBe('done');
          expect(bench.openFiles()).toBe(0);
        }
      }
    },
    faultsMs,
  );

  test('is done or taken back, whenever the person cancels', async () => {
    const ends = new Set<string | undefined>();
    for (let at = 0, more = true; more; at += 1) {
      bench.renew(way);
      const app = await bench.start(way);
      app.live();
      let task: Task['id'] | undefined;
      let could: boolean | undefined;
      let passed = 0;
      bench.moment = async () => {
        passed += 1;
        if (passed <= at) return;
        const now = task && app.inventory.task(task);
        could ??= now?.cancellable;
        if (now) app.tasks.cancel(now.id);
      };
      task = app.act();
      await app.quiet();
      more = passed > at;
      const end = app.inventory.task(task)?.state;
      ends.add(end);
      if (could) expect(end, `cancelled at ${at}`).toBe('cancelled');
      expect(bench.world.state(plan), `cancelled at ${at}`).toBe(end === 'done' ? 'new' : 'old');
      expect(await readdir(bench.folder)).toEqual([]);
      expect(app.recoveries()).toEqual([]);
    }
    expect(ends).toEqual(new Set(['cancelled', refused ? 'failed' : 'done']));
  });

  test('tells what is half-done, and tries it again, where a step cannot be taken back either', async () => {
    for (const stuck of plan.filter((step) => !step.endsWith('!'))) {
      bench.renew(way);
      bench.world.refused.add('c').add('c!');
      bench.world.stuck.add(stuck);
      const app = await bench.start(way);
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
      bench.world.stuck.clear();
      bench.world.refused.clear();
      app.lose();
      app.live();
      await app.quiet();
      expect(app.recoveries()).toMatchObject([
        { id: failed?.id, state: 'done', recovered: past ? 'finished' : 'undone' },
      ]);
      expect(bench.world.state(plan)).toBe(past ? 'new' : 'old');
      expect(await readdir(bench.folder)).toEqual([]);
    }
  });
});
