import type { Failure } from '../../../shared/failure.ts';
import type { Guest, GuestState, PublishedPort } from '../../../shared/guest.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import { brokenOffers, offersFor } from './container-verbs.ts';
import type { InspectedContainer, ListedContainer } from './wire.ts';

/** A container with this label is the guest that the label names, whatever its engine's id is. */
export const guestLabel = 'io.posada.guest';

/** What a row needs beside what the engine told. */
export interface GuestContext {
  readonly engine: EngineId;
  readonly podman: boolean;
  guestFor(nativeId: string, label?: string): GuestId;
}

/** What only an inspect tells. */
export interface ContainerDetails {
  /** The status that they belong to: notes of an ended run must not stick to a running container. */
  readonly status: string;
  readonly startedAt?: number;
  readonly exitCode?: number;
  readonly oomKilled: boolean;
  readonly health?: string;
  readonly image?: string;
  readonly cpus?: number;
  readonly memoryLimit?: number;
}

interface Basics {
  readonly nativeId: string;
  readonly name: string;
  readonly status: string;
  readonly label: string | undefined;
  readonly image: string | undefined;
  readonly createdAt: number | undefined;
  readonly addresses: string[];
  readonly ports: PublishedPort[];
  readonly health: string | undefined;
}

/** A row from the list, with what an earlier inspect told where that still holds. */
export function guestFromList(item: ListedContainer, details: ContainerDetails | undefined, on: GuestContext): Guest {
  const basics: Basics = {
    nativeId: item.Id,
    name: nameOf(item),
    status: item.State,
    label: item.Labels?.[guestLabel],
    image: item.Image ?? undefined,
    createdAt: item.Created * 1000,
    addresses: addressesOf(item.NetworkSettings?.Networks),
    ports: tidyPorts(
      (item.Ports ?? []).map((port) => ({
        hostAddress: port.IP ?? '',
        hostPort: port.PublicPort ?? 0,
        guestPort: port.PrivatePort,
        protocol: port.Type,
      })),
    ),
    health: item.Health?.Status,
  };
  return toGuest(basics, details, on);
}

