import { attribute, bytes, child, parseXml, text } from './nodes.ts';

/** What a volume's XML tells of it. */
export interface VolumeFacts {
  readonly path: string;
  /** Bytes that it takes on the host. */
  readonly allocation?: number;
  /** The file below it. */
  readonly backing?: string;
  /** That file is raw: it stands on nothing. */
  readonly backingRaw?: boolean;
  /** False for a block device, a directory, what is in a network. */
  readonly file: boolean;
}

/** Reads a volume's XML. @throws Error when the text is none */
export function volumeFacts(xml: string): VolumeFacts {
  const volume = child(parseXml(xml), 'volume');
  const path = text(child(child(volume, 'target'), 'path'));
  if (!path) throw new Error('this is not the XML of a volume');
  const allocation = bytes(child(volume, 'allocation'), 'bytes');
  const below = child(volume, 'backingStore');
  const backing = text(child(below, 'path'));
  return {
    path,
    ...(allocation !== undefined && { allocation }),
    ...(backing && { backing }),
    ...(backing && attribute(child(below, 'format'), 'type') === 'raw' && { backingRaw: true }),
    file: (attribute(volume, 'type') ?? 'file') === 'file',
  };
}
