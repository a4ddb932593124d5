import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Task } from '../../shared/task.ts';
import { everyFault, FaultBench, faultsMs, ways } from './testing/fault-bench.ts';

const bench = new FaultBench();

describe.each(ways)('an operation of $plan, of which $refused is refused,', (way) => {
  const { plan, refused } = way;
  test.each([
    ['has no space for one line', false],
    ['has no space from then on', true],
  ])('is done or taken back, also where the disk %s', async (_, stays) => {
    for (let at = 0, more = true; more; at += 1) {
      for (const part of ['before', 'half', 'after'] as const) {
        bench.renew(way);
        const app = await bench.start(way);
        let lines = 0;
        bench.moment = async (what) => {
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
          expect(bench.world.state(plan)).toBe('half');
          bench.calm();
          const [recovery] = await bench.startWell(way);
          expect(recovery?.recovered).toBe(bench.world.state(plan) === 'new' ? 'finished' : 'undone');
        } else if (end?.state === 'failed' && !refused) {
          expect(end.failure?.code).toBe('no-resources');
          expect(end.failure?.detail?.key).toBe(`failure.detail.journalNot${at === 0 ? 'Begun' : 'Written'}`);
          expect(bench.world.state(plan), `full at line ${at}`).toBe('old');
        }
        expect(await readdir(bench.folder)).toEqual([]);
        expect(bench.world.state(plan), `full at line ${at} (${part})`).not.toBe('half');
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
          for (let at = 0, more = true; more; at += everyFault ? 1 : 2) {
            bench.renew(way);
            const app = await bench.start(way);
            let lines = 0;
            let since = 0;
            bench.moment = async (what) => {
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
            app.begin();
            await app.quiet();
            more = since > at + 1;
            full = lines > line;
            bench.calm();
            bench.world.refused.clear(); // what goes on then, goes on from whatever is there
            await bench.startWell(way);
            expect(bench.world.state(plan), `full at line ${line} (${part}), ended ${at} later`).not.toBe('half');
          }
        }
      }
    },
    faultsMs,
  );
});
