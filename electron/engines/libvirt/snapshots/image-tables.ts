import { LibvirtError, type RpcConnection, type remote_nonnull_storage_vol } from '../client/index.ts';
import type { DiskSource } from '../xml/domain-files.ts';
import { headerBytes, type ImageSnapshot, readTable, tablePlace } from './qcow2-snapshots.ts';

/** What an entry of a usual table takes at most, and when a table is given up. */
const usualEntry = 512;
const mostBytes = 16 * 1024 ** 2;

/**
 * The snapshots that are in an image, read through its storage pool: libvirt has no call for them. Also of a guest that
 * runs.
 * @param connection one of its own: what is downloaded shares its socket
 * @returns undefined where it is not known: the image is in no pool, is no qcow2, cannot be read
 * @throws ConnectionLostError
 */
export async function imageSnapshots(
  connection: RpcConnection,
  source: DiskSource,
): Promise<ImageSnapshot[] | undefined> {
  try {
    const vol = await volumeOf(connection, source);
    if (!vol) return undefined;
    const read = (offset: number, length: number) => download(connection, vol, offset, length);
    const place = tablePlace(await read(0, headerBytes));
    if (!place) return undefined;
    if (place.count === 0) return [];
    for (let length = place.count * usualEntry; length <= mostBytes; length *= 4) {
      const table = await read(place.offset, length);
      const found = readTable(table, place.count);
      if (found || table.length < length) return found;
    }
    return undefined;
  } catch (error) {
    if (error instanceof LibvirtError) return undefined;
    throw error;
  }
}

/** @throws LibvirtError */
async function volumeOf(
  connection: RpcConnection,
  source: DiskSource,
): Promise<remote_nonnull_storage_vol | undefined> {
  if (source.by === 'path') return (await connection.call('STORAGE_VOL_LOOKUP_BY_PATH', source)).vol;
  if (source.by === 'other') return undefined;
  const { pool } = await connection.call('STORAGE_POOL_LOOKUP_BY_NAME', { name: source.pool });
  return (await connection.call('STORAGE_VOL_LOOKUP_BY_NAME', { pool, name: source.volume })).vol;
}

/** @throws LibvirtError, ConnectionLostError */
async function download(
  connection: RpcConnection,
  vol: remote_nonnull_storage_vol,
  offset: number,
  length: number,
): Promise<Buffer> {
  const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', { vol, offset, length, flags: 0 });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
