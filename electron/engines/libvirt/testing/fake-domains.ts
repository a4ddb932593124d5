import { domainState, type LibvirtHost, listDomainsFlag, pausedReason, statsGroup } from '../client/index.ts';
import type { MountSurroundings } from '../network-mounts.ts';
import { type FakeAnswer, fakeConnection, fakeDomain, libvirtError } from './fakes.ts';

/** A host with stopped domains 1, 2, 3 (each with a disk /images/N), but for those that `running` names. */
export class FakeDomains {
  readonly running = new Set<number>();
  /** Those that are paused for an I/O error. */
  readonly failing = new Set<number>();
  readonly autostart = new Set<number>();
  /** What asking for the disk of a domain comes to; one that is not named here is there. */
  readonly disks = new Map<number, () => unknown>();
  /** What QEMU tells of the disk of a running domain. */
  readonly blocks = new Map<number, Readonly<Record<string, number>>>();
  diskErrors: readonly { disk: string; error: number }[] = [];
  readonly leases = new Map<number, string[]>();
  readonly definitions = new Map<number, string>();
  /** Where the folder /images leads. */
  imagesLink: string | undefined;
  readonly mounts: MountSurroundings = {
    mountTable: async () => '40 22 0:40 / /mnt/nas rw - nfs4 nas:/export rw,hard',
    linkTarget: async (file) => (file === '/images' ? this.imagesLink : undefined),
  };
  readonly events = fakeConnection((name, args) => this.#answer(name, args));
  readonly spare = fakeConnection((name, args) => this.#answer(name, args));

  get host(): LibvirtHost {
    return { events: this.events.connection, spare: async () => this.spare.connection } as unknown as LibvirtHost;
  }

  /** How often each procedure was called on a connection. */
  count(name: string, on: 'events' | 'spare' = 'events'): number {
    return this[on].calls.filter((call) => call.name === name).length;
  }

  readonly #answer: FakeAnswer = (name, args) => {
    const { dom, uuid } = args as { dom?: { id: number; uuid: string }; uuid?: string };
    const id = Number((uuid ?? dom?.uuid ?? '').slice(-2));
    switch (name) {
      case 'CONNECT_LIST_ALL_DOMAINS':
        return { domains: this.#flagged((args as { flags: number }).flags) };
      case 'DOMAIN_GET_AUTOSTART':
        return { autostart: this.autostart.has(id) ? 1 : 0 };
      case 'DOMAIN_GET_DISK_ERRORS':
        return { errors: this.diskErrors, nerrors: this.diskErrors.length };
      case 'CONNECT_GET_ALL_DOMAIN_STATS':
        if ((args as { stats: number }).stats === statsGroup.block) {
          const [asked] = (args as { doms: { id: number }[] }).doms;
          return { retStats: [{ dom: fakeDomain(asked?.id ?? 0), params: this.#blocks(asked?.id ?? 0) }] };
        }
        return { retStats: [1, 2, 3].map((each) => ({ dom: fakeDomain(each), params: this.#stats(each) })) };
      case 'DOMAIN_LOOKUP_BY_UUID':
        return { dom: fakeDomain(id) };
      case 'DOMAIN_GET_STATE':
        return this.#state(id);
      case 'DOMAIN_GET_XML_DESC':
        return { xml: this.definitions.get(id) ?? definition(id) };
      case 'DOMAIN_GET_BLOCK_INFO':
        return this.disks.get(id)?.() ?? { capacity: 1000 * id, allocation: 100 * id, physical: 0 };
      case 'DOMAIN_INTERFACE_ADDRESSES':
        return { ifaces: [{ name: 'vnet0', addrs: (this.leases.get(id) ?? []).map((addr) => ({ addr })) }] };
      default:
        throw libvirtError(3); // flags too: a driver that has none
    }
  };

  #state(id: number): { state: number; reason: number } {
    if (this.failing.has(id)) return { state: domainState.paused, reason: pausedReason.ioError };
    return { state: this.running.has(id) ? domainState.running : domainState.shutoff, reason: 0 };
  }

  #stats(id: number) {
    return Object.entries(this.#state(id)).map(([field, value]) => ({
      field: `state.${field}`,
      value: { type: 1, value },
    }));
  }

  #flagged(flags: number) {
    return flags === listDomainsFlag.autostart ? [...this.autostart].map((id) => fakeDomain(id)) : [];
  }

  /** Figures of its one disk; none when it is busy. */
  #blocks(id: number) {
    const figures = this.blocks.get(id) ?? {};
    return [
      { field: 'block.count', value: { type: 2, value: 1 } },
      { field: 'block.0.name', value: { type: 7, value: 'vda' } },
      ...Object.entries(figures).map(([field, value]) => ({ field: `block.0.${field}`, value: { type: 4, value } })),
    ];
  }
}

/** The XML of a domain with a disk and an interface. */
export function definition(id: number): string {
  return `<domain type='qemu'><name>d${id}</name><vcpu>2</vcpu><devices><disk type='file' device='disk'>
    <source file='/images/${id}'/><target dev='vda'/></disk><interface type='network'/></devices></domain>`;
}
