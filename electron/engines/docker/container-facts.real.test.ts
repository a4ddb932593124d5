import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { patience, type RealEngine, realDocker, realPodman } from './testing/real-engine.ts';

const withoutCgroups = 'without control groups Podman neither pauses nor measures';

describe.each([
  ['Docker', realDocker],
  ['Podman', realPodman],
])('containers of %s', (title, begin) => {
  const isDocker = title === 'Docker';
  const name = `posada-test-verbs-${process.pid}`;
  let on: RealEngine;

  beforeAll(async () => {
    on = await begin();
  });
  afterEach(() => on.clean());
  afterAll(() => on.close());

  test('tell how they ended, and that it was their own fault', async () => {
    const { guest } = await on.make('run', [], ['sh', '-c', 'exit 3']);
    await vi.waitFor(async () => expect(await on.guestOf()).toMatchObject({ state: 'stopped', exitCode: 3 }), patience);
    const exited = { guest: guest.id, what: { key: 'event.exited', params: { code: 3 } }, bad: true };
    await vi.waitFor(() => expect(on.heard).toContainEqual({ ...exited, at: expect.any(Number) }), patience);
  });

  test('tell what happened to them, and that a kill was no fault of theirs', async ({ skip }) => {
    skip(!on.hasCgroups, withoutCgroups);
    const { guest } = await on.make('run', []);
    await on.act(guest, { verb: 'pause' });
    await on.act(guest, { verb: 'resume' });
    await on.cli.run('kill', name);
    await vi.waitFor(async () => expect((await on.guestOf()).state).toBe('stopped'), patience);
    await on.cli.run('rename', name, `${name}-b`);
    await on.act(guest, { verb: 'delete', parts: [], endsRunning: true });
    const mine = () => on.heard.filter((event) => event.guest === guest.id);
    await vi.waitFor(() => expect(mine().at(-1)?.what.key).toBe('event.removed'), patience);
    const keys = mine()
      .map((event) => event.what.key)
      .filter((key) => !key.startsWith('event.network'));
    expect(keys).toEqual([
      ...['event.created', 'event.started', 'event.paused', 'event.resumed'],
      ...[isDocker ? 'event.killed' : 'event.signalled', 'event.exited', 'event.renamed', 'event.removed'],
    ]);
    expect(mine().filter(({ bad }) => bad)).toEqual([]);
    for (const { at } of mine()) expect(Math.abs(Date.now() - at)).toBeLessThan(120_000);
  });

  test('tell what runs them, and all that an inspect tells', async () => {
    const { guest } = await on.make('create', ['--volume', '/a', '--user', '7', '--workdir', '/bin'], ['sleep', '7']);
    expect(guest).toMatchObject({ domainType: 'runc', virtualization: 'os-level', transient: false });
    const detail = await on.engine.detail(guest.id);
    expect(detail).toMatchObject({
      ...{ kind: 'container', user: '7', workingFolder: '/bin', runtime: 'runc', command: ['sleep', '7'] },
      mounts: [{ type: 'volume', destination: '/a', anonymous: true, readOnly: false }],
      writableSize: expect.any(Number),
    });
    const [text] = await on.engine.configuration(guest.id);
    expect(JSON.parse(text?.text ?? '')).toMatchObject({ Id: guest.nativeId, Name: `/${name}` });
  });

  test.runIf(isDocker)('tell their health, and when it changes', async () => {
    const probe = ['--health-cmd', 'cat /well', '--health-interval', '1s', '--health-retries', '1'];
    const { guest } = await on.make('run', probe, ['sh', '-c', 'echo > /well; exec sleep 1000']);
    await vi.waitFor(async () => expect((await on.guestOf()).health).toBe('healthy'), patience);
    await on.cli.run('exec', name, 'sh', '-c', '/bin/busybox rm /well');
    await vi.waitFor(async () => expect((await on.guestOf()).health).toBe('unhealthy'), patience);
    const healths = () =>
      on.heard
        .filter((event) => event.guest === guest.id && event.what.key === 'event.health')
        .map((event) => event.bad);
    await vi.waitFor(() => expect(healths()).toEqual([false, true]), patience);
    const detail = await on.engine.detail(guest.id);
    if (detail.kind !== 'container') throw new Error('no container');
    expect(detail.healthLog.at(-1)).toMatchObject({ exitCode: 1, output: expect.stringContaining('well') });
  });

  test.runIf(isDocker)('tell that memory ran out', async () => {
    const limits = ['--memory', '8m', '--memory-swap', '8m'];
    const { guest } = await on.make('run', limits, ['/bin/busybox', 'dd', 'if=/dev/zero', 'of=/dev/null', 'bs=64M']);
    const ended = { state: 'stopped', outOfMemory: true, exitCode: 137, memoryLimit: 8 * 1024 ** 2 };
    await vi.waitFor(async () => expect(await on.guestOf()).toMatchObject(ended), patience);
    const oom = { guest: guest.id, what: { key: 'event.outOfMemory' }, bad: true };
    await vi.waitFor(() => expect(on.heard).toContainEqual({ ...oom, at: expect.any(Number) }), patience);
  });

  test('are measured as their own engine measures them', async ({ skip }) => {
    skip(!on.hasCgroups, withoutCgroups);
    const { guest } = await on.make('run', [], ['sh', '-c', 'while :; do :; done']);
    await on.engine.sample([guest.id]);
    await vi.waitFor(async () => {
      const [sample] = await on.engine.sample([guest.id]);
      // One busy loop: what of a core it gets depends on who else is busy here.
      expect(sample?.cpu).toBeGreaterThan(5);
      expect(sample?.cpu).toBeLessThan(150);
      expect(sample?.memory).toBeGreaterThan(0);
    }, patience);
  });

  test.runIf(isDocker)('tell what goes through their networks', async () => {
    // Whether anybody answers or not: something is sent.
    const talk = 'while :; do /bin/busybox ping -c 1 -W 1 172.17.0.1; done';
    const { guest } = await on.make('run', [], ['sh', '-c', talk]);
    await vi.waitFor(async () => {
      const [sample] = await on.engine.sample([guest.id]);
      expect(sample?.networkSend).toBeGreaterThan(0);
      expect(sample?.networkReceive).toBeGreaterThanOrEqual(0);
    }, patience);
  });
});
