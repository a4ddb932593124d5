import { attribute, child, children, type Node, parseDomain, text } from './nodes.ts';

/** Where a disk's content is: a path on the host, a volume by its pool's name, or what is no file (a network's). */
export type DiskSource =
  | { readonly by: 'path'; readonly path: string }
  | { readonly by: 'volume'; readonly pool: string; readonly volume: string }
  | { readonly by: 'other'; readonly name: string };

/** A disk of a definition, as far as deleting it goes. */
export interface DomainDisk {
  readonly target: string;
  /** `disk`, `cdrom`, `floppy`, `lun`. */
  readonly device: string;
  readonly readOnly: boolean;
  readonly shareable: boolean;
  readonly source: DiskSource;
  /** Paths below it, nearest first, as far as the definition tells them: all while it runs. */
  readonly chain: readonly string[];
  /** Whether there is nothing below the last of these, as far as the definition tells: raw files stand on nothing. */
  readonly ends: boolean;
}

/** The files that a definition names. */
export interface DomainFiles {
  /** Without empty drives. */
  readonly disks: readonly DomainDisk[];
  readonly nvram?: string;
  /** An emulated TPM, whose state libvirt keeps. */
  readonly tpm: boolean;
  /** Every path that stands anywhere in the definition: disks and what is below them, kernels, firmware, mirrors, … */
  readonly paths: ReadonlySet<string>;
  /** Volumes that it names by their pool: volumeKey(). */
  readonly volumes: ReadonlySet<string>;
}

export function volumeKey(pool: string, volume: string): string {
  return `${pool}\n${volume}`;
}

/** Reads the files out of a domain's XML. @throws Error when the text is none */
export function domainFiles(xml: string): DomainFiles {
  return filesOf(parseDomain(xml));
}

/** The same of a definition that is read already. */
export function filesOf(domain: Node): DomainFiles {
  const devices = child(domain, 'devices');
  const found = { paths: new Set<string>(), volumes: new Set<string>() };
  collect(devices, found);
  collect(child(domain, 'os'), found);
  const nvram = text(child(child(domain, 'os'), 'nvram'));
  return {
    disks: children(devices, 'disk').flatMap(readDisk),
    ...(nvram && { nvram }),
    tpm: children(devices, 'tpm').some((tpm) => attribute(child(tpm, 'backend'), 'type') === 'emulator'),
    ...found,
  };
}

function readDisk(disk: Node): DomainDisk[] {
  const source = readSource(attribute(disk, 'type') ?? 'file', child(disk, 'source'));
  if (!source) return [];
  const chain: string[] = [];
  // What libvirt is not told the format of it takes for raw.
  let ends = (attribute(child(disk, 'driver'), 'type') ?? 'raw') === 'raw';
  for (let below = child(disk, 'backingStore'); below !== undefined; below = child(below, 'backingStore')) {
    const next = readSource(attribute(below, 'type') ?? 'file', child(below, 'source'));
    // An element without a source says that the chain ends here.
    ends = child(below, 'source') === undefined || attribute(child(below, 'format'), 'type') === 'raw';
    if (next?.by !== 'path') break;
    chain.push(next.path);
  }
  return [
    {
      target: attribute(child(disk, 'target'), 'dev') ?? '',
      device: attribute(disk, 'device') ?? 'disk',
      readOnly: children(disk, 'readonly').length > 0,
      shareable: children(disk, 'shareable').length > 0,
      source,
      chain,
      ends,
    },
  ];
}

/** undefined for an empty drive */
function readSource(type: string, source: Node): DiskSource | undefined {
  const path = attribute(source, 'file') ?? attribute(source, 'dev');
  if (path !== undefined) return path ? { by: 'path', path } : undefined;
  const [pool, volume] = [attribute(source, 'pool'), attribute(source, 'volume')];
  if (pool && volume) return { by: 'volume', pool, volume };
  const name = attribute(source, 'name') ?? attribute(source, 'dir') ?? attribute(source, 'path');
  if (source === undefined || type === 'file' || type === 'block') return undefined;
  return { by: 'other', name: [attribute(source, 'protocol') ?? type, name].filter(Boolean).join(':') };
}

/** Every text and attribute that is a path, and every volume: what mentions a file may use it. */
function collect(node: Node, found: { paths: Set<string>; volumes: Set<string> }): void {
  if (typeof node === 'string') {
    if (node.startsWith('/')) found.paths.add(node);
    return;
  }
  if (!node) return;
  const [pool, volume] = [attribute(node, 'pool'), attribute(node, 'volume')];
  if (pool && volume) found.volumes.add(volumeKey(pool, volume));
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) collect(each, found);
  }
}
