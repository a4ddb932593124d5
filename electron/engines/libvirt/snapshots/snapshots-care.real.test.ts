import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run as execute } from '../../../../build/testing/execute.ts';
import { action as actionSchema } from '../../../../shared/action.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../../engine.ts';
import { SnapshotBench } from '../testing/snapshot-bench.ts';

const bench = new SnapshotBench();
const { virsh } = bench;
const guestMetadata = (where = '--config'): Promise<string> =>
  virsh.run('metadata', bench.name, 'urn:x-posada:guest:1', where).catch(() => '');
const snapshotMetadata = (where = '--config'): Promise<string> =>
  virsh.run('metadata', bench.name, 'urn:x-posada:snapshot:1', where).catch(() => 'none');

// Who looks into the disks of guests is root.
describe.runIf(process.getuid?.() === 0)('snapshots of real guests', { timeout: 180_000 }, () => {
  beforeAll(() => bench.open());
  afterEach(() => bench.clean());
  afterAll(() => bench.close());

  describe('restoring', () => {
    test('can keep what it is now first, and that can be gone back to', async () => {
      await bench.make(2);
      const first = await bench.take('First');
      await bench.write(0x22);
      await bench.restore(first, 'Before going back');
      expect(await bench.holds(0x11)).toBe(true);
      const kept = await bench.named('Before going back');
      expect(kept).toMatchObject({ own: true, parent: first, memory: false });
      expect((await bench.list()).current).toBe(first);
      await bench.restore(kept.id);
      expect(await bench.holds(0x22)).toBe(true);
    });

    test('keeps a running one with its memory: it goes on there', async () => {
      await bench.make(1, { counts: true });
      const off = await bench.take('Off');
      await virsh.run('start', bench.name);
      await bench.countsPast(5);
      await bench.restore(off, 'Kept');
      expect(await virsh.state(bench.name)).toBe('stopped');
      expect(await bench.holds(0x11)).toBe(true);
      const kept = await bench.named('Kept');
      expect(kept).toMatchObject({ memory: true, state: 'running' });
      await bench.forget();
      await bench.restore(kept.id);
      expect(await virsh.state(bench.name)).toBe('running');
      await bench.countsPast(5);
      expect((await bench.said()).booted).toBe(false);
    });

    test('puts the definition back, but for what is the person’s own: tags, title, protection, autostart', async () => {
      await bench.make();
      await bench.act({ verb: 'setTags', add: ['then'], remove: [] });
      const first = await bench.take('First');
      await virsh.run('setmaxmem', bench.name, '262144', '--config');
      await bench.act({ verb: 'setTags', add: ['now'], remove: ['then'] });
      await bench.act({ verb: 'setTitle', title: 'Ñow <1>' });
      await bench.act({ verb: 'enableAutostart' });
      await bench.act({ verb: 'protect' });
      await bench.restore(first);
      const told = await virsh.run('dumpxml', bench.name);
      expect(told).toContain("<memory unit='KiB'>131072</memory>");
      expect(await virsh.run('desc', bench.name, '--title')).toBe('Ñow <1>');
      expect(await guestMetadata()).toMatch(/protected="yes"[\s\S]*<tag>now<\/tag>/);
      expect(await guestMetadata()).not.toContain('then');
      expect(await snapshotMetadata()).toBe('none');
      expect(await virsh.autostart(bench.name)).toBe('on');
    });

    test('does that for one that runs afterwards too', async () => {
      await bench.make();
      await virsh.run('start', bench.name);
      const first = await bench.take('First', true);
      await bench.act({ verb: 'setTags', add: ['now'], remove: [] });
      await bench.restore(first);
      for (const where of ['--live', '--config']) {
        expect(await guestMetadata(where), where).toContain('<tag>now</tag>');
        expect(await snapshotMetadata(where), where).toBe('none');
      }
    });

    test('is refused with a saved state, and so is taking one: it would go on with the old memory', async () => {
      await bench.make();
      const first = await bench.take('First');
      await virsh.run('start', bench.name);
      await virsh.run('managedsave', bench.name);
      const { snapshots, takeDisks, takeWithMemory } = await bench.list();
      for (const offer of [takeDisks, takeWithMemory])
        expect(offer).toMatchObject({ because: { key: 'because.saved' } });
      const restore = snapshots[0]?.offers.find(({ verb }) => verb === 'restoreSnapshot');
      expect(restore).toMatchObject({ ready: false, because: { key: 'because.saved' } });
      const told = await bench.refusal({ verb: 'restoreSnapshot', snapshot: first });
      expect(told).toMatchObject({ code: 'not-offered', detail: { key: 'because.saved' } });
      expect(await virsh.state(bench.name)).toBe('saved');
      const taking = { verb: 'takeSnapshot', name: 'x', description: '', memory: false, freeze: false };
      expect(await bench.refusal(taking)).toMatchObject({ detail: { key: 'because.saved' } });
      expect(await bench.names()).toEqual([first]);
    });

    test('is refused where one of its disks does not hold it any more: the others would be taken back', async () => {
      await bench.make(2);
      const first = await bench.take('First');
      await bench.write(0x22);
      const [, second = ''] = bench.disks;
      await execute('qemu-img', ['snapshot', '-d', first, second]);
      const told = await bench.refusal({ verb: 'restoreSnapshot', snapshot: first });
      expect(told.detail).toEqual({ key: 'because.snapshotLost', params: { path: second } });
      expect((await bench.named('First')).notes).toEqual([{ key: 'snapshot.note.lost', params: { path: second } }]);
      expect(await bench.holds(0x22)).toBe(true);
      await bench.act({ verb: 'deleteSnapshot', snapshot: first, children: false });
      expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([]);
    });

    test('is refused where a medium of then is gone, before the running guest is ended', async () => {
      await bench.make();
      await virsh.run('vol-create-as', bench.pool.name, 'x.iso', '1M');
      const medium = bench.pool.path('x.iso');
      const drive = ['attach-disk', bench.name, medium, 'sda', '--type', 'cdrom', '--mode', 'readonly', '--config'];
      await virsh.run(...drive);
      const first = await bench.take('First');
      await virsh.run('change-media', bench.name, 'sda', '--eject', '--config');
      await virsh.run('start', bench.name);
      const domid = await virsh.run('domid', bench.name);
      await virsh.run('vol-delete', '--pool', bench.pool.name, 'x.iso');
      const told = await bench.refusal({ verb: 'restoreSnapshot', snapshot: first });
      expect(told.detail).toEqual({ key: 'because.snapshotFileMissing', params: { path: medium } });
      expect((await bench.named('First')).notes).toMatchObject([{ key: 'snapshot.note.missing' }]);
      expect(await virsh.run('domid', bench.name)).toBe(domid);
      expect(await virsh.state(bench.name)).toBe('running');
    });
  });

  describe('care', () => {
    test('one that is protected stays, and so does what it stands on', async () => {
      await bench.make();
      const first = await bench.take('First');
      const second = await bench.take('Second', false, 'kept');
      await bench.act({ verb: 'protectSnapshot', snapshot: second });
      expect(await bench.named('Second')).toMatchObject({ protected: true, description: 'kept', own: true });
      const one = await bench.refusal({ verb: 'deleteSnapshot', snapshot: second, children: false });
      expect(one.detail?.key).toBe('because.snapshotProtected');
      const both = await bench.refusal({ verb: 'deleteSnapshot', snapshot: first, children: true });
      expect(both.detail).toEqual({ key: 'because.childProtected', params: { name: 'Second' } });
      expect(await bench.names()).toEqual([first, second].sort());
      await bench.act({ verb: 'unprotectSnapshot', snapshot: second });
      await bench.act({ verb: 'deleteSnapshot', snapshot: first, children: true });
      expect(await bench.names()).toEqual([]);
    });

    test('one that is described anew stays where it is in the tree, the current one too, with its secrets', async () => {
      await bench.make();
      await virsh.run('start', bench.name);
      const xml = (await virsh.run('dumpxml', '--security-info', bench.name)).replace(
        '</devices>',
        "<graphics type='vnc' passwd='geheim'/></devices>",
      );
      await virsh.run('destroy', bench.name);
      await virsh.define(xml);
      const first = await bench.take('First');
      const second = await bench.take('Second');
      for (const snapshot of [first, second]) {
        await bench.act({ verb: 'editSnapshot', snapshot, name: `New ${snapshot}`, description: ' why\r\nso ' });
      }
      const { snapshots, current } = await bench.list();
      expect(snapshots.map(({ id, name, parent, description }) => [id, name, parent, description])).toEqual([
        [first, `New ${first}`, undefined, 'why\nso'],
        [second, `New ${second}`, first, 'why\nso'],
      ]);
      expect(current).toBe(second);
      expect(await virsh.run('snapshot-dumpxml', '--security-info', bench.name, first)).toContain('geheim');
      await bench.restore(first);
      expect(await virsh.run('dumpxml', '--security-info', bench.name)).toContain('geheim');
    });

    test('external ones made elsewhere are shown, and neither restored, deleted nor mixed', async () => {
      await bench.make();
      await virsh.run('snapshot-create-as', bench.name, 'outside', '--disk-only');
      const { snapshots, takeDisks } = await bench.list();
      expect(takeDisks).toMatchObject({ ready: false, because: { key: 'because.snapshotsExternal' } });
      const offers = Object.fromEntries(
        snapshots[0]?.offers.map((each) => [each.verb, each.ready || each.because.key]) ?? [],
      );
      expect(offers).toEqual({
        ...{ restoreSnapshot: 'because.snapshotIsExternal', deleteSnapshot: 'because.externalDelete' },
        ...{ editSnapshot: true, protectSnapshot: true, unprotectSnapshot: 'because.snapshotNotProtected' },
      });
      expect(snapshots[0]?.notes).toEqual([{ key: 'snapshot.note.external' }]);
      await bench.act({ verb: 'editSnapshot', snapshot: 'outside', name: 'Shown', description: 'd' });
      expect(await bench.named('Shown')).toMatchObject({ id: 'outside', description: 'd' });
      await virsh.run('snapshot-create-as', bench.name, 'inside');
      const mixed = await bench.list();
      expect(mixed.notes).toEqual([{ key: 'snapshot.note.mixed' }]);
      const told = await bench.refusal({ verb: 'deleteSnapshot', snapshot: 'outside', children: false });
      expect(told.detail?.key).toBe('because.snapshotsMixed');
      expect(await bench.names()).toEqual(['inside', 'outside']);
    });
  });

  test('the commands by hand do the same, whatever the names are', async () => {
    await bench.make();
    const paste = async (action: object): Promise<void> => {
      const lines = bench.engine.commands(bench.id, actionSchema.parse(action));
      expect(lines).not.toEqual([]);
      for (const line of lines) await execute('sh', ['-c', line]);
    };
    const name = `-it's "odd" $(x)`;
    await paste({ verb: 'takeSnapshot', name, description: '<why> & `so`', memory: false, freeze: false });
    expect(await bench.named(name)).toMatchObject({ description: '<why> & `so`', own: false });
    await bench.write(0x22);
    await paste({ verb: 'restoreSnapshot', snapshot: name, keepNow: '../now' });
    expect(await bench.holds(0x11)).toBe(true);
    await paste({ verb: 'deleteSnapshot', snapshot: name, children: true });
    expect(await bench.names()).toEqual([]);
  });

  describe('another client', () => {
    /** Something happens between the plan and its first step. */
    const meanwhile = (happens: () => Promise<unknown>): ActionRun => {
      const run = quietRun();
      return {
        ...run,
        perform: async (operation) => {
          await happens();
          await run.perform(operation);
        },
      };
    };
    const act = (action: object, happens: () => Promise<unknown>): Promise<unknown> =>
      bench.engine.act(bench.id, actionSchema.parse(action), meanwhile(happens)).catch((error: unknown) => error);
    const changed = { failure: { code: 'refused', detail: { key: 'failure.detail.changedMeanwhile' } } };

    test('that changes the definition, starts the guest or takes a snapshot stops a restore', async () => {
      await bench.make();
      const first = await bench.take('First');
      await bench.write(0x22);
      const restore = { verb: 'restoreSnapshot', snapshot: first, keepNow: 'Kept' };
      expect(await act(restore, () => virsh.run('desc', bench.name, '--title', 'x', '--config'))).toMatchObject(
        changed,
      );
      expect(await act(restore, () => virsh.run('snapshot-create-as', bench.name, 'other'))).toMatchObject(changed);
      expect(await act(restore, () => virsh.run('start', bench.name))).toMatchObject(changed);
      expect(await virsh.state(bench.name)).toBe('running');
      await virsh.run('destroy', bench.name);
      expect(await bench.holds(0x22)).toBe(true);
      expect(await bench.names()).toEqual([first, 'other'].sort());
      expect(await snapshotMetadata()).toBe('none');
    });

    test('that puts another snapshot on one that is to be deleted, or describes it, stops that', async () => {
      await bench.make();
      const first = await bench.take('First');
      const remove = { verb: 'deleteSnapshot', snapshot: first, children: false };
      expect(await act(remove, () => virsh.run('snapshot-create-as', bench.name, 'other'))).toMatchObject(changed);
      const edit = { verb: 'editSnapshot', snapshot: first, name: 'B', description: '' };
      const byOther = () => bench.act({ verb: 'editSnapshot', snapshot: first, name: 'A', description: 'a' });
      expect(await act(edit, byOther)).toMatchObject(changed);
      expect(await bench.named('A')).toMatchObject({ description: 'a' });
    });

    test('that deletes it first is told', async () => {
      await bench.make();
      const first = await bench.take('First');
      await virsh.run('snapshot-delete', bench.name, first);
      const told = await bench.refusal({ verb: 'restoreSnapshot', snapshot: first });
      expect(told.detail?.key).toBe('failure.detail.snapshotGone');
    });
  });
});
