import { addressSource, LibvirtError, type RpcConnection, type remote_nonnull_domain } from './client/index.ts';
import { tooLate, within } from './deadline.ts';
import type { SideCalls } from './side-calls.ts';

/** Leases and the ARP table are the host's own and answer at once. */
const hostMs = 3000;

/**
 * The addresses of a running domain: leases first, then what the agent inside says, then the host's ARP table. All by
 * libvirt calls, since the host may be another machine. None is no error: most guests have one a little later.
 * @param host the connection for what the host knows by itself
 * @param agents for questions to agents, which may take for ever
 */
export async function readAddresses(
  host: RpcConnection,
  agents: SideCalls,
  dom: remote_nonnull_domain,
  hasAgent: boolean,
): Promise<readonly string[]> {
  const { lease, agent, arp } = addressSource;
  const ask = (connection: RpcConnection, source: number) =>
    connection.call('DOMAIN_INTERFACE_ADDRESSES', { dom, source, flags: 0 });
  const sources = [
    () => within(ask(host, lease), hostMs),
    // Where no connection for it can be had, it is an agent that says nothing.
    ...(hasAgent ? [() => agents.ask((connection) => ask(connection, agent)).catch(() => ({ ifaces: [] }))] : []),
    () => within(ask(host, arp), hostMs),
  ];
  for (const source of sources) {
    const found = await addressesOf(source);
    if (found.length > 0) return found;
  }
  return [];
}

/** What DOMAIN_INTERFACE_ADDRESSES answers, as far as it matters here. */
interface Interfaces {
  readonly ifaces: readonly { readonly name: string; readonly addrs: readonly { readonly addr: string }[] }[];
}

async function addressesOf(source: () => Promise<Interfaces | typeof tooLate>): Promise<string[]> {
  try {
    const answer = await source();
    if (answer === tooLate) return [];
    const all = answer.ifaces.filter(({ name }) => name !== 'lo').flatMap(({ addrs }) => addrs.map(({ addr }) => addr));
    // An interface's own link-local address reaches nothing by itself.
    return [...new Set(all)].filter((address) => !/^fe80:/i.test(address));
  } catch (error) {
    // A source that the driver or the guest does not have, or a guest that has just stopped: the next one may tell.
    if (error instanceof LibvirtError) return [];
    throw error;
  }
}
