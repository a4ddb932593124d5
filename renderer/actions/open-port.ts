import { ExternalLink } from 'lucide-react';
import type { Guest, PublishedPort } from '../../shared/guest.ts';
import type { UserAction } from './user-action.ts';

/** Opens what listens on a published port in the browser of the desktop. */
export const openPort: UserAction<PublishedPort> = {
  id: 'port.open',
  icon: ExternalLink,
  label: (port, text) => text.t('menu.openPort', { port: String(port.hostPort) }),
  run(port, { bridge, notices }) {
    void bridge.call('app.openLink', { url: portUrl(port) }).then((reply) => {
      if (!reply.ok) notices.getState().add({ about: 'failure', failure: reply.failure });
    });
  },
};

/** Ports at which a server speaks TLS by custom, on the host or inside the guest. */
const tlsPorts: ReadonlySet<number> = new Set([443, 8443, 9443]);

/** `http://localhost:8080`: a port that listens on all addresses is reached by this one. */
export function portUrl({ hostAddress, hostPort, guestPort }: PublishedPort): string {
  const everywhere = ['', '0.0.0.0', '::'].includes(hostAddress);
  const host = everywhere ? 'localhost' : hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress;
  const scheme = tlsPorts.has(hostPort) || tlsPorts.has(guestPort) ? 'https' : 'http';
  return `${scheme}://${host}:${hostPort}`;
}

/** The ports that a browser may be sent to: one that is published for IPv4 and IPv6 counts once. */
export function openablePorts({ ports }: Pick<Guest, 'ports'>): PublishedPort[] {
  const byUrl = new Map<string, PublishedPort>();
  for (const port of ports) {
    if (port.protocol !== 'tcp' || port.hostPort === 0) continue;
    const url = portUrl(port);
    if (!byUrl.has(url)) byUrl.set(url, port);
  }
  return [...byUrl.values()];
}
