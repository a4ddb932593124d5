import { describe, expect, test } from 'vitest';
import type { Guest } from '../../../shared/guest.ts';
import { guestDetail } from '../../../shared/guest-detail.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { containerDetailOf } from './container-detail.ts';
import { type GuestContext, guestFromInspect } from './container-guest.ts';
import { addressesOf } from './container-net.ts';
import { readingOf, sampleOf } from './container-sample.ts';
import { dockerTraits } from './container-verbs.ts';
import { fixture } from './testing/fixtures.ts';
import { containerStats, inspectedContainer } from './wire.ts';

const engine = 'docker:unix:///fixture' as EngineId;
const context: GuestContext = {
  engine,
  ...dockerTraits,
  guestFor: (nativeId) => `${engine}/${nativeId.slice(0, 4)}` as GuestId,
  annotationOf: () => undefined,
};

test('containers of Docker 20.10 tell how they start, how they ended and what runs them', () => {
  const [web, failed, oom] = ['web', 'failed', 'oom'].map((file) =>
    guestFromInspect(inspectedContainer.parse(fixture(`docker-20.10/inspect-${file}.json`)), context),
  );
  const runc = { domainType: 'runc', virtualization: 'os-level', transient: false };
  expect(web).toMatchObject({ ...runc, health: 'healthy' });
  expect(web).not.toHaveProperty('exitCode');
  expect(failed).toMatchObject({ ...runc, exitCode: expect.any(Number) });
  expect(failed?.exitCode).toBeGreaterThan(0);
  expect(oom).toMatchObject({ ...runc, exitCode: 137, outOfMemory: true });
  for (const row of [web, failed, oom]) expect(row?.startup).toMatchObject({ by: 'restartPolicy' });
});

