import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run as execute } from '../../../../build/testing/execute.ts';
import { action as actionSchema } from '../../../../shared/action.ts';
import type { Journal, StepState } from '../../../journal/journal-file.ts';
import { perform } from '../../../journal/perform.ts';
import { type Recovered, recover } from '../../../journal/recover.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import type { Operation } from '../../operation.ts';
import { SnapshotBench } from '../testing/snapshot-bench.ts';

const bench = new SnapshotBench();
const { virsh } = bench;
const guestMetadata = (where = '--config'): Promise<string> =>
  virsh.run('metadata', bench.name, 'urn:x-posada:guest:1', where).catch(() => '');
const snapshotMetadata = (where = '--config'): Promise<string> =>
  virsh.run('metadata', bench.name, 'urn:x-posada:snapshot:1', where).catch(() => 'none');

// Who looks into the disks of guests is root.
describe.runIf(process.getuid?.() === 0)(
  'what is broken off with snapshots of real guests',
  { timeout: 180_000 },
  () => {
    beforeAll(() => bench.open());
    afterEach(() => bench.clean());
    afterAll(() => bench.close());

    type States = Map<string, StepState>;

    /**
     * Runs the steps of an action and ends as if the app were killed: when a step is begun and has done nothing, or when
     * it has done all and that is not written down.
     * @returns what the next start of the app does with what the journal has
     */
    async function broken(action: object, when: 'begun' | 'done', last: string): Promise<() => Promise<Recovered>> {
      const states: States = new Map();
      let kept: Operation | undefined;
      const journal: Journal = {
        write: async (entry) => {
          if (entry.now === 'undone') return;
          const crash = entry.step === last && (entry.now === 'done') === (when === 'done');
          if (entry.now === 'begin') states.set(entry.step, { at: 'begun' });
          if (crash) throw new Error('crash');
          if (entry.now === 'done') states.set(entry.step, { at: 'done', ...(entry.facts && { facts: entry.facts }) });
        },
        end: async () => undefined,
      };
      const run = quietRun();
      const performing = async (operation: Operation): Promise<void> => {
        kept = operation;
        // What follows a crash does not happen.
        const steps = operation.steps.map((step) => (step.undo ? { ...step, undo: async () => undefined } : step));
        await perform({ ...operation, steps }, journal, run);
      };
      const parsed = actionSchema.parse(action);
      await expect(bench.engine.act(bench.id, parsed, { ...run, perform: performing })).rejects.toThrow();
      if (!kept) throw new Error('nothing was begun');
      const again = bench.engine.recall(kept.kind, JSON.parse(JSON.stringify(kept.plan)));
      return () => recover(again, states, { write: async () => undefined, end: async () => undefined }, run);
    }

    const taking = { verb: 'takeSnapshot', name: 'Taken', description: '', memory: false, freeze: false };

    test.each([
      ['begun', 'take'],
      ['done', 'take'],
      ['done', 'name'],
    ] as const)('taking one: %s %s leaves none', async (when, step) => {
      await bench.make(2);
      const recovering = await broken(taking, when, step);
      expect(await recovering()).toBe('undone');
      expect(await bench.names()).toEqual([]);
      for (const disk of bench.disks) expect(await bench.inImage(disk)).toEqual([]);
      expect(await bench.holds(0x11)).toBe(true);
    });

    test('one that is in the images alone, as a daemon that is killed leaves it, is taken out of them', async () => {
      await bench.make(1, { counts: true });
      await virsh.run('start', bench.name);
      await bench.countsPast(2);
      const recovering = await broken({ ...taking, memory: true }, 'done', 'take');
      const [id] = await bench.names();
      await virsh.run('snapshot-delete', '--metadata', bench.name, id ?? '');
      expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([id]);
      expect(await recovering()).toBe('undone');
      expect(await bench.names()).toEqual([]);
      expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([]);
      expect(await virsh.state(bench.name)).toBe('running');
    });

    test('a restore before it was begun is not done, and what was kept of NOW goes', async () => {
      await bench.make();
      const first = await bench.take('First');
      await bench.write(0x22);
      const restore = { verb: 'restoreSnapshot', snapshot: first, keepNow: 'Kept' };
      const recovering = await broken(restore, 'done', 'mark');
      expect(await snapshotMetadata()).toContain('restoring');
      expect(await recovering()).toBe('undone');
      expect(await bench.names()).toEqual([first]);
      expect(await snapshotMetadata()).toBe('none');
      expect(await bench.holds(0x22)).toBe(true);
    });

    test('a restore that has not ended the running guest yet is not done: it goes on', async () => {
      await bench.make();
      const first = await bench.take('First');
      await virsh.run('start', bench.name);
      const domid = await virsh.run('domid', bench.name);
      const recovering = await broken({ verb: 'restoreSnapshot', snapshot: first }, 'begun', 'revert');
      expect(await recovering()).toBe('undone');
      expect(await virsh.run('domid', bench.name)).toBe(domid);
      expect(await snapshotMetadata()).toBe('none');
    });

    test('a restore that has one of two disks back is done; what was kept of NOW stays', async () => {
      await bench.make(2);
      const first = await bench.take('First');
      await bench.write(0x22);
      const restore = { verb: 'restoreSnapshot', snapshot: first, keepNow: 'Kept' };
      const recovering = await broken(restore, 'begun', 'revert');
      await execute('qemu-img', ['snapshot', '-a', first, bench.disks[0] ?? '']);
      expect(await recovering()).toBe('finished');
      expect(await bench.holds(0x11)).toBe(true);
      await bench.restore((await bench.named('Kept')).id);
      expect(await bench.holds(0x22)).toBe(true);
    });

    test('a restore that is done is not done twice: what the guest did since stays, and it is settled', async () => {
      await bench.make();
      const first = await bench.take('First');
      await bench.act({ verb: 'setTags', add: ['now'], remove: [] });
      await bench.write(0x22);
      const restore = { verb: 'restoreSnapshot', snapshot: first };
      const recovering = await broken(restore, 'done', 'revert');
      expect(await bench.holds(0x11)).toBe(true);
      await bench.write(0x33);
      expect(await recovering()).toBe('finished');
      expect(await bench.holds(0x33)).toBe(true);
      expect(await guestMetadata()).toContain('<tag>now</tag>');
      expect(await snapshotMetadata()).toBe('none');
    });

    test('deleting with children goes on', async () => {
      await bench.make();
      const first = await bench.take('First');
      await bench.take('Second');
      await bench.take('Third');
      const remove = { verb: 'deleteSnapshot', snapshot: first, children: true };
      const recovering = await broken(remove, 'done', 'delete 1');
      expect(await bench.names()).toEqual([first]);
      expect(await recovering()).toBe('finished');
      expect(await bench.names()).toEqual([]);
      expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([]);
    });

    test('describing one is taken back', async () => {
      await bench.make();
      const first = await bench.take('First', false, 'why');
      const edit = { verb: 'editSnapshot', snapshot: first, name: 'B', description: '' };
      const recovering = await broken(edit, 'done', 'change');
      expect(await bench.named('B')).toMatchObject({ description: '' });
      expect(await recovering()).toBe('undone');
      expect(await bench.named('First')).toMatchObject({ description: 'why' });
    });
  },
);
