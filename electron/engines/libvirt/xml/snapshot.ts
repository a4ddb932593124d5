import { attribute, child, children, type Node, parseXml, text } from './nodes.ts';
import { type OwnSnapshotFacts, ownSnapshotFacts } from './snapshot-own.ts';

/** Where a snapshot has its content. */
export interface SnapshotFacts {
  /** Files of its own: the memory, and the overlays that it made. */
  readonly files: readonly string[];
  /** Some of it is inside the disks. */
  readonly inside: boolean;
}

/** A snapshot as libvirt tells it. */
export interface SnapshotRecord extends SnapshotFacts {
  /** libvirt's name: unique in its domain, and never changed by us. */
  readonly name: string;
  readonly description: string;
  readonly parent?: string;
  /** Unix time in seconds. */
  readonly createdAt: number;
  /** virDomainSnapshotState: `running`, `paused`, `shutoff`, `disk-snapshot`, … */
  readonly state: string;
  readonly memory: 'no' | 'internal' | 'external';
  /** Some of it is in files of its own. */
  readonly outside: boolean;
  /** Targets of the disks that hold it inside. */
  readonly insideDisks: readonly string[];
  /** What we wrote into it, if anything. */
  readonly own: OwnSnapshotFacts;
  /** The definition of then. */
  readonly domain: Node;
}

/** Reads where a snapshot has its content out of its XML. @throws Error when the text is none */
export function snapshotFacts(xml: string): SnapshotFacts {
  return factsOf(parseSnapshot(xml));
}

/** Reads a snapshot's XML. @throws Error when the text is none */
export function snapshotRecord(xml: string): SnapshotRecord {
  const snapshot = parseSnapshot(xml);
  const name = text(child(snapshot, 'name'));
  if (!name) throw new Error('this snapshot has no name');
  const parent = text(child(child(snapshot, 'parent'), 'name'));
  const memory = attribute(child(snapshot, 'memory'), 'snapshot');
  const facts = factsOf(snapshot);
  const domain = child(snapshot, 'domain');
  const state = text(child(snapshot, 'state')) ?? '';
  return {
    ...facts,
    name,
    description: text(child(snapshot, 'description')) ?? '',
    ...(parent && { parent }),
    createdAt: Number(text(child(snapshot, 'creationTime'))) || 0,
    state,
    memory: memory === 'internal' || memory === 'external' ? memory : 'no',
    outside: facts.files.length > 0 || state === 'disk-snapshot',
    insideDisks: children(child(snapshot, 'disks'), 'disk')
      .filter((disk) => attribute(disk, 'snapshot') === 'internal')
      .flatMap((disk) => attribute(disk, 'name') ?? []),
    own: domain === undefined ? ownSnapshotFacts(name, '') : ownSnapshotFacts(name, xml),
    domain,
  };
}

function parseSnapshot(xml: string): Node {
  const snapshot = child(parseXml(xml), 'domainsnapshot');
  if (snapshot === undefined) throw new Error('this is not the XML of a snapshot');
  return snapshot;
}

function factsOf(snapshot: Node): SnapshotFacts {
  const memory = child(snapshot, 'memory');
  const disks = children(child(snapshot, 'disks'), 'disk');
  const sources = disks
    .filter((disk) => attribute(disk, 'snapshot') === 'external')
    .map((disk) => attribute(child(disk, 'source'), 'file') ?? attribute(child(disk, 'source'), 'dev'));
  return {
    files: [attribute(memory, 'file'), ...sources].filter((each) => each !== undefined),
    inside: [memory, ...disks].some((each) => attribute(each, 'snapshot') === 'internal'),
  };
}
