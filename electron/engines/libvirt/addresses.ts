import { addressSource, LibvirtError, type LibvirtHost, type remote_nonnull_domain } from './client/index.ts';
import { tooLate, within } from './deadline.ts';

/** A guest agent may take for ever; leases and the ARP table are the host's own and answer at once. */
const agentMs = 3000;

/**
 * The addresses of a running domain: leases first, then what the agent inside says, then the host's ARP table. All by
 * libvirt calls, since the host may be another machine. None is no error: most guests have one a little later.
 */
export async function readAddresses(
  host: LibvirtHost,
  dom: remote_nonnull_domain,
  agent: boolean,
): Promise<readonly string[]> {
  const sources = [addressSource.lease, ...(agent ? [addressSource.agent] : []), addressSource.arp];
  for (const source of sources) {
    const found = await ask(host, dom, source);
    if (found.length > 0) return found;
  }
  return [];
}

async function ask(host: LibvirtHost, dom: remote_nonnull_domain, source: number): Promise<string[]> {
  const connection = source === addressSource.agent ? host.actions : host.events;
  try {
    const answer = await within(connection.call('DOMAIN_INTERFACE_ADDRESSES', { dom, source, flags: 0 }), agentMs);
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
