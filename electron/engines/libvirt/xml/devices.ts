import type { VmDetail, VmDisk, VmInterface } from '../../../../shared/guest-detail.ts';
import { attribute, child, children, type Node } from './nodes.ts';

/** A disk or drive as the definition has it, with what is needed to ask for its sizes. */
export interface DefinedDisk extends Omit<VmDisk, 'capacity' | 'allocation'> {
  /** Its file or block device on the host. */
  readonly path?: string;
  readonly volume?: { readonly pool: string; readonly name: string };
}

/** The disks and drives of a `<domain>`, in order. */
export function definedDisks(domain: Node): DefinedDisk[] {
  return children(child(domain, 'devices'), 'disk').map((disk) => {
    const [target, source] = [child(disk, 'target'), child(disk, 'source')];
    const [bus, format] = [attribute(target, 'bus'), attribute(child(disk, 'driver'), 'type')];
    const path = attribute(source, 'file') || attribute(source, 'dev');
    const [pool, name] = [attribute(source, 'pool'), attribute(source, 'volume')];
    const shown = sourceText(attribute(disk, 'type'), source);
    return {
      target: attribute(target, 'dev') ?? '',
      ...(bus && { bus }),
      device: deviceOf(attribute(disk, 'device')),
      ...(shown && { source: shown }),
      ...(format && { format }),
      readOnly: children(disk, 'readonly').length > 0,
      shareable: children(disk, 'shareable').length > 0,
      backing: backingOf(disk),
      ...(path && { path }),
      ...(pool && name && { volume: { pool, name } }),
    };
  });
}

/** The interfaces of a `<domain>`, in order; their addresses are not in a definition. */
export function definedInterfaces(domain: Node): VmInterface[] {
  return children(child(domain, 'devices'), 'interface').map((each) => {
    const [hostDevice, model] = [attribute(child(each, 'target'), 'dev'), attribute(child(each, 'model'), 'type')];
    const from = child(each, 'source');
    const source = first(from, ['network', 'bridge', 'dev', 'path', 'name', 'address']);
    return {
      ...(hostDevice && { hostDevice }),
      mac: attribute(child(each, 'mac'), 'address') ?? '',
      ...(model && { model }),
      type: attribute(each, 'type') ?? 'unknown',
      ...(source && { source }),
      addresses: [],
    };
  });
}

/** The graphics of a `<domain>`: where a viewer finds them, as far as that is settled. */
export function definedGraphics(domain: Node): VmDetail['graphics'] {
  return children(child(domain, 'devices'), 'graphics').map((graphics) => {
    const listen = child(graphics, 'listen');
    const address = first(listen, ['socket', 'address']) ?? first(graphics, ['socket', 'listen']);
    // -1: not chosen before the start. SPICE may have a port for TLS alone.
    const port = [attribute(graphics, 'port'), attribute(graphics, 'tlsPort')].map(Number).find((each) => each > 0);
    return {
      type: attribute(graphics, 'type') ?? 'unknown',
      ...(address && { address }),
      ...(port !== undefined && { port }),
    };
  });
}

function deviceOf(device: string | undefined): VmDisk['device'] {
  return device === 'cdrom' || device === 'floppy' || device === 'lun' ? device : 'disk';
}

/** Nearest first, as far as the definition tells: all while it runs. */
function backingOf(disk: Node): string[] {
  const backing: string[] = [];
  for (let below = child(disk, 'backingStore'); below !== undefined; below = child(below, 'backingStore')) {
    const source = sourceText(attribute(below, 'type'), child(below, 'source'));
    if (!source) break;
    backing.push(source);
  }
  return backing;
}

/** A path, `pool/volume`, or a URL; undefined for an empty drive. */
function sourceText(type: string | undefined, source: Node): string | undefined {
  const [pool, volume] = [attribute(source, 'pool'), attribute(source, 'volume')];
  if (pool && volume) return `${pool}/${volume}`;
  const [protocol, name] = [attribute(source, 'protocol'), attribute(source, 'name')];
  if (protocol) return `${protocol}://${hostOf(child(source, 'host'))}/${name ?? ''}`;
  // A disk of NVMe is an address on the bus.
  return type === 'nvme' ? type : first(source, ['file', 'dev', 'dir', 'path']);
}

function hostOf(host: Node): string {
  const [name, port] = [attribute(host, 'name') ?? attribute(host, 'socket') ?? '', attribute(host, 'port')];
  return port ? `${name}:${port}` : name;
}

/** The first of these attributes that says anything. */
function first(node: Node, names: readonly string[]): string | undefined {
  return names.map((name) => attribute(node, name)).find((value) => value);
}
