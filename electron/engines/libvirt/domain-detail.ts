import type { VmDetail, VmDisk, VmInterface } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { type FoundAddress, readAllAddresses } from './addresses.ts';
import { LibvirtError, type LibvirtHost, type RpcConnection, type remote_nonnull_domain } from './client/index.ts';
import { tooLate } from './deadline.ts';
import { type DiskSizes, fileSizes, runningDisks, volumeSizes } from './disk-looks.ts';
import { readDefinitions } from './domain-configuration.ts';
import { localMounts, type MountSurroundings, NetworkMounts } from './network-mounts.ts';
import { SideCalls } from './side-calls.ts';
import { type DefinedDisk, definedDisks, definedGraphics, definedInterfaces } from './xml/devices.ts';
import { agentOf, machineFacts } from './xml/machine.ts';
import { child, type Node, parseDomain } from './xml/nodes.ts';
import { hasPendingChanges } from './xml/pending-changes.ts';
import { volumeFacts } from './xml/volume.ts';

/** How long (milliseconds) one disk, one agent or the snapshots may take: a guest that hangs tells the rest. */
const singleMs = 3000;
/** More links in a chain than a person reads. */
const longestChain = 50;

/** Reads all that is known of one domain. What hangs or cannot be asked is left out; the definition must be there. */
export class DomainDetails {
  readonly #host: LibvirtHost;
  readonly #agents: SideCalls;
  readonly #disks: SideCalls;
  readonly #mounts: MountSurroundings;

  constructor(host: LibvirtHost, mounts: MountSurroundings = localMounts) {
    this.#host = host;
    this.#agents = new SideCalls(host, singleMs);
    this.#disks = new SideCalls(host, singleMs);
    this.#mounts = mounts;
  }

  /** @throws LibvirtError for a domain that is gone, Error for a definition that cannot be read */
  async read(guest: GuestId, known: remote_nonnull_domain): Promise<VmDetail> {
    const { events } = this.#host;
    // Its id changes with each start, and says whether it runs.
    const { dom } = await events.call('DOMAIN_LOOKUP_BY_UUID', { uuid: known.uuid });
    const { now, next } = await readDefinitions(events, dom);
    const domain = parseDomain(now);
    const [disks, addresses, currentSnapshot] = await Promise.all([
      this.#readDisks(dom, domain),
      dom.id < 0 ? [] : this.#readAddresses(dom, domain),
      this.#currentSnapshot(dom),
    ]);
    return {
      kind: 'vm',
      guest,
      ...machineFacts(domain),
      disks,
      interfaces: withAddresses(definedInterfaces(domain), addresses),
      graphics: definedGraphics(domain),
      ...(currentSnapshot !== undefined && { currentSnapshot }),
      pendingChanges: next !== undefined && hasPendingChanges(domain, parseDomain(next)),
    };
  }

  #readAddresses(dom: remote_nonnull_domain, domain: Node): Promise<readonly FoundAddress[]> {
    const hasAgent = agentOf(child(domain, 'devices')) === 'connected';
    return readAllAddresses(this.#host.events, this.#agents, dom, hasAgent);
  }

  /** Snapshots are known to the daemon, but behind the lock of a domain that hangs. */
  async #currentSnapshot(dom: remote_nonnull_domain): Promise<string | undefined> {
    return this.#ask(async (spare) => {
      const { snap } = await spare.call('DOMAIN_SNAPSHOT_CURRENT', { dom, flags: 0 });
      return snap.name;
    });
  }

  async #readDisks(dom: remote_nonnull_domain, domain: Node): Promise<VmDisk[]> {
    const mounts = new NetworkMounts(this.#mounts);
    const running = dom.id < 0 ? undefined : ((await runningDisks(this.#disks, dom)) ?? new Map<string, DiskSizes>());
    return Promise.all(
      definedDisks(domain).map(async ({ path, volume, ...disk }): Promise<VmDisk> => {
        // While it runs, the definition tells the whole chain.
        if (running) return { ...disk, ...shownSizes(running.get(disk.target)) };
        if (path !== undefined && (await mounts.mayHang(path))) return disk;
        const [sizes, chain] = await Promise.all([
          this.#sizes(dom, path, volume),
          disk.backing.length > 0 ? disk.backing : this.#chain(path, mounts),
        ]);
        return { ...disk, backing: [...chain], ...shownSizes(sizes) };
      }),
    );
  }

  async #sizes(
    dom: remote_nonnull_domain,
    path: string | undefined,
    volume: DefinedDisk['volume'],
  ): Promise<DiskSizes | undefined> {
    if (path !== undefined) return this.#ask((spare) => fileSizes(spare, dom, path));
    return volume && this.#ask((spare) => volumeSizes(spare, volume.pool, volume.name));
  }

  /** What is below a file, nearest first, as far as the files are volumes of active pools. */
  async #chain(path: string | undefined, mounts: NetworkMounts): Promise<string[]> {
    const chain: string[] = [];
    for (let at = path; at !== undefined && chain.length < longestChain; ) {
      const file = at;
      if (await mounts.mayHang(file)) break;
      at = await this.#ask((spare) => backingOf(spare, file));
      if (at === undefined || at === path || chain.includes(at)) break;
      chain.push(at);
    }
    return chain;
  }

  /** What came in time and without a refusal. */
  async #ask<T>(question: (spare: RpcConnection) => Promise<T>): Promise<T | undefined> {
    const answer = await orElse<T | typeof tooLate>(this.#disks.ask(question), tooLate);
    return answer === tooLate ? undefined : answer;
  }
}

async function backingOf(connection: RpcConnection, path: string): Promise<string | undefined> {
  const { vol } = await connection.call('STORAGE_VOL_LOOKUP_BY_PATH', { path });
  const { xml } = await connection.call('STORAGE_VOL_GET_XML_DESC', { vol, flags: 0 });
  return volumeFacts(xml).backing;
}

async function orElse<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof LibvirtError) return otherwise;
    throw error;
  }
}

function shownSizes({ size, used }: DiskSizes = {}): Pick<VmDisk, 'capacity' | 'allocation'> {
  return { ...(size !== undefined && { capacity: size }), ...(used !== undefined && { allocation: used }) };
}

/** Each address with its interface; what names none is with the only one there is. */
function withAddresses(interfaces: readonly VmInterface[], found: readonly FoundAddress[]): VmInterface[] {
  return interfaces.map((each) => {
    const mine = found.filter(({ mac }) => (mac ? mac === each.mac.toLowerCase() : interfaces.length === 1));
    return { ...each, addresses: mine.map(({ address, from }) => ({ address, from })) };
  });
}
