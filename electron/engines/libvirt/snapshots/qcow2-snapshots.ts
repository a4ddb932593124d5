/** A snapshot in the table of a qcow2 image. */
export interface ImageSnapshot {
  readonly name: string;
  /** Bytes of the guest's memory and devices; 0 where it was off, or where another image has them. */
  readonly stateBytes: number;
}

/** Where an image has its table, and how many snapshots are in it. */
export interface TablePlace {
  readonly offset: number;
  readonly count: number;
}

/** Bytes of the header that tell of the table. */
export const headerBytes = 72;
const magic = 0x514649fb;
/** Most that QEMU itself reads (QCOW_MAX_SNAPSHOTS). */
const mostSnapshots = 65_536;

/**
 * Reads the header of a qcow2 image, versions 2 and 3 (QEMU's docs/interop/qcow2.txt).
 * @returns undefined where it is none
 */
export function tablePlace(header: Buffer): TablePlace | undefined {
  if (header.length < headerBytes || header.readUInt32BE(0) !== magic) return undefined;
  const [count, offset] = [header.readUInt32BE(60), Number(header.readBigUInt64BE(64))];
  return count <= mostSnapshots && Number.isSafeInteger(offset) ? { offset, count } : undefined;
}

/** Bytes of an entry before its parts of unknown length. */
const entryBytes = 40;

/**
 * Reads the table.
 * @param table from its place on; may be longer
 * @returns undefined where it is cut short
 */
export function readTable(table: Buffer, count: number): ImageSnapshot[] | undefined {
  const found: ImageSnapshot[] = [];
  let at = 0;
  while (found.length < count) {
    if (at + entryBytes > table.length) return undefined;
    const [idBytes, nameBytes] = [table.readUInt16BE(at + 12), table.readUInt16BE(at + 14)];
    const extraBytes = table.readUInt32BE(at + 36);
    const nameAt = at + entryBytes + extraBytes + idBytes;
    if (nameAt + nameBytes > table.length) return undefined;
    // Newer images have the size once more, in 64 bits.
    const stateBytes = extraBytes >= 8 ? Number(table.readBigUInt64BE(at + entryBytes)) : table.readUInt32BE(at + 32);
    found.push({ name: table.toString('utf8', nameAt, nameAt + nameBytes), stateBytes });
    // Entries begin at multiples of eight.
    at = Math.ceil((nameAt + nameBytes) / 8) * 8;
  }
  return found;
}
