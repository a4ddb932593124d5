import { access, rm, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../../../shared/action.ts';
import { define, engine, files, idOf, plan, pool, remove, run, virsh } from '../testing/delete-bench.ts';

describe('deleting a VM with what is kept beside its disks', () => {
  test.runIf(process.getuid?.() === 0)('takes its firmware settings, but not those of another VM', async () => {
    const nvram = pool.path('settings.fd');
    const os = `<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
      <nvram template='/usr/share/OVMF/OVMF_VARS.fd'>${nvram}</nvram>`;
    const name = await define('uefi', [], os);
    await virsh.run('start', name);
    await access(nvram);
    expect((await plan(name)).find(({ kind }) => kind === 'nvram')).toMatchObject({ name: nvram, goes: 'person' });
    const other = await define('uefi-too', [], os);
    expect((await plan(name)).find(({ kind }) => kind === 'nvram')).toMatchObject({
      ...{ goes: 'never', because: { key: 'part.shared', params: { name: other } } },
    });
    await remove(name, ['nvram']);
    await access(nvram);
    await remove(other, ['nvram']);
    await expect(access(nvram)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test.runIf(process.getuid?.() === 0)('keeps the settings of a machine whose disk stays', async () => {
    const nvram = pool.path('kept.fd');
    const os = `<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
      <nvram template='/usr/share/OVMF/OVMF_VARS.fd'>${nvram}</nvram>`;
    const name = await define('kept', ['/nowhere/at/all.qcow2'], os);
    await writeFile(nvram, '');
    await remove(name, []);
    await access(nvram);
    await rm(nvram);
  });

  test('leaves alone one that another client has started since', async () => {
    const name = await define('started', [await pool.volume('a.qcow2')]);
    await virsh.run('start', name);
    const action: Action = { verb: 'delete', parts: files('a.qcow2'), endsRunning: false };
    await expect(engine.act(await idOf(name), action, run)).rejects.toMatchObject({
      failure: { detail: { key: 'failure.detail.changedMeanwhile' } },
    });
    expect(await virsh.state(name)).toBe('running');
    expect(await pool.volumes()).toEqual(['a.qcow2']);
  });

  test('names the files of an external snapshot', async () => {
    const name = await define('outside', [await pool.volume('a.qcow2')]);
    await virsh.run('start', name);
    const memory = pool.path('a.memory');
    await virsh.run('snapshot-create-as', name, 'one', '--memspec', `file=${memory},snapshot=external`);
    const parts = await plan(name);
    expect(parts.find(({ kind }) => kind === 'snapshotFile')).toMatchObject({
      name: memory,
      goes: 'person',
      chosen: false,
    });
    expect(parts.find(({ kind }) => kind === 'snapshots')?.because?.key).toBe('part.snapshotsOutside');
    await remove(name, files('a.memory', 'a.one', 'a.qcow2'));
    expect(await pool.volumes()).toEqual([]);
  });

  test('gives the commands that keep the settings of another VM', async () => {
    const os = `<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
      <nvram template='/usr/share/OVMF/OVMF_VARS.fd'>${pool.path('x.fd')}</nvram>`;
    const name = await define('uefi-by-hand', [], os);
    await plan(name);
    const action: Action = { verb: 'delete', parts: [], endsRunning: false };
    expect(engine.commands(await idOf(name), action)[0]).toMatch(/--keep-nvram$/);
  });
});
