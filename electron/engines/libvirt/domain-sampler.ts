import type { GuestId } from '../../../shared/ids.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import {
  allDomainStats,
  type DomainStats,
  errorCode,
  LibvirtError,
  type LibvirtHost,
  numberParam,
  type RpcConnection,
  type remote_nonnull_domain,
  statsGroup,
} from './client/index.ts';
import { tooLate, within } from './deadline.ts';
import { type Traffic, trafficOf, trafficRates } from './domain-traffic.ts';

const groups = statsGroup.cpuTotal | statsGroup.balloon | statsGroup.interface | statsGroup.block;
const kib = 1024;
/** A domain that was not measured for so long (milliseconds) is forgotten; all of them are measured more often. */
const forgetMs = 60_000;

/** One reading: when it came (while a guest hangs, the others' come one by one), CPU time in nanoseconds, bytes. */
interface Reading {
  readonly at: number;
  /** libvirt's id of the run that was measured. */
  readonly run: number;
  readonly cpuTime?: number | undefined;
  readonly memory?: number | undefined;
  readonly resident?: number | undefined;
  readonly traffic?: Traffic | undefined;
}

/** Times in milliseconds. */
export interface SamplerTimes {
  /** A poll that takes longer has met a guest that hangs. */
  readonly poll: number;
  /** How long a single guest may take while the culprit is looked for. */
  readonly single: number;
}

/**
 * Measures domains in one call that waits for no busy domain. A guest that hangs (its process stopped) would hold the
 * whole poll up for ever: it is found on a spare connection and left out until it answers.
 */
export class DomainSampler {
  readonly #host: LibvirtHost;
  readonly #times: SamplerTimes;
  readonly #last = new Map<GuestId, { at: number; run: number; cpuTime: number }>();
  readonly #lastTraffic = new Map<GuestId, { at: number; run: number; traffic: Traffic }>();
  readonly #hanging = new Set<GuestId>();
  /** False where the driver has no such statistics (test, LXC): each domain is asked for itself. */
  #bulk = true;
  /** True once any domain has told what its process holds: one that does not is busy, and its figures are not known. */
  #tellsResident = false;

  constructor(host: LibvirtHost, times: SamplerTimes = { poll: 5000, single: 1500 }) {
    this.#host = host;
    this.#times = times;
  }

  /** Guests that do not answer now. */
  get hanging(): ReadonlySet<GuestId> {
    return this.#hanging;
  }

  async sample(domains: ReadonlyMap<GuestId, remote_nonnull_domain>): Promise<GuestSample[]> {
    const wanted = new Map([...domains].filter(([id]) => !this.#hanging.has(id)));
    if (wanted.size === 0) return [];
    const forget = Date.now() - forgetMs;
    for (const last of [this.#last, this.#lastTraffic])
      for (const [id, { at }] of last) if (at < forget) last.delete(id);
    const answer = await within(this.#read(this.#host.polling, wanted), this.#times.poll);
    const readings = answer === tooLate ? await this.#findHanging(wanted) : answer;
    return [...readings].map(([id, reading]) => this.#toSample(id, reading));
  }

  #toSample(guest: GuestId, { at, run, cpuTime, memory, resident, traffic }: Reading): GuestSample {
    const before = this.#last.get(guest);
    if (cpuTime !== undefined) this.#last.set(guest, { at, run, cpuTime });
    // A guest that was started again counts from nothing: no figure until there are two of the same run.
    const usable = before?.run === run && cpuTime !== undefined && at > before.at && cpuTime >= before.cpuTime;
    const cpu = usable ? (cpuTime - before.cpuTime) / 1e4 / (at - before.at) : undefined;
    return {
      guest,
      at,
      ...(cpu !== undefined && { cpu }),
      ...(memory !== undefined && { memory }),
      ...(resident !== undefined && { memoryResident: resident }),
      ...(traffic && this.#rates(guest, at, run, traffic)),
    };
  }

  #rates(guest: GuestId, at: number, run: number, traffic: Traffic): Traffic {
    const before = this.#lastTraffic.get(guest);
    this.#lastTraffic.set(guest, { at, run, traffic });
    return before?.run === run ? trafficRates(before.traffic, traffic, at - before.at) : {};
  }

  async #read(
    connection: RpcConnection,
    domains: ReadonlyMap<GuestId, remote_nonnull_domain>,
  ): Promise<Map<GuestId, Reading>> {
    if (this.#bulk) {
      try {
        const byUuid = new Map([...domains].map(([id, dom]) => [dom.uuid, id]));
        const stats = await allDomainStats(connection, groups, [...domains.values()]);
        this.#tellsResident ||= stats.some(({ params }) => numberParam(params, 'balloon.rss') !== undefined);
        const readings = stats.flatMap((each): [GuestId, Reading][] => {
          const id = byUuid.get(each.uuid);
          return id ? [[id, fromStats(each, this.#tellsResident)]] : [];
        });
        const known = readings.length === 0 || readings.some(([, { memory }]) => memory !== undefined);
        if (known || this.#tellsResident) return new Map(readings);
        this.#bulk = false;
      } catch (error) {
        if (!(error instanceof LibvirtError)) throw error;
        // One of the domains has gone between the list and the poll: those that are left are asked one by one.
        if (error.code === errorCode.noSupport) this.#bulk = false;
      }
    }
    const readings = await Promise.all(
      [...domains].map(async ([id, dom]): Promise<[GuestId, Reading] | undefined> => {
        try {
          const { cpuTime, memory } = await connection.call('DOMAIN_GET_INFO', { dom });
          return [id, { at: Date.now(), run: dom.id, cpuTime: Number(cpuTime), memory: Number(memory) * kib }];
        } catch (error) {
          if (error instanceof LibvirtError) return undefined;
          throw error;
        }
      }),
    );
    return new Map(readings.filter((each) => each !== undefined));
  }

  /** Asks one by one on a connection of its own; who does not answer in time hangs until its answer comes after all. */
  async #findHanging(domains: ReadonlyMap<GuestId, remote_nonnull_domain>): Promise<Map<GuestId, Reading>> {
    const found = new Map<GuestId, Reading>();
    let spare = await this.#host.spare();
    for (const [id, dom] of domains) {
      const asked = this.#read(spare, new Map([[id, dom]]));
      const answer = await within(asked, this.#times.single);
      if (answer !== tooLate) {
        for (const [each, reading] of answer) found.set(each, reading);
        continue;
      }
      this.#hanging.add(id);
      const stuck = spare;
      const back = (): void => {
        this.#hanging.delete(id);
        this.#host.release(stuck);
      };
      asked.then(back, back);
      spare = await this.#host.spare();
    }
    this.#host.release(spare);
    return found;
  }
}

/**
 * Memory that the guest uses: what its balloon driver calls available less what it calls usable, where it tells; else
 * what its process holds; else, with a driver that never tells that, what it was given.
 */
function fromStats({ id, params }: DomainStats, tellsResident: boolean): Reading {
  const amount = (key: string): number | undefined => {
    const value = numberParam(params, `balloon.${key}`);
    return value === undefined ? undefined : value * kib;
  };
  const available = amount('available');
  const free = amount('usable') ?? amount('unused');
  const resident = amount('rss');
  const used = available !== undefined && free !== undefined ? Math.max(0, available - free) : undefined;
  const cpuTime = numberParam(params, 'cpu.time');
  const given = tellsResident ? undefined : amount('current');
  const memory = used ?? resident ?? given;
  return { at: Date.now(), run: id, cpuTime, memory, resident, traffic: trafficOf(params) };
}
