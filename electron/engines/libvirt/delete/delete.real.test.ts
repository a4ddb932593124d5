import { describe, expect, test } from 'vitest';
import { run as execute } from '../../../../build/testing/execute.ts';
import { domainXml } from '../../../../build/testing/test-domains.ts';
import { TestPool } from '../../../../build/testing/test-pool.ts';
import {
  chosen,
  define,
  engine,
  files,
  idOf,
  isProposed,
  made,
  mark,
  plan,
  pool,
  refusal,
  remove,
  said,
  virsh,
} from '../testing/delete-bench.ts';

describe('deleting a VM', () => {
  test('takes its definition, snapshots, saved state and disk, while it runs', async () => {
    const name = await define('whole', [await pool.volume('a.qcow2')]);
    await virsh.run('snapshot-create-as', name, 'one');
    await virsh.run('snapshot-create-as', name, 'two');
    await virsh.run('start', name);
    await virsh.run('managedsave', name);
    const parts = await plan(name);
    expect(parts.map((part) => [part.kind, part.goes, isProposed(part), part.count])).toEqual([
      ['definition', 'always', true, undefined],
      ['disk', 'person', true, undefined],
      ['savedState', 'always', true, undefined],
      ['snapshots', 'always', true, 2],
    ]);
    expect(parts[1]).toMatchObject({ name: pool.path('a.qcow2') });
    expect(parts[1]?.size).toBeGreaterThan(100_000);
    await virsh.run('start', name);
    await remove(name, chosen(parts));
    expect(await virsh.names()).not.toContain(name);
    expect(await pool.volumes()).toEqual([]);
    // Nothing is left that a guest of the same name would find.
    await define('whole', []);
    expect(await virsh.run('dominfo', name)).toMatch(/Managed save: +no/);
    expect((await virsh.run('snapshot-list', '--name', name)).trim()).toBe('');
  });

  test('leaves the disk that was not chosen, with the snapshots that are inside', async () => {
    const name = await define('keeps', [await pool.volume('a.qcow2'), await pool.volume('b.qcow2')]);
    await virsh.run('snapshot-create-as', name, 'one');
    const parts = await plan(name);
    expect(parts.find(({ kind }) => kind === 'snapshots')?.because?.key).toBe('part.snapshotsInside');
    await remove(name, files('b.qcow2'));
    expect(await pool.volumes()).toEqual(['a.qcow2']);
  });

  test('leaves the base that another VM stands on', async () => {
    await pool.volume('base.qcow2');
    const name = await define('one', [await pool.volume('one.qcow2', 'base.qcow2')]);
    const other = await define('two', [await pool.volume('two.qcow2', 'base.qcow2')]);
    const parts = await plan(name);
    expect(said(parts)).toEqual({ 'one.qcow2': 'disk chosen', 'base.qcow2': 'backing part.shared' });
    expect(parts.find(({ kind }) => kind === 'backing')?.because?.params).toEqual({ name: other });
    expect((await refusal(name, files('one.qcow2', 'base.qcow2'))).detail?.key).toBe('part.shared');
    expect(await virsh.names()).toContain(name);
    await remove(name, chosen(parts));
    expect(await pool.volumes()).toEqual(['base.qcow2', 'two.qcow2']);
    await virsh.run('start', other);
  });

  test('does not choose the base of a VM that is off and whose pool is stopped', async () => {
    const base = await pool.volume('base.qcow2');
    const second = await TestPool.make(virsh, `${mark}-second`);
    try {
      const over = await second.volume('over.qcow2', base);
      const name = await define('has-base', [base]);
      const other = await define('has-overlay', [over]);
      expect(said(await plan(name))).toMatchObject({ 'base.qcow2': 'disk part.shared' });
      await virsh.run('pool-destroy', second.name);
      const part = (await plan(name)).find(({ kind }) => kind === 'disk');
      expect(part).toMatchObject({ goes: 'person', chosen: false, because: { params: { name: other } } });
    } finally {
      await virsh.run('pool-start', second.name).catch(() => undefined);
      await second.remove();
    }
  });

  test('leaves the base that a volume without a VM stands on', async () => {
    await pool.volume('base.qcow2');
    const name = await define('one', [await pool.volume('one.qcow2', 'base.qcow2')]);
    await pool.volume('two.qcow2', 'base.qcow2');
    const based = await define('on-base', ['/nowhere/else.qcow2', pool.path('base.qcow2')]);
    expect(said(await plan(based))).toMatchObject({ 'base.qcow2': 'disk part.shared' });
    await virsh.remove(based);
    const base = (await plan(name)).find(({ kind }) => kind === 'backing');
    expect(base?.because).toEqual({ key: 'part.backingOf', params: { path: pool.path('two.qcow2') } });
  });

  test('takes a base of its own only if that is chosen, and never from under a disk that stays', async () => {
    await pool.volume('base.qcow2');
    await pool.volume('middle.qcow2', 'base.qcow2');
    const name = await define('chain', [await pool.volume('top.qcow2', 'middle.qcow2')]);
    expect(said(await plan(name))).toEqual({
      'top.qcow2': 'disk chosen',
      'middle.qcow2': 'backing person',
      'base.qcow2': 'backing person',
    });
    const told = await refusal(name, files('top.qcow2', 'base.qcow2'));
    expect(told.detail).toEqual({ key: 'part.backingOf', params: { path: pool.path('middle.qcow2') } });
    expect(await pool.volumes()).toHaveLength(3);
    await remove(name, files('base.qcow2', 'middle.qcow2', 'top.qcow2'));
    expect(await pool.volumes()).toEqual([]);
  });

  test('knows the overlay that a snapshot has just made, which the pool has not seen', async () => {
    const name = await define('snapped', [await pool.volume('a.qcow2')]);
    await virsh.run('start', name);
    await virsh.run('snapshot-create-as', name, 'after', '--disk-only');
    expect(said(await plan(name))).toEqual({ 'a.after': 'disk chosen', 'a.qcow2': 'backing person' });
    await virsh.run('destroy', name);
    expect(said(await plan(name))).toEqual({ 'a.after': 'disk chosen', 'a.qcow2': 'backing person' });
    await remove(name, files('a.after', 'a.qcow2'));
    expect(await pool.volumes()).toEqual([]);
    expect(await virsh.names()).not.toContain(name);
  });

  test('leaves a disk that another VM has, though it is off', async () => {
    const disk = await pool.volume('both.qcow2');
    const name = await define('one', [disk]);
    const other = await define('two', [disk]);
    const [, part] = await plan(name);
    expect(part).toMatchObject({ goes: 'never', because: { key: 'part.shared', params: { name: other } } });
    await remove(name, []);
    expect(await virsh.names()).toContain(other);
    expect(await pool.volumes()).toEqual(['both.qcow2']);
  });

  test('says of each disk why it stays', async () => {
    const [shared, readOnly, medium] = [
      await pool.volume('s.qcow2'),
      await pool.volume('r.qcow2'),
      await pool.volume('m.iso'),
    ];
    const name = await define('many', [
      { path: shared, more: '<shareable/>', format: 'raw' },
      { path: readOnly, more: '<readonly/>' },
      { path: pool.path('lost.qcow2') },
      { path: '/etc/hostname' },
      { path: '/nowhere/at/all.qcow2' },
      { path: medium, device: 'cdrom' },
    ]);
    const parts = await plan(name);
    expect(said(parts)).toEqual({
      's.qcow2': 'disk part.shareable',
      'r.qcow2': 'disk part.readOnly',
      'lost.qcow2': 'disk part.missing',
      '/etc/hostname': 'disk part.noPool',
      '/nowhere/at/all.qcow2': 'disk part.missing',
      'm.iso': 'disk part.medium',
    });
    expect(parts.find((part) => part.name === '/etc/hostname')?.size).toBeGreaterThan(0);
    await remove(name, chosen(parts));
    expect(await pool.volumes()).toEqual(['m.iso', 'r.qcow2', 's.qcow2']);
  });

  test('touches nothing when another VM has taken a disk since the plan', async () => {
    const disk = await pool.volume('a.qcow2');
    const name = await define('one', [disk]);
    const parts = await plan(name);
    await virsh.run('start', name);
    const other = await define('late', [disk]);
    const told = await refusal(name, chosen(parts));
    expect(told).toMatchObject({
      code: 'refused',
      detail: { key: 'part.shared', params: { name: other } },
      remedies: [{ do: 'read', text: { key: 'remedy.lookAgain' } }],
    });
    expect(await virsh.state(name)).toBe('running');
    expect(await pool.volumes()).toEqual(['a.qcow2']);
  });

  test('touches nothing when somebody has protected it since the plan', async () => {
    const name = await define('one', [await pool.volume('a.qcow2')]);
    const parts = await plan(name);
    await virsh.run('start', name);
    const element = '<guest protected="yes"/>';
    await virsh.run('metadata', name, 'urn:x-posada:guest:1', '--key', 'x', '--set', element, '--config');
    const told = await refusal(name, chosen(parts));
    expect(told.detail?.key).toBe('failure.detail.protected');
    expect(told.remedies).toMatchObject([{ text: { key: 'remedy.unprotect' } }]);
    expect(await virsh.state(name)).toBe('running');
    expect(await pool.volumes()).toEqual(['a.qcow2']);
  });

  test('that is transient is its end', async () => {
    const name = `${mark}-transient`;
    made.add(name);
    await virsh.fromFile(await domainXml({ name, disks: [{ path: await pool.volume('a.qcow2') }] }), 'create');
    const parts = await plan(name);
    expect(said(parts)).toEqual({ 'a.qcow2': 'disk chosen' });
    await remove(name, chosen(parts));
    expect(await virsh.names()).not.toContain(name);
    expect(await pool.volumes()).toEqual([]);
  });

  test('takes checkpoints along', async () => {
    const name = await define('checked', [await pool.volume('a.qcow2')]);
    await virsh.run('start', name);
    await virsh.run('checkpoint-create-as', name, 'one');
    const parts = await plan(name);
    expect(parts.find(({ kind }) => kind === 'checkpoints')).toMatchObject({ goes: 'always', count: 1 });
    await remove(name, []);
    expect(await virsh.names()).not.toContain(name);
  });

  test('of many at once takes each with its disk and leaves their base', async () => {
    await pool.volume('base.qcow2');
    const names = ['1', '2', '3', '4', '5'];
    for (const each of names) await define(each, [await pool.volume(`${each}.qcow2`, 'base.qcow2')]);
    await Promise.all(names.map((each) => remove(`${mark}-${each}`, files(`${each}.qcow2`))));
    expect((await virsh.names()).filter((each) => each.startsWith(mark))).toEqual([]);
    expect(await pool.volumes()).toEqual(['base.qcow2']);
  });

  test('gives the commands that do the same', async () => {
    const name = await define("it's", [await pool.volume('a b.qcow2')]);
    await virsh.run('start', name);
    const id = await idOf(name);
    const parts = chosen(await plan(name));
    const commands = engine.commands(id, { verb: 'delete', parts, endsRunning: true });
    expect(commands).toHaveLength(3);
    for (const command of commands) await execute('sh', ['-c', command]);
    expect(await virsh.names()).not.toContain(name);
    expect(await pool.volumes()).toEqual([]);
  });
});
