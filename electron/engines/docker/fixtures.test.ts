import { describe, expect, test } from 'vitest';
import { type Guest, guest as guestSchema } from '../../../shared/guest.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { guestSample } from '../../../shared/metrics.ts';
import { negotiate, newestApi, oldestApi } from './api-version.ts';
import { detailsOf } from './container-details.ts';
import { type GuestContext, guestFromInspect, guestFromList } from './container-guest.ts';
import { readingOf, sampleOf } from './container-sample.ts';
import { dockerTraits, podmanTraits } from './container-verbs.ts';
import { EventLines } from './event-lines.ts';
import { type EventMeaning, meaningOf } from './event-meaning.ts';
import { fixture, fixtureText } from './testing/fixtures.ts';
import { containerStats, engineVersion, inspectedContainer, listedContainer } from './wire.ts';

const engine = 'docker:unix:///fixture' as EngineId;
const handWritten = ['docker-api-1.44', 'docker-api-1.52', 'docker-api-1.53'] as const;

function context(folder: string): GuestContext {
  const guestFor = (nativeId: string, label?: string): GuestId =>
    `${engine}/${label ?? nativeId.slice(0, 4)}` as GuestId;
  const traits = folder.startsWith('podman') ? podmanTraits('4.3.1', {}) : dockerTraits;
  return { engine, ...traits, guestFor, annotationOf: () => undefined };
}

function listed(folder: string): Map<string, Guest> {
  const rows = listedContainer.array().parse(fixture(`${folder}/list.json`));
  return new Map(
    rows.map((item) => {
      const row = guestFromList(item, undefined, context(folder));
      return [row.name, row];
    }),
  );
}

function inspected(folder: string, file: string): Guest {
  return guestFromInspect(inspectedContainer.parse(fixture(`${folder}/inspect-${file}.json`)), context(folder));
}

/** What the events of a folder mean, those left out that touch no row. */
function meanings(folder: string): EventMeaning[] {
  const events = new EventLines().push(new TextEncoder().encode(fixtureText(`${folder}/events.jsonl`)));
  return events.flatMap((event) => meaningOf(event) ?? []);
}

function measured(name: string, podman = false) {
  const stats = containerStats.parse(fixture(name));
  const reading = readingOf(stats, podman);
  return { stats, reading, cpu: reading?.cpu, sample: sampleOf('g' as GuestId, 7, stats, undefined, reading) };
}

