import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../../shared/guest.ts';
import { failureOf } from './testing/fake-engine.ts';
import { patience, plainRun, type RealEngine, realDocker, realPodman } from './testing/real-engine.ts';

const execute = promisify(execFile);

describe.each([
  ['Docker', realDocker],
  ['Podman', realPodman],
])('containers of %s', (title, begin) => {
  const isDocker = title === 'Docker';
  const name = `posada-test-verbs-${process.pid}`;
  const named = `${name}-data`;
  let on: RealEngine;
  let folder: string;

  beforeAll(async () => {
    on = await begin();
    folder = await mkdtemp(path.join(tmpdir(), 'posada-test-verbs-'));
  });
  afterEach(() => on.clean());
  afterAll(async () => {
    await on.close();
    await rm(folder, { recursive: true });
  });

  const remove = (guest: Guest, ...parts: string[]) => on.act(guest, { verb: 'delete', parts, endsRunning: true });

  test('are removed with all anonymous volumes, running or not, and keep those with a name', async () => {
    const options = ['--volume', '/a', '--volume', '/b', '--volume', `${named}:/c`];
    const { guest, volumes } = await on.make('run', options, ['sh', '-c', 'echo hello > /a/f; exec sleep 1000']);
    expect(volumes).toHaveLength(2);
    const plan = await on.engine.planDelete(guest.id);
    expect(plan.map(({ kind, goes, chosen }) => [kind, goes, chosen]).sort()).toEqual([
      ['anonymousVolume', 'person', true],
      ['anonymousVolume', 'person', true],
      ['namedVolume', 'never', false],
      ['writableLayer', 'always', true],
    ]);
    for (const part of plan) expect(part.size, part.kind).toBeGreaterThanOrEqual(0);
    await remove(guest, ...plan.filter(({ chosen }) => chosen).map(({ id }) => id));
    expect(await on.cli.names()).not.toContain(name);
    const left = await on.volumesNow();
    expect(left.filter((each) => volumes.includes(each))).toEqual([]);
    expect(left).toContain(named);
  });

  test('are removed without their volumes, or with some of them, as it was chosen', async () => {
    const { guest, volumes } = await on.make('create', ['--volume', '/a', '--volume', '/b']);
    const [first = '', second = ''] = volumes;
    await remove(guest, 'writableLayer', second);
    expect(await on.cli.names()).not.toContain(name);
    const left = await on.volumesNow();
    expect([left.includes(first), left.includes(second)]).toEqual([true, false]);
  });

  test('leave a volume that another container uses', async () => {
    const { guest, volumes } = await on.make('create', ['--volume', '/a']);
    const other = `${name}-other`;
    await on.make('create', ['--volumes-from', name], [], other);
    const [, part] = await on.engine.planDelete(guest.id);
    expect(part).toMatchObject({ goes: 'never', because: { key: 'part.shared', params: { name: other } } });
    expect(await failureOf(remove(guest, ...volumes))).toMatchObject({
      detail: { key: 'failure.detail.changedMeanwhile' },
    });
    expect(await on.cli.names()).toContain(name);
    await remove(guest, 'writableLayer');
    expect(await on.volumesNow()).toContain(volumes[0]);
    // Now it is the other one's alone.
    const last = await on.guestOf(other);
    await remove(last, ...volumes);
    expect(await on.volumesNow()).not.toContain(volumes[0]);
  });

  test('that are removed when they stop keep the volumes that were not chosen, on Docker', async () => {
    const { guest, volumes } = await on.make('run', ['--rm', '--volume', '/a']);
    expect(guest).toMatchObject({ transient: true });
    expect(guest.offers.find(({ verb }) => verb === 'setRestartPolicy')?.ready).toBe(false);
    const [, part] = await on.engine.planDelete(guest.id);
    expect(part?.goes).toBe(isDocker ? 'person' : 'always');
    await remove(guest, 'writableLayer');
    expect(await on.cli.names()).not.toContain(name);
    expect((await on.volumesNow()).includes(volumes[0] ?? '')).toBe(isDocker);
  });

  test('are removed by the commands that are shown', async () => {
    const { guest, volumes } = await on.make('run', ['--volume', '/a', '--volume', '/b']);
    await on.engine.planDelete(guest.id);
    const parts = ['writableLayer', volumes[0] ?? ''];
    for (const command of on.engine.commands(guest.id, { verb: 'delete', parts, endsRunning: true }))
      await execute('sh', ['-c', command]);
    expect(await on.cli.names()).not.toContain(name);
    const left = await on.volumesNow();
    expect(volumes.map((volume) => left.includes(volume))).toEqual([false, true]);
  });

  test('keep their labels when they are renamed, so that Compose still knows them', async () => {
    const labels = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    const options = Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]);
    const { guest } = await on.make('create', options);
    expect(guest).toMatchObject({ project: 'shop', service: 'web' });
    await on.act(guest, { verb: 'rename', name: `${name}-b` });
    const told = JSON.parse(await on.cli.run('inspect', '--format', '{{json .Config.Labels}}', `${name}-b`));
    expect(told).toMatchObject(labels);
    expect(await on.guestOf(`${name}-b`)).toMatchObject({ id: guest.id, project: 'shop' });
  });

  test('are exported whole, and not half', async () => {
    const { guest } = await on.make('run', [], ['sh', '-c', 'echo posada > /made; exec sleep 1000']);
    const file = path.join(folder, 'web.tar');
    await vi.waitFor(async () => expect(await on.cli.run('exec', name, 'cat', '/made')).toBe('posada'), patience);
    const parts: number[] = [];
    await on.engine.act(guest.id, { verb: 'export', file }, { ...plainRun, progress: (part) => parts.push(part) });
    expect((await execute('tar', ['-xOf', file, 'made'])).stdout).toBe('posada\n');
    expect(parts.at(-1)).toBe(1);
    const cancel = new AbortController();
    const second = path.join(folder, 'second.tar');
    const cancelled = on.engine.act(
      guest.id,
      { verb: 'export', file: second },
      { ...plainRun, signal: cancel.signal, cancellable: () => cancel.abort() },
    );
    expect(await failureOf(cancelled)).toMatchObject({ code: 'cancelled' });
    const [command = ''] = on.engine.commands(guest.id, { verb: 'export', file: second });
    expect(await readdir(folder)).toEqual(['web.tar']);
    await execute('sh', ['-c', command]);
    expect((await execute('tar', ['-xOf', second, 'made'])).stdout).toBe('posada\n');
  });

  test.skipIf(process.getuid?.() !== 0)('are exported to a full disk with nothing left there', async () => {
    const { guest } = await on.make('create', []);
    const full = await mkdtemp(path.join(folder, 'full-'));
    await execute('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'posada-test-full', full]);
    try {
      const failure = await failureOf(on.act(guest, { verb: 'export', file: path.join(full, 'web.tar') }));
      expect(failure).toMatchObject({
        code: 'no-resources',
        detail: { key: 'failure.detail.noSpace' },
        raw: { source: 'system', code: 'ENOSPC' },
      });
      expect(await readdir(full)).toEqual([]);
    } finally {
      await execute('umount', [full]);
    }
  });

  test.runIf(isDocker)('have the restart policy that was chosen', async () => {
    const { guest } = await on.make('create', []);
    const told = () =>
      on.cli.run(
        'inspect',
        '--format',
        '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}',
        name,
      );
    for (const policy of ['always', 'unless-stopped', 'no'] as const) {
      await on.act(guest, { verb: 'setRestartPolicy', policy, maximumRetries: 7 });
      expect(await told()).toBe(`${policy} 0`);
    }
    await on.act(guest, { verb: 'setRestartPolicy', policy: 'on-failure', maximumRetries: 7 });
    expect(await told()).toBe('on-failure 7');
    const [command = ''] = on.engine.commands(guest.id, { verb: 'setRestartPolicy', policy: 'always' });
    await execute('sh', ['-c', command]);
    expect(await told()).toBe('always 0');
  });
});
