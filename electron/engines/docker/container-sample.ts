import type { GuestId } from '../../../shared/ids.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import type { ContainerStats } from './wire.ts';

/** One reading, kept so that the next one has something to be compared with. */
export interface CpuReading {
  /** CPU time of the container in nanoseconds. */
  readonly total: number;
  /** CPU time of all processors of the host together, idle included, in nanoseconds. Docker only. */
  readonly system: number | undefined;
  readonly cpus: number;
  /** When the engine read it, in milliseconds. */
  readonly at: number;
}

/** Older readings are of no use: their average says nothing about now. */
const stalestMs = 60_000;

/** @param podman whose `system_cpu_usage` leaves idle time out and is of no use */
export function readCpu(stats: ContainerStats, podman: boolean): CpuReading | undefined {
  const total = stats.cpu_stats?.cpu_usage?.total_usage;
  const at = Date.parse(stats.read);
  if (typeof total !== 'number' || Number.isNaN(at)) return undefined;
  const system = podman ? undefined : (stats.cpu_stats?.system_cpu_usage ?? undefined);
  return { total, system, cpus: stats.cpu_stats?.online_cpus || 1, at };
}

/**
 * CPU in percent of one core between two readings, as `docker stats` counts: share of the host's CPU time × processors.
 * Where the host's time is not told, the time that passed stands in for it.
 * @returns undefined for the first reading, after a restart (counters fall) and when no time has passed
 */
export function cpuPercent(before: CpuReading | undefined, now: CpuReading): number | undefined {
  if (!before || now.at - before.at > stalestMs) return undefined;
  const used = now.total - before.total;
  if (used < 0) return undefined;
  if (now.system !== undefined && before.system !== undefined) {
    const passed = now.system - before.system;
    return passed > 0 ? (used / passed) * now.cpus * 100 : undefined;
  }
  const passed = (now.at - before.at) * 1e6;
  return passed > 0 ? (used / passed) * 100 : undefined;
}

/**
 * Memory in use in bytes as `docker stats` counts it (docker/cli, stats_helpers.go): usage without inactive file cache.
 * cgroup v1 names that `total_inactive_file`, v2 `inactive_file`.
 */
export function memoryInUse(stats: ContainerStats): number | undefined {
  const usage = stats.memory_stats?.usage;
  if (typeof usage !== 'number') return undefined;
  const cache = stats.memory_stats?.stats;
  const inactive = cache?.total_inactive_file ?? cache?.inactive_file ?? 0;
  return inactive < usage ? usage - inactive : usage;
}

const traffics = ['diskRead', 'diskWrite', 'networkReceive', 'networkSend'] as const;

/** Bytes since the container's start, where they are counted. */
export type TrafficCounters = Readonly<Partial<Record<(typeof traffics)[number], number>>>;

/**
 * Adds up devices and interfaces. cgroup v1 counts what has gone past the page cache only, and where the kernel counts
 * nothing the list is empty: that is not told as 0.
 */
export function readTraffic(stats: ContainerStats): TrafficCounters {
  const disk = (op: string): number | undefined =>
    sum(
      (stats.blkio_stats?.io_service_bytes_recursive ?? []).flatMap((entry) => (is(entry.op, op) ? [entry.value] : [])),
    );
  const interfaces = Object.values(stats.networks ?? {});
  const found = {
    diskRead: disk('read'),
    diskWrite: disk('write'),
    networkReceive: sum(interfaces.flatMap((each) => each.rx_bytes ?? [])),
    networkSend: sum(interfaces.flatMap((each) => each.tx_bytes ?? [])),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function is(told: string, op: string): boolean {
  return told.toLowerCase() === op;
}

function sum(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((all, one) => all + one, 0) : undefined;
}

/** All that one answer tells and the next one is compared with. */
export interface Reading {
  readonly cpu: CpuReading;
  readonly traffic: TrafficCounters;
}

/** @param podman as readCpu() takes it */
export function readingOf(stats: ContainerStats, podman: boolean): Reading | undefined {
  const cpu = readCpu(stats, podman);
  return cpu && { cpu, traffic: readTraffic(stats) };
}

/** Bytes per second between two readings; what was not counted in both, or fell (a restart, a network less), is left out. */
function rates(before: Reading | undefined, now: Reading | undefined): TrafficCounters {
  if (!before || !now) return {};
  const seconds = (now.cpu.at - before.cpu.at) / 1000;
  if (seconds <= 0 || seconds * 1000 > stalestMs) return {};
  return Object.fromEntries(
    traffics.flatMap((name) => {
      const [first, second] = [before.traffic[name], now.traffic[name]];
      return first === undefined || second === undefined || second < first ? [] : [[name, (second - first) / seconds]];
    }),
  );
}

/** The sample of one answer; undefined when it measures nothing, as for a container that is not running. */
export function sampleOf(
  guest: GuestId,
  askedAt: number,
  stats: ContainerStats,
  before: Reading | undefined,
  now: Reading | undefined,
): GuestSample | undefined {
  const memory = memoryInUse(stats);
  const cpu = now && cpuPercent(before?.cpu, now.cpu);
  if (memory === undefined && cpu === undefined) return undefined;
  return {
    ...{ guest, at: askedAt },
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...rates(before, now),
  };
}