describe('containers of Docker 20.10 (API 1.41)', () => {
  const folder = 'docker-20.10';
  const rows = listed(folder);

  test('have their names and states in the list, and notes where the list tells them', () => {
    expect([...rows.values()].map(({ name, state, stateNote }) => [name, state, stateNote?.key])).toEqual([
      ['posada-test-oom', 'stopped', undefined],
      ['posada-test-failed', 'stopped', undefined],
      ['posada-test-frozen', 'paused', undefined],
      ['posada-test-new', 'stopped', 'state.note.created'],
      ['posada-test-web', 'running', undefined],
    ]);
    for (const row of rows.values()) expect(guestSchema.safeParse(row).error, row.name).toBeUndefined();
  });

  test('have the addresses of all networks and the ports that are published', () => {
    const expected = {
      id: `${engine}/web-1`,
      nativeId: '97266037807f54a4ac601a0f0ee4a807bd6d1e5717a619f8be27672b38082c0a',
      name: 'posada-test-web',
      state: 'running',
      image: 'posada-test-web',
      addresses: ['172.17.0.2', '172.19.0.2', 'fd00:7e57::2'],
      ports: [
        { hostAddress: '127.0.0.1', hostPort: 18080, guestPort: 80, protocol: 'tcp' },
        { hostAddress: '0.0.0.0', hostPort: 18081, guestPort: 81, protocol: 'udp' },
        { hostAddress: '::', hostPort: 18081, guestPort: 81, protocol: 'udp' },
      ],
      createdAt: Date.parse('2026-11-23T09:33:08Z'),
    };
    expect(rows.get('posada-test-web')).toMatchObject(expected);
    expect(inspected(folder, 'web')).toMatchObject({
      ...expected,
      stateNote: { key: 'state.note.healthy' },
      cpus: 0.5,
      memoryLimit: 64 * 1024 ** 2,
      startedAt: Date.parse('2026-11-23T09:33:09.337Z'),
    });
  });

  test('that have ended tell how: exit code, or out of memory', () => {
    expect(inspected(folder, 'failed')).toMatchObject({
      state: 'stopped',
      stateNote: { key: 'state.note.exitCode', params: { code: 3 } },
      addresses: [],
      // A quarter of a processor by quota, with the kernel's own period.
      cpus: 0.25,
    });
    expect(inspected(folder, 'oom')).toMatchObject({
      state: 'stopped',
      stateNote: { key: 'state.note.oomKilled' },
      memoryLimit: 8 * 1024 ** 2,
    });
    for (const file of ['failed', 'oom']) expect(inspected(folder, file)).not.toHaveProperty('startedAt');
  });

  test('that never started have no start time, and frozen ones have', () => {
    const fresh = inspected(folder, 'new');
    expect(fresh).toMatchObject({ state: 'stopped', stateNote: { key: 'state.note.created' } });
    expect(fresh).not.toHaveProperty('startedAt');
    const frozen = inspected(folder, 'frozen');
    expect(frozen).toMatchObject({ state: 'paused', startedAt: Date.parse('2026-11-23T09:33:10.266Z') });
    expect(frozen).not.toHaveProperty('stateNote');
  });

  test('are measured when they run and not when they do not', () => {
    const { cpu, sample } = measured(`${folder}/stats-web.json`);
    expect(cpu).toEqual({
      total: 197_600_383,
      system: 16_168_600_000_000,
      cpus: 2,
      at: Date.parse('2026-11-23T09:33:15.453Z'),
    });
    // The first reading has nothing to be compared with.
    expect(sample).toEqual({ guest: 'g', at: 7, memory: 761_856 });
    expect(measured(`${folder}/stats-new.json`).sample).toBeUndefined();
  });

  test('have events that touch rows, and many more that touch none', () => {
    const web = '97266037807f54a4ac601a0f0ee4a807bd6d1e5717a619f8be27672b38082c0a';
    const told = meanings(folder);
    // create, connect, start, connect, health_status, update; not one of its execs.
    expect(told.filter(({ nativeId }) => nativeId === web)).toEqual([
      { nativeId: web, changes: true, gone: false, label: 'web-1' },
      { nativeId: web, changes: true, gone: false },
      { nativeId: web, changes: true, gone: false, label: 'web-1' },
      { nativeId: web, changes: true, gone: false },
      { nativeId: web, changes: true, gone: false, label: 'web-1' },
      { nativeId: web, changes: true, gone: false, label: 'web-1' },
    ]);
    expect(told.filter(({ gone }) => gone).map(({ nativeId }) => nativeId.slice(0, 4))).toEqual(['6f2f']);
    const others = told.filter(({ nativeId }) => nativeId !== web).map(({ nativeId }) => nativeId.slice(0, 4));
    // new: create, rename, destroy; frozen: start, pause; failed: die, disconnect; oom: oom, die, disconnect.
    expect(others).toEqual(['6f2f', '1417', '1417', '0fbf', '0fbf', 'aef9', 'aef9', 'aef9', '6f2f', '6f2f']);
  });
});

describe.each(handWritten)('a container of %s', (folder) => {
  const id = '4f1c00000000000000000000000000000000000000000000000000000000beef';
  const expected = {
    id: `${engine}/web-1`,
    kind: 'container',
    nativeId: id,
    name: 'web',
    state: 'running',
    image: 'nginx:1.27',
    addresses: ['172.17.0.2', 'fd00:7e57::2'],
    // 443 is open inside but not published.
    ports: [
      { hostAddress: '0.0.0.0', hostPort: 8080, guestPort: 80, protocol: 'tcp' },
      { hostAddress: '::', hostPort: 8080, guestPort: 80, protocol: 'tcp' },
    ],
    createdAt: 1_764_000_000_000,
  };
  const details = { cpus: 1.5, memoryLimit: 512 * 1024 ** 2, startedAt: Date.parse('2025-11-24T16:00:01.5Z') };

  test('is the same row from the list and from an inspect', () => {
    const row = inspected(folder, 'web');
    expect(row).toMatchObject({ ...expected, ...details, stateNote: { key: 'state.note.healthy' } });
    expect(guestSchema.safeParse(row).error).toBeUndefined();
    const [item] = listedContainer.array().parse(fixture(`${folder}/list.json`));
    if (!item) throw new Error('an empty list');
    const known = detailsOf(inspectedContainer.parse(fixture(`${folder}/inspect-web.json`)));
    expect(guestFromList(item, known, context(folder))).toEqual(row);
  });

  test('has its health in the list from API 1.52 on', () => {
    const row = listed(folder).get('web');
    expect(row).toMatchObject(expected);
    expect(row?.stateNote?.key).toBe(folder === 'docker-api-1.44' ? undefined : 'state.note.healthy');
  });

  test('uses memory without inactive file cache, and processor time since the last reading', () => {
    const { stats, reading, cpu, sample } = measured(`${folder}/stats-web.json`);
    expect(sample).toEqual({ guest: 'g', at: 7, memory: 12 * 1024 ** 2 });
    if (!reading || !cpu) throw new Error('no reading');
    // Two seconds of four processors before, of which the container had half a second.
    const before = { ...cpu, total: cpu.total - 0.5e9, system: (cpu.system ?? 0) - 8e9, at: cpu.at - 2000 };
    const second = sampleOf('g' as GuestId, 9, stats, { ...reading, cpu: before }, reading);
    expect(second?.cpu).toBeCloseTo(25);
    expect(guestSample.safeParse(second).error).toBeUndefined();
  });

  test('has events that are read without the fields that 1.52 dropped', () => {
    const row = { nativeId: id, changes: true, gone: false };
    expect(meanings(folder)).toEqual([{ ...row, label: 'web-1' }, row]);
  });
});

