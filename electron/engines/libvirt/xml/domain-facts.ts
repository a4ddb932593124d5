import { XMLParser } from 'fast-xml-parser';
import { osName } from './os-names.ts';

/** What a domain's XML tells the list. */
export interface DomainFacts {
  /** `qemu`, `kvm`, `lxc`, `test`, `xen`, … */
  readonly type: string;
  readonly title?: string;
  /** Operating system by its libosinfo id in the metadata. */
  readonly os?: string;
  readonly cpus?: number;
  /** Most memory in bytes. */
  readonly memoryLimit?: number;
  /** Files and block devices of its disks, in order; removable ones are left out: an empty drive is no fault. */
  readonly disks: readonly string[];
  readonly interfaces: number;
  /** True when the guest agent is connected inside the guest. */
  readonly agent: boolean;
}

// Entities of a document type are not expanded: a domain has none, and they are the way to make a small text huge.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  htmlEntities: false,
  removeNSPrefix: true,
  trimValues: true,
});

type Node = string | { readonly [key: string]: Node | Node[] | undefined } | undefined;

/**
 * Reads the facts out of a domain's XML.
 * @throws Error when the text is no domain
 */
export function domainFacts(xml: string): DomainFacts {
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new Error('a domain has no document type');
  const domain = first((parser.parse(xml, true) as Record<string, Node>).domain);
  const type = attribute(domain, 'type');
  if (!type) throw new Error('this is not the XML of a domain');
  const devices = child(domain, 'devices');
  const title = text(child(domain, 'title'));
  const os = attribute(child(child(child(domain, 'metadata'), 'libosinfo'), 'os'), 'id');
  const cpus = Number(text(child(domain, 'vcpu')));
  const memoryLimit = bytes(child(domain, 'memory'));
  return {
    type,
    ...(title && { title }),
    ...(os && { os: osName(os) }),
    ...(cpus > 0 && { cpus }),
    ...(memoryLimit && { memoryLimit }),
    disks: children(devices, 'disk').flatMap((disk) => {
      const kind = attribute(disk, 'device') ?? 'disk';
      const source = child(disk, 'source');
      const path = attribute(source, 'file') ?? attribute(source, 'dev');
      return kind === 'disk' && path ? [path] : [];
    }),
    interfaces: children(devices, 'interface').length,
    agent: children(devices, 'channel').some((channel) => {
      const target = child(channel, 'target');
      return attribute(target, 'name') === 'org.qemu.guest_agent.0' && attribute(target, 'state') === 'connected';
    }),
  };
}

/** Units of `<memory unit='…'>` (virScaleInteger): KiB without one; a bare letter is binary, with B decimal. */
const units: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  kb: 1e3,
  k: 1024,
  kib: 1024,
  mb: 1e6,
  m: 1024 ** 2,
  mib: 1024 ** 2,
  gb: 1e9,
  g: 1024 ** 3,
  gib: 1024 ** 3,
  tb: 1e12,
  t: 1024 ** 4,
  tib: 1024 ** 4,
};

function bytes(node: Node): number | undefined {
  const amount = Number(text(node));
  const unit = units[(attribute(node, 'unit') ?? 'KiB').toLowerCase()];
  return amount > 0 && unit ? amount * unit : undefined;
}

function first(node: Node | Node[]): Node {
  return Array.isArray(node) ? node[0] : node;
}

function children(node: Node, name: string): Node[] {
  if (typeof node !== 'object') return [];
  const found = node[name];
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

function child(node: Node, name: string): Node {
  return first(children(node, name));
}

function text(node: Node): string | undefined {
  if (typeof node === 'string') return node;
  const found = typeof node === 'object' ? node['#text'] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function attribute(node: Node, name: string): string | undefined {
  const found = typeof node === 'object' ? node[`@${name}`] : undefined;
  return typeof found === 'string' ? found : undefined;
}
