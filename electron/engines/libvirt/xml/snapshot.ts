import { attribute, child, children, parseXml } from './nodes.ts';

/** Where a snapshot has its content. */
export interface SnapshotFacts {
  /** Files of its own: the memory, and the overlays that it made. */
  readonly files: readonly string[];
  /** Some of it is inside the disks. */
  readonly inside: boolean;
}

/** Reads a snapshot's XML. @throws Error when the text is none */
export function snapshotFacts(xml: string): SnapshotFacts {
  const snapshot = child(parseXml(xml), 'domainsnapshot');
  if (snapshot === undefined) throw new Error('this is not the XML of a snapshot');
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
