import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { SnapshotBench } from '../testing/snapshot-bench.ts';

const bench = new SnapshotBench();
const { virsh } = bench;

// Who looks into the disks of guests is root.
describe.runIf(process.getuid?.() === 0)('snapshots of real guests', { timeout: 180_000 }, () => {
  beforeAll(() => bench.open());
  afterEach(() => bench.clean());
  afterAll(() => bench.close());

  test.each([1, 3])(
    'of one that is off, with %d disks: taken, changed, restored, the data is that of then',
    async (disks) => {
      await bench.make(disks);
      const id = await bench.take('Before the update', false, 'two\nlines & <more>');
      expect(await bench.names()).toEqual([id]);
      expect(id).toMatch(/^before-the-update-[\da-f]{8}$/);
      for (const disk of bench.disks) expect(await bench.inImage(disk)).toEqual([id]);
      const listed = await bench.list();
      expect(listed).toMatchObject({
        now: 'off',
        current: id,
        takeWithMemory: { ready: false },
        takeDisks: { ready: true },
      });
      expect(listed.snapshots).toMatchObject([
        {
          ...{ name: 'Before the update', description: 'two\nlines & <more>', state: 'off', memory: false },
          ...{ own: true, protected: false, notes: [] },
        },
      ]);
      expect(Math.abs((listed.snapshots[0]?.createdAt ?? 0) - Date.now())).toBeLessThan(60_000);
      await bench.write(0x22);
      expect(await bench.holds(0x11)).toBe(false);
      await bench.restore(id);
      expect(await bench.holds(0x11)).toBe(true);
      expect(await virsh.state(bench.name)).toBe('stopped');
    },
  );

  test.each([1, 3])(
    'of one that runs, with its memory and %d disks: it goes on there without a boot',
    async (disks) => {
      await bench.make(disks, { counts: true });
      await virsh.run('start', bench.name);
      await bench.countsPast(3);
      expect(await bench.list()).toMatchObject({
        now: 'running',
        takeDisks: { ready: false, because: { key: 'because.snapshotOn' } },
      });
      const id = await bench.take('Running', true);
      const then = (await bench.said()).counts.at(-1) ?? 0;
      expect(await virsh.state(bench.name)).toBe('running');
      const { size, ...running } = await bench.named('Running');
      expect(running).toMatchObject({ state: 'running', memory: true });
      expect(size).toEqual({ bytes: await bench.stateBytes(id), atLeast: true });
      expect(size?.bytes).toBeGreaterThan(10 * 1024 ** 2);
      await bench.countsPast(then + 15);
      await bench.forget();
      await bench.restore(id);
      expect(await virsh.state(bench.name)).toBe('running');
      const goesOn = async () => {
        const after = await bench.said();
        expect(after.counts[0]).toBeLessThanOrEqual(then + 5);
        return after;
      };
      const after = await vi.waitFor(goesOn, { timeout: 30_000, interval: 100 });
      expect(after.booted).toBe(false);
      expect(after.counts[0]).toBeGreaterThan(1);
      await virsh.run('destroy', bench.name);
      const last = (await bench.said()).counts.at(-1) ?? 0;
      for (const disk of bench.disks) expect(Math.abs((await bench.counted(disk)) - last)).toBeLessThanOrEqual(1);
    },
  );

  test('of one that is paused stays paused, and goes on when it is resumed', async () => {
    await bench.make(1, { counts: true });
    await virsh.run('start', bench.name);
    await bench.countsPast(2);
    await virsh.run('suspend', bench.name);
    const then = (await bench.said()).counts.at(-1) ?? 0;
    const id = await bench.take('Paused', true);
    expect(await virsh.state(bench.name)).toBe('paused');
    expect(await bench.named('Paused')).toMatchObject({ state: 'paused', memory: true });
    await virsh.run('destroy', bench.name);
    await bench.forget();
    await bench.restore(id);
    expect(await virsh.state(bench.name)).toBe('paused');
    await virsh.run('resume', bench.name);
    await bench.countsPast(then);
    expect(await bench.said()).toMatchObject({ booted: false, counts: expect.not.arrayContaining([1]) });
  });

  test('branch: each holds its own data, and the tree is told', async () => {
    await bench.make();
    const first = await bench.take('First');
    await bench.write(0x22);
    const second = await bench.take('Second');
    await bench.restore(first);
    await bench.write(0x33);
    const third = await bench.take('Third');
    const { snapshots, current } = await bench.list();
    expect(snapshots[0]?.id).toBe(first);
    // The other two may be of the same second.
    const parents = Object.fromEntries(snapshots.map(({ id, parent }) => [id, parent]));
    expect(parents).toEqual({ [first]: undefined, [second]: first, [third]: first });
    expect(current).toBe(third);
    expect(await virsh.run('snapshot-current', '--name', bench.name)).toBe(third);
    expect(await virsh.run('snapshot-parent', bench.name, second)).toBe(first);
    for (const [id, pattern] of [
      [first, 0x11],
      [second, 0x22],
      [third, 0x33],
    ] as const) {
      await bench.restore(id);
      expect(await bench.holds(pattern), id).toBe(true);
    }
  });

  test('deleted in the middle: what stands on it stays, on what it stood on', async () => {
    await bench.make();
    const first = await bench.take('First');
    await bench.write(0x22);
    const second = await bench.take('Second');
    await bench.write(0x33);
    const third = await bench.take('Third');
    await bench.act({ verb: 'deleteSnapshot', snapshot: second, children: false });
    expect(await bench.names()).toEqual([first, third].sort());
    expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([first, third].sort());
    expect((await bench.named('Third')).parent).toBe(first);
    expect(await bench.holds(0x33)).toBe(true);
    await bench.restore(first);
    expect(await bench.holds(0x11)).toBe(true);
    await bench.restore(third);
    expect(await bench.holds(0x33)).toBe(true);
  });

  test('deleted with those that stand on it, while it runs, and none of another branch', async () => {
    await bench.make();
    const first = await bench.take('First');
    const second = await bench.take('Second');
    await bench.take('On the second');
    await bench.restore(first);
    const other = await bench.take('Other');
    await virsh.run('start', bench.name);
    await bench.act({ verb: 'deleteSnapshot', snapshot: second, children: true });
    expect(await bench.names()).toEqual([first, other].sort());
    expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([first, other].sort());
    expect(await virsh.state(bench.name)).toBe('running');
  });

  test('made with virsh they are shown under their own name, restored, described, and deleted', async () => {
    await bench.make();
    await virsh.run('snapshot-create-as', bench.name, 'by hand', 'why & how');
    await bench.write(0x22);
    expect(await bench.named('by hand')).toMatchObject({
      id: 'by hand',
      description: 'why & how',
      own: false,
      notes: [],
    });
    await bench.restore('by hand');
    expect(await bench.holds(0x11)).toBe(true);
    await bench.act({ verb: 'editSnapshot', snapshot: 'by hand', name: 'Otro “nombre”', description: '' });
    expect(await bench.named('Otro “nombre”')).toMatchObject({ id: 'by hand', description: '', own: false });
    expect(await bench.names()).toEqual(['by hand']);
    await bench.act({ verb: 'deleteSnapshot', snapshot: 'by hand', children: false });
    expect(await bench.names()).toEqual([]);
    expect(await bench.inImage(bench.disks[0] ?? '')).toEqual([]);
  });
});