/** A row from an inspect, which tells everything. */
export function guestFromInspect(info: InspectedContainer, on: GuestContext): Guest {
  const created = Date.parse(info.Created);
  const basics: Basics = {
    nativeId: info.Id,
    name: info.Name.replace(/^\//, ''),
    status: info.State.Status,
    label: info.Config.Labels?.[guestLabel],
    image: info.Config.Image ?? undefined,
    // To the second, as the list has it: else every row would change when it is inspected.
    createdAt: Number.isNaN(created) ? undefined : Math.floor(created / 1000) * 1000,
    addresses: addressesOf(info.NetworkSettings?.Networks),
    ports: tidyPorts(
      Object.entries(info.NetworkSettings?.Ports ?? {}).flatMap(([inside, bindings]) => {
        const [port, protocol = ''] = inside.split('/');
        return (bindings ?? []).map((binding) => ({
          hostAddress: binding.HostIp ?? '',
          hostPort: Number(binding.HostPort ?? 0),
          guestPort: Number(port),
          protocol,
        }));
      }),
    ),
    health: info.State.Health?.Status,
  };
  return toGuest(basics, detailsOf(info), on);
}

export function detailsOf(info: InspectedContainer): ContainerDetails {
  const { State: state, HostConfig: host, Config: config } = info;
  const startedAt = Date.parse(state.StartedAt ?? '');
  const cpus = host.NanoCpus ? host.NanoCpus / 1e9 : host.CpuQuota && host.CpuQuota > 0 ? quota(host) : undefined;
  return {
    status: state.Status,
    oomKilled: state.OOMKilled === true,
    // Go's zero time is the year 1: never started.
    ...(startedAt > 0 && { startedAt }),
    ...(typeof state.ExitCode === 'number' && { exitCode: state.ExitCode }),
    ...(state.Health && { health: state.Health.Status }),
    ...(config.Image && { image: config.Image }),
    ...(cpus !== undefined && { cpus }),
    ...(host.Memory && host.Memory > 0 && { memoryLimit: host.Memory }),
  };
}

function quota(host: InspectedContainer['HostConfig']): number {
  // 100 ms is the kernel's period when none is set.
  return (host.CpuQuota ?? 0) / (host.CpuPeriod || 100_000);
}

/** A row for a container of which nothing could be read but its id. */
export function brokenGuest(nativeId: string, name: string, failure: Failure, on: GuestContext): Guest {
  return {
    id: on.guestFor(nativeId),
    engine: on.engine,
    kind: 'container',
    nativeId,
    name,
    state: 'unknown',
    tags: [],
    protected: false,
    transient: false,
    failure,
    addresses: [],
    ports: [],
    offers: brokenOffers(),
  };
}

function toGuest(basics: Basics, known: ContainerDetails | undefined, on: GuestContext): Guest {
  const state = stateOf(basics.status);
  const current = known?.status === basics.status ? known : undefined;
  const note = noteOf(basics.status, current, basics.health);
  const on_ = state === 'running' || state === 'paused';
  const startedAt = on_ ? current?.startedAt : undefined;
  const image = known?.image ?? basics.image;
  return {
    id: on.guestFor(basics.nativeId, basics.label),
    engine: on.engine,
    kind: 'container',
    nativeId: basics.nativeId,
    name: basics.name,
    state,
    tags: [],
    protected: false,
    transient: false,
    ...(note && { stateNote: note }),
    ...(image !== undefined && { image }),
    addresses: basics.addresses,
    ports: basics.ports,
    ...(known?.cpus !== undefined && { cpus: known.cpus }),
    ...(known?.memoryLimit !== undefined && { memoryLimit: known.memoryLimit }),
    ...(basics.createdAt !== undefined && { createdAt: basics.createdAt }),
    ...(startedAt !== undefined && { startedAt }),
    offers: offersFor(state, on.podman),
  };
}

/** `configured`, `initialized`, `stopped` and `stopping` are Podman's. */
const states: Readonly<Record<string, GuestState>> = {
  created: 'stopped',
  configured: 'stopped',
  initialized: 'stopped',
  exited: 'stopped',
  stopped: 'stopped',
  dead: 'stopped',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'stopping',
  stopping: 'stopping',
};

function stateOf(status: string): GuestState {
  return (Object.hasOwn(states, status) && states[status]) || 'unknown';
}

const healthNotes: Readonly<Record<string, MainMessageKey>> = {
  healthy: 'state.note.healthy',
  unhealthy: 'state.note.unhealthy',
  starting: 'state.note.healthStarting',
};

function noteOf(status: string, details: ContainerDetails | undefined, listedHealth?: string): Message | undefined {
  switch (status) {
    case 'created':
    case 'configured':
    case 'initialized':
      return say('state.note.created');
    case 'dead':
      return say('state.note.dead');
    case 'removing':
      return say('state.note.removing');
    case 'running': {
      const health = listedHealth ?? details?.health ?? '';
      const key = Object.hasOwn(healthNotes, health) ? healthNotes[health] : undefined;
      return key && say(key);
    }
    case 'exited':
    case 'stopped':
    case 'restarting':
      if (details?.oomKilled) return say('state.note.oomKilled');
      return details?.exitCode ? say('state.note.exitCode', { code: details.exitCode }) : undefined;
    default:
      return undefined;
  }
}

/** Names are `/web`, and for old links `/other/alias`: the one with a single slash is its own. */
function nameOf(item: ListedContainer): string {
  const names = item.Names ?? [];
  const own = names.find((name) => !name.slice(1).includes('/')) ?? names[0];
  return own?.replace(/^\//, '') || item.Id.slice(0, 12);
}

type Networks = NonNullable<ListedContainer['NetworkSettings']>['Networks'];

function addressesOf(networks: Networks): string[] {
  const found = Object.values(networks ?? {}).flatMap((network) => [network?.IPAddress, network?.GlobalIPv6Address]);
  return [...new Set(found.filter((address): address is string => Boolean(address)))];
}

const protocols: readonly string[] = ['tcp', 'udp', 'sctp'] satisfies PublishedPort['protocol'][];

/** Drops what is not published and puts the rest in one order, so that list and inspect give the same row. */
function tidyPorts(ports: (Omit<PublishedPort, 'protocol'> & { protocol: string })[]): PublishedPort[] {
  const published = ports.filter(
    (port): port is PublishedPort =>
      isPort(port.hostPort) && port.hostPort > 0 && isPort(port.guestPort) && protocols.includes(port.protocol),
  );
  const byText = new Map(
    published.map((port) => {
      const full = { ...port, hostAddress: port.hostAddress || '0.0.0.0' };
      return [`${full.guestPort}/${full.protocol} ${full.hostAddress} ${full.hostPort}`, full];
    }),
  );
  return [...byText.values()].sort(
    (a, b) => a.guestPort - b.guestPort || a.hostPort - b.hostPort || compareText(a.hostAddress, b.hostAddress),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}