describe('rows', () => {
  const base = () => fixture('docker-20.10/inspect-web.json') as { HostConfig: object; Config: { Labels: object } };
  const rowOf = (host: object, labels: object = {}, runtime?: string): Guest => {
    const json = base();
    Object.assign(json.HostConfig, host);
    json.Config.Labels = labels;
    return guestFromInspect(inspectedContainer.parse(json), context, runtime);
  };

  test.each([
    [{ Name: '', MaximumRetryCount: 0 }, { policy: 'no' }],
    [{ Name: 'always', MaximumRetryCount: 0 }, { policy: 'always' }],
    [{ Name: 'unless-stopped' }, { policy: 'unless-stopped' }],
    [
      { Name: 'on-failure', MaximumRetryCount: 5 },
      { policy: 'on-failure', maximumRetries: 5 },
    ],
    [{ Name: 'on-failure', MaximumRetryCount: 0 }, { policy: 'on-failure' }],
  ])('tell the restart policy %j', (RestartPolicy, startup) => {
    expect(rowOf({ RestartPolicy }).startup).toEqual({ by: 'restartPolicy', ...startup });
  });

  test('tell no policy that is not known here', () => {
    expect(rowOf({ RestartPolicy: { Name: 'at-full-moon' } })).not.toHaveProperty('startup');
    expect(rowOf({ RestartPolicy: null })).not.toHaveProperty('startup');
  });

  test.each([
    ['runc', undefined, 'os-level'],
    ['io.containerd.kata.v2', undefined, 'full'],
    ['kata-runtime', undefined, 'full'],
    ['oci', 'crun', 'os-level'],
    ['oci', 'krun', 'full'],
  ])('of runtime %s (%s) are run as %s', (Runtime, podman, virtualization) => {
    expect(rowOf({ Runtime }, {}, podman)).toMatchObject({ domainType: podman ?? Runtime, virtualization });
  });

  test('guess no runtime where Podman does not tell it', () => {
    expect(rowOf({ Runtime: 'oci' })).not.toHaveProperty('domainType');
    expect(rowOf({ Runtime: 'oci' })).not.toHaveProperty('virtualization');
  });

  test('belong to a project of Compose, Docker’s or Podman’s', () => {
    const compose = { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' };
    expect(rowOf({}, compose)).toMatchObject({ project: 'shop', service: 'web' });
    expect(rowOf({}, { 'io.podman.compose.project': 'blog' })).toMatchObject({ project: 'blog' });
    expect(rowOf({})).not.toHaveProperty('project');
  });

  test('belong to the lab that their label names, if it is a name', () => {
    expect(rowOf({}, { 'io.posada.lab': 'network-course' })).toMatchObject({ lab: 'network-course' });
    expect(rowOf({}, { 'io.posada.lab': '' })).not.toHaveProperty('lab');
    expect(rowOf({}, { 'io.posada.lab': 'two words' })).not.toHaveProperty('lab');
  });
});

test.each([
  'docker-20.10/inspect-web',
  'docker-20.10/inspect-oom',
  'docker-api-1.44/inspect-web',
  'docker-api-1.53/inspect-web',
  'podman-4.3/inspect-p1',
  'podman-4.3/inspect-fail',
])('the detail of %s fits', (file) => {
  const json = fixture(`${file}.json`) as { SizeRw?: number };
  const detail = containerDetailOf('g' as GuestId, inspectedContainer.parse({ ...json, SizeRw: 5 }));
  expect(guestDetail.safeParse(detail).error).toBeUndefined();
  expect(detail.command.length).toBeGreaterThan(0);
  expect(detail.writableSize).toBe(5);
});

test('the detail of a container tells its networks, mounts, checks and labels', () => {
  const detail = containerDetailOf('g' as GuestId, inspectedContainer.parse(fixture('docker-20.10/inspect-web.json')));
  expect(detail.networks.map(({ name, addresses }) => [name, addresses.length])).toEqual([
    ['bridge', 1],
    [expect.any(String), 2],
  ]);
  expect(detail.healthLog.at(-1)).toMatchObject({ exitCode: 0, at: expect.any(Number) });
  expect(detail).toMatchObject({ runtime: 'runc', platform: 'linux', restartCount: 0, hostname: '97266037807f' });
  expect(detail).not.toHaveProperty('writableSize');
  expect(detail).not.toHaveProperty('finishedAt');
});

test('what a container has for an address and is none is left out of its row and its detail', () => {
  const info = inspectedContainer.parse(fixture('docker-20.10/inspect-web.json'));
  const network = { IPAddress: '$(reboot)', GlobalIPv6Address: 'fd00::1' };
  const settings = { ...info.NetworkSettings, Networks: { bridge: network } };
  expect(addressesOf(settings.Networks)).toEqual(['fd00::1']);
  const { networks } = containerDetailOf('g' as GuestId, { ...info, NetworkSettings: settings });
  expect(networks[0]?.addresses).toEqual(['fd00::1']);
});

describe('traffic', () => {
  const at = (seconds: number, more: object) =>
    containerStats.parse({
      read: new Date(1_700_000_000_000 + seconds * 1000).toISOString(),
      ...{ cpu_stats: { cpu_usage: { total_usage: seconds * 1e9 } }, memory_stats: { usage: 1 } },
      ...more,
    });
  const between = (first: object, second: object) => {
    const [one, two] = [at(0, first), at(2, second)];
    return sampleOf('g' as GuestId, 9, two, readingOf(one, false), readingOf(two, false));
  };
  const io = (read: number, write: number, name = (op: string) => op) => ({
    blkio_stats: {
      io_service_bytes_recursive: [
        { major: 8, minor: 0, op: name('Read'), value: read },
        { major: 8, minor: 0, op: name('Write'), value: write },
        { major: 8, minor: 16, op: name('Write'), value: 1000 },
        { major: 8, minor: 0, op: name('Total'), value: 10 ** 9 },
      ],
    },
  });
  const net = (rx: number, tx: number) => ({
    networks: { eth0: { rx_bytes: rx, tx_bytes: tx }, eth1: { rx_bytes: 5, tx_bytes: 5 } },
  });

  test('is bytes per second over all devices and interfaces, on cgroup v1 and v2', () => {
    const expected = { diskRead: 100, diskWrite: 200, networkReceive: 300, networkSend: 400 };
    const lower = (op: string) => op.toLowerCase();
    expect(between({ ...io(0, 0), ...net(0, 0) }, { ...io(200, 400), ...net(600, 800) })).toMatchObject(expected);
    expect(between(io(0, 0, lower), io(200, 400, lower))).toMatchObject({ diskRead: 100, diskWrite: 200 });
  });

  test('is left out where it is not counted, in the first sample, and after a restart', () => {
    const none = between({ blkio_stats: { io_service_bytes_recursive: [] } }, { blkio_stats: null });
    expect(Object.keys(none ?? {}).sort()).toEqual(['at', 'cpu', 'guest', 'memory']);
    expect(between({}, net(600, 800))).not.toHaveProperty('networkReceive');
    expect(between(net(600, 800), net(100, 900))).toMatchObject({ networkSend: 50 });
    expect(between(net(600, 800), net(100, 900))).not.toHaveProperty('networkReceive');
  });
});
