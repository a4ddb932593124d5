import { attribute, bytes, child, children, parseXml, text } from './nodes.ts';
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

/**
 * Reads the facts out of a domain's XML.
 * @throws Error when the text is no domain
 */
export function domainFacts(xml: string): DomainFacts {
  const domain = child(parseXml(xml), 'domain');
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
