import {
  ConnectionLostError,
  errorCode,
  LibvirtError,
  listPoolsFlag,
  type RpcConnection,
  type remote_nonnull_storage_pool,
  type remote_nonnull_storage_vol,
} from '../client/index.ts';
import { Breather, tooLate, within } from '../deadline.ts';
import { isMissingFile } from '../libvirt-failures.ts';
import { type VolumeFacts, volumeFacts } from '../xml/volume.ts';
import { bounded } from './bounded.ts';

export interface Volume extends VolumeFacts {
  readonly vol: remote_nonnull_storage_vol;
}

/** What is known of a pool. */
export interface PoolLook {
  readonly volumes: readonly Volume[];
  /** Something in it could not be looked into: what that stands on is not known. */
  readonly blind: boolean;
}

/** How long one volume may take: a pool on a dead network answers never. */
const volumeMs = 2000;
/** A pool with thousands of volumes looks at each when it looks anew. */
const refreshMs = 10_000;

/** All pools, those that are stopped marked; none where there is no storage driver. @throws LibvirtError, Refusal */
export async function listPools(
  connection: RpcConnection,
): Promise<{ pool: remote_nonnull_storage_pool; active: boolean }[]> {
  const list = (flags: number) =>
    bounded(connection.call('CONNECT_LIST_ALL_STORAGE_POOLS', { need_results: 1, flags }), refreshMs);
  try {
    // In this order one that is stopped in between is not missed.
    const { pools: all } = await list(0);
    const active = new Set((await list(listPoolsFlag.active)).pools.map(({ uuid }) => uuid));
    return all.map((pool) => ({ pool, active: active.has(pool.uuid) }));
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noSupport) return [];
    throw error;
  }
}

/**
 * Reads the volumes of a pool, one after another: where its folder does not answer, one question alone waits in the
 * daemon, and the rest is not asked. What cannot be read is known by its path alone.
 * @throws ConnectionLostError
 */
export async function readPool(connection: RpcConnection, pool: remote_nonnull_storage_pool): Promise<PoolLook> {
  const listed = await unlessBlind(
    connection.call('STORAGE_POOL_LIST_ALL_VOLUMES', { pool, need_results: 1, flags: 0 }),
    refreshMs,
  );
  if (!listed || listed === tooLate) return { volumes: [], blind: true };
  const [volumes, breather] = [[] as Volume[], new Breather()];
  let [blind, late] = [false, false];
  for (const vol of listed.vols) {
    const read = late ? undefined : await unlessBlind(readVolume(connection, vol), volumeMs);
    late ||= read === tooLate;
    if (read === 'gone') continue;
    blind ||= typeof read !== 'object';
    if (typeof read === 'object') volumes.push(read);
    else if (vol.key.startsWith('/')) volumes.push({ vol, path: vol.key, file: false });
    await breather.breathe();
  }
  return { volumes, blind };
}

async function readVolume(connection: RpcConnection, vol: remote_nonnull_storage_vol): Promise<Volume | 'gone'> {
  try {
    return { vol, ...volumeFacts((await connection.call('STORAGE_VOL_GET_XML_DESC', { vol, flags: 0 })).xml) };
  } catch (error) {
    const gone = error instanceof LibvirtError && (error.code === errorCode.noStorageVolume || isMissingFile(error));
    if (gone) return 'gone';
    throw error;
  }
}

/** The answer; undefined for any error but the connection's own end. */
async function unlessBlind<T>(asked: Promise<T>, ms: number): Promise<T | typeof tooLate | undefined> {
  try {
    return await within(asked, ms);
  } catch (error) {
    if (error instanceof ConnectionLostError) throw error;
    return undefined;
  }
}

/**
 * Has the pool of this folder look at it anew: libvirt knows nothing of files that came since.
 * @returns the pool, and whether it has looked; undefined where no pool has this folder
 * @throws LibvirtError, Refusal
 */
export async function refreshFolder(
  connection: RpcConnection,
  folder: string,
): Promise<{ pool: remote_nonnull_storage_pool; fresh: boolean } | undefined> {
  try {
    const asked = connection.call('STORAGE_POOL_LOOKUP_BY_TARGET_PATH', { path: folder });
    const { pool } = await bounded(asked, refreshMs);
    const looked = connection.call('STORAGE_POOL_REFRESH', { pool, flags: 0 }).then(() => true);
    return { pool, fresh: (await unlessBlind(looked, refreshMs)) === true };
  } catch (error) {
    if (error instanceof LibvirtError && lacksPool.has(error.code)) return undefined;
    throw error;
  }
}
const lacksPool: ReadonlySet<number> = new Set([errorCode.noStoragePool, errorCode.noSupport]);
