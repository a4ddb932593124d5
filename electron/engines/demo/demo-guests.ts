import type { Guest, GuestState, PublishedPort } from '../../../shared/guest.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { type Offering, offersFor } from './demo-verbs.ts';

const mib = 1024 ** 2;

const machines = [
  { name: 'web', image: 'Debian 12', cpus: 2, memory: 2048 },
  { name: 'db', image: 'Ubuntu 24.04', cpus: 4, memory: 8192 },
  { name: 'ci-runner', image: 'Fedora 42', cpus: 4, memory: 4096 },
  { name: 'win-test', image: 'Windows 11', cpus: 4, memory: 8192 },
  { name: 'router', image: 'FreeBSD 14', cpus: 1, memory: 512 },
] as const;

const containers = [
  { name: 'proxy', image: 'nginx:1.29', port: 80 },
  { name: 'cache', image: 'redis:8', port: 6379 },
  { name: 'postgres', image: 'postgres:18', port: 5432 },
  { name: 'api', image: 'registry.example/shop/api:2.4.1', port: 8080 },
  { name: 'worker', image: 'registry.example/shop/worker:2.4.1', port: undefined },
] as const;

/**
 * Makes guests that look like a developer's machine, always the same ones for the same number.
 * @param count how many; every other one is a container
 */
export function makeDemoGuests(engine: EngineId, count: number): Guest[] {
  return Array.from({ length: count }, (_, index) => {
    const number = Math.floor(index / 10) + 1;
    return index % 2 === 0 ? makeMachine(engine, index, number) : makeContainer(engine, index, number);
  });
}

const gib = 1024 ** 3;
const projects = ['shop', 'blog', undefined] as const;
const tagSets = [['prod'], ['test', 'db'], [], ['lesson-1'], []] as const;

function makeMachine(engine: EngineId, index: number, number: number): Guest {
  const model = pick(machines, index / 2);
  const state: GuestState =
    index % 14 === 8 ? 'paused' : index % 6 === 4 ? (index % 4 === 0 ? 'saved' : 'stopped') : 'running';
  const snapshots = index === 0 ? 4 : index % 5 === 0 ? 3 : undefined;
  const on = state === 'running' || state === 'paused';
  return withOffers({
    ...common(engine, 'vm', index, state),
    name: `${model.name}-${number}`,
    ...(index % 8 === 2 && { title: 'For the Tuesday class' }),
    nativeId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    image: model.image,
    virtualization: index % 10 === 6 ? 'emulation' : 'full',
    domainType: index % 10 === 6 ? 'qemu' : 'kvm',
    startup: { by: 'autostart', on: index % 4 === 0 },
    ...(snapshots && { snapshots }),
    addresses: on ? [`192.168.${122 + (index >> 8)}.${(index % 250) + 2}`] : [],
    ports: [],
    cpus: model.cpus,
    memoryLimit: model.memory * mib,
    memoryCurrent: model.memory * mib,
    disk: { size: 20 * gib, used: (2 + (index % 9)) * gib },
  });
}

function makeContainer(engine: EngineId, index: number, number: number): Guest {
  const model = pick(containers, (index - 1) / 2);
  const state: GuestState = index % 9 === 5 ? 'stopped' : 'running';
  const published: PublishedPort[] =
    state === 'running' && model.port !== undefined
      ? [{ hostAddress: '0.0.0.0', hostPort: 20_000 + index, guestPort: model.port, protocol: 'tcp' }]
      : [];
  const project = pick(projects, number);
  const exitCode = index % 4 === 1 ? 137 : 0;
  return withOffers({
    ...common(engine, 'container', index, state),
    name: `${model.name}-${number}`,
    nativeId: index.toString(16).padStart(64, '0'),
    image: model.image,
    virtualization: 'os-level',
    domainType: 'runc',
    startup: { by: 'restartPolicy', policy: index % 3 === 0 ? 'unless-stopped' : 'no' },
    ...(project && { project, service: model.name }),
    ...(state === 'running' && index % 7 === 1 && { health: 'healthy' as const }),
    addresses: state === 'running' ? [`172.18.${index >> 8}.${(index % 250) + 2}`] : [],
    ports: published,
    memoryLimit: 512 * mib,
    ...(state === 'stopped' && { exitCode, stateNote: say('state.note.exitCode', { code: exitCode }) }),
  });
}

function withOffers(guest: Omit<Guest, 'offers'>): Guest {
  return { ...guest, offers: offersFor(guest satisfies Offering) };
}

function common(engine: EngineId, kind: Guest['kind'], index: number, state: GuestState) {
  const createdAt = Date.now() - (index + 1) * 3_600_000;
  return {
    id: `${engine}/${index}` as GuestId,
    engine,
    kind,
    state,
    tags: [...pick(tagSets, index)],
    protected: index % 11 === 3,
    transient: false,
    createdAt,
    ...((state === 'running' || state === 'paused') && { startedAt: createdAt + 60_000 }),
  };
}

function pick<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}
