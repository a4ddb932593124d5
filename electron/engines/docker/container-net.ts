import type { PublishedPort } from '../../../shared/guest.ts';
import { isAddress } from '../ip-address.ts';
import type { InspectedContainer, ListedContainer } from './wire.ts';

type Networks = NonNullable<ListedContainer['NetworkSettings']>['Networks'];

/** IPv4 and IPv6 addresses in all networks. */
export function addressesOf(networks: Networks): string[] {
  const found = Object.values(networks ?? {}).flatMap((network) => [network?.IPAddress, network?.GlobalIPv6Address]);
  return [...new Set(found.filter(isAddress))];
}

export function listedPorts(item: ListedContainer): PublishedPort[] {
  return tidyPorts(
    (item.Ports ?? []).map((port) => ({
      hostAddress: port.IP ?? '',
      hostPort: port.PublicPort ?? 0,
      guestPort: port.PrivatePort,
      protocol: port.Type,
    })),
  );
}

export function inspectedPorts(info: InspectedContainer): PublishedPort[] {
  return tidyPorts(
    Object.entries(info.NetworkSettings?.Ports ?? {}).flatMap(([inside, bindings]) => {
      const [port, protocol = ''] = inside.split('/');
      return (bindings ?? []).map((binding) => ({
        hostAddress: binding.HostIp ?? '',
        hostPort: Number(binding.HostPort ?? 0),
        guestPort: Number(port),
        protocol,
      }));
    }),
  );
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
