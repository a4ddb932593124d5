import type { GuestAddress } from '../../../shared/guest-detail.ts';
import { isAddress } from '../ip-address.ts';
import { addressSource, LibvirtError, type RpcConnection, type remote_nonnull_domain } from './client/index.ts';
import { tooLate, within } from './deadline.ts';
import type { SideCalls } from './side-calls.ts';

/** Leases and the ARP table are the host's own and answer at once. */
const hostMs = 3000;

/** Who knows of an address, in the order in which they are asked. */
const sources = ['lease', 'agent', 'arp'] as const;

/** An address and how it is known. */
export interface FoundAddress extends GuestAddress {
  /** Hardware address of its interface, in lower case, where it is told. */
  readonly mac?: string;
}

/**
 * The addresses of a running domain: leases first, then what the agent inside says, then the host's ARP table. All by
 * libvirt calls, since the host may be another machine. None is no error: most guests have one a little later.
 * @param host the connection for what the host knows by itself
 * @param agents for questions to agents, which may take for ever
 * @returns those of the first that knows any
 */
export async function readAddresses(
  host: RpcConnection,
  agents: SideCalls,
  dom: remote_nonnull_domain,
  hasAgent: boolean,
): Promise<readonly string[]> {
  for (const source of sources) {
    if (source === 'agent' && !hasAgent) continue;
    const found = await askFor(source, host, agents, dom);
    if (found.length > 0) return [...new Set(found.map(({ address }) => address))];
  }
  return [];
}

/** The same from everybody who knows any: an address that two of them know is there twice. */
export async function readAllAddresses(
  host: RpcConnection,
  agents: SideCalls,
  dom: remote_nonnull_domain,
  hasAgent: boolean,
): Promise<readonly FoundAddress[]> {
  const asked = sources.filter((source) => source !== 'agent' || hasAgent);
  return (await Promise.all(asked.map((source) => askFor(source, host, agents, dom)))).flat();
}

async function askFor(
  from: GuestAddress['from'],
  host: RpcConnection,
  agents: SideCalls,
  dom: remote_nonnull_domain,
): Promise<FoundAddress[]> {
  const ask = (connection: RpcConnection) =>
    connection.call('DOMAIN_INTERFACE_ADDRESSES', { dom, source: addressSource[from], flags: 0 });
  if (from !== 'agent') return addressesOf(from, () => within(ask(host), hostMs));
  // Where no connection for it can be had, it is an agent that says nothing.
  return addressesOf(from, () => agents.ask(ask).catch(() => ({ ifaces: [] })));
}

/** What DOMAIN_INTERFACE_ADDRESSES answers, as far as it matters here. */
interface Interfaces {
  readonly ifaces: readonly {
    readonly name: string;
    readonly hwaddr?: string | null;
    readonly addrs: readonly { readonly addr: string }[];
  }[];
}

async function addressesOf(
  from: GuestAddress['from'],
  source: () => Promise<Interfaces | typeof tooLate>,
): Promise<FoundAddress[]> {
  try {
    const answer = await source();
    if (answer === tooLate) return [];
    const all = answer.ifaces
      .filter(({ name }) => name !== 'lo')
      .flatMap(({ hwaddr, addrs }) =>
        addrs
          .filter(({ addr }) => isAddress(addr))
          .map(({ addr }) => ({ address: addr, from, ...(hwaddr && { mac: hwaddr.toLowerCase() }) })),
      );
    // An interface's own link-local address reaches nothing by itself.
    return all.filter(({ address }) => !/^fe80:/i.test(address));
  } catch (error) {
    // A source that the driver or the guest does not have, or a guest that has just stopped: the next one may tell.
    if (error instanceof LibvirtError) return [];
    throw error;
  }
}
