import { type DefinedDisk, definedDisks } from './devices.ts';
import { agentOf } from './machine.ts';
import { attribute, bytes, child, children, parseDomain, text } from './nodes.ts';
import { osName } from './os-names.ts';
import { noPosadaFacts, type PosadaFacts, posadaElementOf, posadaFactsIn } from './posada-metadata.ts';

/** What a domain's XML tells the list. */
export interface DomainFacts {
  /** `qemu`, `kvm`, `lxc`, `test`, `xen`, … */
  readonly type: string;
  /** `hvm`, `xen`, `linux`, `exe`, … */
  readonly osType?: string;
  readonly title?: string;
  /** Operating system by its libosinfo id in the metadata. */
  readonly os?: string;
  readonly cpus?: number;
  /** Most memory in bytes. */
  readonly memoryLimit?: number;
  /** What it has of it now in bytes: its balloon. */
  readonly memoryCurrent?: number;
  /** Its disks in order; removable ones are left out: an empty drive is no fault. */
  readonly disks: readonly FactDisk[];
  readonly interfaces: number;
  /** True when the guest agent is connected inside the guest. */
  readonly agent: boolean;
  /** Tags, protection, lab: our element in its metadata. */
  readonly posada: PosadaFacts;
  /** That element as a whole: a later version may have put more there. */
  readonly posadaElement?: string;
}

/** A disk, as far as its sizes go: a file or block device, a volume, or what is neither (a network's). */
export type FactDisk = Pick<DefinedDisk, 'target' | 'path' | 'volume'>;

/**
 * Reads the facts out of a domain's XML.
 * @throws Error when the text is no domain
 */
export function domainFacts(xml: string): DomainFacts {
  const domain = parseDomain(xml);
  const type = attribute(domain, 'type');
  if (!type) throw new Error('this is not the XML of a domain');
  const devices = child(domain, 'devices');
  const title = text(child(domain, 'title'));
  const os = attribute(child(child(child(domain, 'metadata'), 'libosinfo'), 'os'), 'id');
  const osType = text(child(child(domain, 'os'), 'type'));
  // `current` where some of them can be added while it runs.
  const vcpu = child(domain, 'vcpu');
  const cpus = Number(attribute(vcpu, 'current') ?? text(vcpu));
  const posadaElement = posadaElementOf(xml);
  const memoryLimit = bytes(child(domain, 'memory'));
  const memoryCurrent = bytes(child(domain, 'currentMemory'));
  return {
    type,
    ...(osType && { osType }),
    ...(title && { title }),
    ...(os && { os: osName(os) }),
    ...(cpus > 0 && { cpus }),
    ...(memoryLimit && { memoryLimit }),
    ...(memoryCurrent && { memoryCurrent }),
    disks: definedDisks(domain).flatMap(({ device, target, source, path, volume }) =>
      device === 'disk' && source ? [{ target, ...(path && { path }), ...(volume && { volume }) }] : [],
    ),
    posada: posadaElement === undefined ? noPosadaFacts : posadaFactsIn(posadaElement),
    ...(posadaElement !== undefined && { posadaElement }),
    interfaces: children(devices, 'interface').length,
    agent: agentOf(devices) === 'connected',
  };
}