describe('containers of Podman 4.3', () => {
  const folder = 'podman-4.3';
  const rows = listed(folder);

  test('have their names, states and ports', () => {
    expect([...rows.values()].map(({ name, state, stateNote }) => [name, state, stateNote?.key])).toEqual([
      ['posada-test-p1', 'running', undefined],
      ['posada-test-p2', 'stopped', 'state.note.created'],
      ['posada-test-fail', 'stopped', undefined],
      ['posada-test-ports', 'running', undefined],
    ]);
    for (const row of rows.values()) expect(guestSchema.safeParse(row).error, row.name).toBeUndefined();
    expect(rows.get('posada-test-ports')).toMatchObject({
      addresses: ['10.88.0.3'],
      // Podman leaves out the address of a port that is published on all.
      ports: [{ hostAddress: '0.0.0.0', hostPort: 18083, guestPort: 80, protocol: 'tcp' }],
    });
    expect(rows.get('posada-test-p1')).toMatchObject({ addresses: [], ports: [] });
  });

  test('tell exit code and limits, and no health where there is no check', () => {
    expect(inspected(folder, 'fail').stateNote).toEqual({ key: 'state.note.exitCode', params: { code: 3 } });
    const p1 = inspected(folder, 'p1');
    expect(p1).toMatchObject({
      name: 'posada-test-p1',
      state: 'running',
      image: 'localhost/posada-test-docker-engine:latest',
      memoryLimit: 64 * 1024 ** 2,
      startedAt: Date.parse('2026-11-23T09:31:31.608Z'),
    });
    expect(p1).not.toHaveProperty('stateNote');
    expect(p1).not.toHaveProperty('cpus');
  });

  test('are measured by the time that passed, since its system time leaves idle out', () => {
    const { stats, reading, cpu, sample } = measured(`${folder}/stats-p1.json`, true);
    expect(sample).toEqual({ guest: 'g', at: 7, memory: 2_297_856 });
    expect(cpu).toMatchObject({ total: 60_588_437, system: undefined, cpus: 2 });
    if (!reading || !cpu) throw new Error('no reading');
    const before = { ...cpu, total: cpu.total - 20e6, at: cpu.at - 2000 };
    expect(sampleOf('g' as GuestId, 9, stats, { ...reading, cpu: before }, reading)?.cpu).toBeCloseTo(1);
  });
});

describe('the API version', () => {
  test.each([
    ['docker-20.10', '1.41'],
    ['docker-api-1.44', '1.44'],
    ['docker-api-1.52', '1.52'],
    ['docker-api-1.53', '1.53'],
    ['podman-4.3', '1.41'],
  ])('of %s is %s', (folder, speaks) => {
    const { ApiVersion, MinAPIVersion } = engineVersion.parse(fixture(`${folder}/version.json`));
    expect(MinAPIVersion).toBeTruthy();
    expect(negotiate(ApiVersion, MinAPIVersion ?? undefined)).toEqual({ speaks });
  });

  test('is spoken as it is from 1.40 to 1.53', () => {
    expect([oldestApi, newestApi]).toEqual(['1.40', '1.53']);
    for (let minor = 40; minor <= 53; minor += 1) {
      expect(negotiate(`1.${minor}`, '1.24')).toEqual({ speaks: `1.${minor}` });
    }
  });

  test('of a newer engine is ours, as long as the engine still speaks it', () => {
    expect(negotiate('1.60', '1.53')).toEqual({ speaks: '1.53' });
    expect(negotiate('1.100')).toEqual({ speaks: '1.53' });
    expect(negotiate('1.60', '1.54')).toEqual({ tooNew: { version: '1.54' } });
  });

  test('below 1.40 is too old, and numbers are compared as numbers', () => {
    expect(negotiate('1.39', '1.12')).toEqual({ tooOld: { version: '1.39', minimum: '1.40' } });
    expect(negotiate('1.9')).toEqual({ tooOld: { version: '1.9', minimum: '1.40' } });
  });

  test.each(['', '1', 'v1.41', '1.41.0', '1.x', '1.41\n'])('is not %j', (text) => {
    expect(negotiate(text)).toBeUndefined();
    expect(negotiate('1.41', text)).toBeUndefined();
  });
});
