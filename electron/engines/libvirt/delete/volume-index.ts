import path from 'node:path';
import {
  errorCode,
  LibvirtError,
  listPoolsFlag,
  type RpcConnection,
  type remote_nonnull_storage_pool,
  type remote_nonnull_storage_vol,
} from '../client/index.ts';
import { Breather } from '../deadline.ts';
import { volumeKey } from '../xml/domain-files.ts';
import { type VolumeFacts, volumeFacts } from '../xml/volume.ts';

export interface Volume extends VolumeFacts {
  readonly vol: remote_nonnull_storage_vol;
}

/** More links in a chain than any that libvirt starts: what is longer is a circle. */
const longestChain = 300;

/** All volumes of the active pools at one moment, and which stands on which. */
export class VolumeIndex {
  readonly #byPath = new Map<string, Volume>();
  readonly #byName = new Map<string, Volume>();
  readonly #over = new Map<string, string[]>();
  /** Folders whose pool has been asked to look again: what is not among its volumes is not there. */
  readonly #fresh: ReadonlySet<string>;

  private constructor(volumes: readonly Volume[], fresh: ReadonlySet<string>) {
    this.#fresh = fresh;
    for (const volume of volumes) {
      this.#byPath.set(volume.path, volume);
      this.#byName.set(volumeKey(volume.vol.pool, volume.vol.name), volume);
      const { backing } = volume;
      if (backing) this.#over.set(backing, [...(this.#over.get(backing) ?? []), volume.path]);
    }
  }

  /**
   * Reads them. The pools of these paths, and of what is below them, look at their folders anew first: libvirt knows
   * nothing of files that came since, like the overlay of a snapshot.
   * @throws LibvirtError also when a pool cannot look now: what stands on a file would not be known
   */
  static async read(connection: RpcConnection, paths: readonly string[]): Promise<VolumeIndex> {
    const [asked, fresh] = [new Set<string>(), new Set<string>()];
    let index = new VolumeIndex(await readAll(connection), fresh);
    for (let wanted = paths; ; wanted = paths.flatMap((each) => index.chain(each))) {
      const folders = [...new Set(wanted.map((each) => path.posix.dirname(each)))].filter((each) => !asked.has(each));
      if (folders.length === 0) return index;
      for (const folder of folders) {
        asked.add(folder);
        if (await refresh(connection, folder)) fresh.add(folder);
      }
      if (folders.some((each) => fresh.has(each))) index = new VolumeIndex(await readAll(connection), fresh);
    }
  }

  at(file: string): Volume | undefined {
    return this.#byPath.get(file);
  }

  named(pool: string, name: string): Volume | undefined {
    return this.#byName.get(volumeKey(pool, name));
  }

  /** Volumes that stand on this file directly. */
  over(file: string): readonly string[] {
    return this.#over.get(file) ?? [];
  }

  /** Files that volumes stand on and that are no volumes, at least not under that path. */
  strangers(): string[] {
    return [...this.#over.keys()].filter((each) => !this.#byPath.has(each));
  }

  /** The file and what is below it, nearest first; `told` is what a definition says is below it. */
  chain(file: string, told: readonly string[] = []): string[] {
    const line = [file, ...told];
    const found: string[] = [];
    for (let at: string | undefined = file; at !== undefined && !found.includes(at); ) {
      found.push(at);
      if (found.length === longestChain) break;
      const known = line.indexOf(at);
      at = this.at(at)?.backing ?? (known < 0 ? undefined : line[known + 1]);
    }
    return found;
  }

  /** Whether the file would be among the volumes if it were there. */
  looksMissing(file: string): boolean {
    return this.#fresh.has(path.posix.dirname(file)) && !this.#byPath.has(file);
  }
}

/** Whether there is a pool for this folder that has looked at it anew. */
async function refresh(connection: RpcConnection, folder: string): Promise<boolean> {
  try {
    const { pool } = await connection.call('STORAGE_POOL_LOOKUP_BY_TARGET_PATH', { path: folder });
    await connection.call('STORAGE_POOL_REFRESH', { pool, flags: 0 });
    return true;
  } catch (error) {
    if (error instanceof LibvirtError && lacksPool.has(error.code)) return false;
    throw error;
  }
}
const lacksPool: ReadonlySet<number> = new Set([errorCode.noStoragePool, errorCode.noSupport]);

async function readAll(connection: RpcConnection): Promise<Volume[]> {
  const pools = await listPools(connection);
  const volumes = await Promise.all(pools.map((pool) => readPool(connection, pool)));
  return volumes.flat();
}

/** None where there is no storage driver. */
async function listPools(connection: RpcConnection): Promise<remote_nonnull_storage_pool[]> {
  try {
    return (await connection.call('CONNECT_LIST_ALL_STORAGE_POOLS', { need_results: 1, flags: listPoolsFlag.active }))
      .pools;
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noSupport) return [];
    throw error;
  }
}

async function readPool(connection: RpcConnection, pool: remote_nonnull_storage_pool): Promise<Volume[]> {
  const vols = await unlessGone(() =>
    connection.call('STORAGE_POOL_LIST_ALL_VOLUMES', { pool, need_results: 1, flags: 0 }),
  );
  const breather = new Breather();
  const volumes = await Promise.all(
    (vols?.vols ?? []).map(async (vol): Promise<Volume | undefined> => {
      const told = await unlessGone(() => connection.call('STORAGE_VOL_GET_XML_DESC', { vol, flags: 0 }));
      await breather.breathe();
      return told && { vol, ...volumeFacts(told.xml) };
    }),
  );
  return volumes.filter((each) => each !== undefined);
}

const gone: ReadonlySet<number> = new Set([
  ...[errorCode.noStoragePool, errorCode.noStorageVolume, errorCode.operationInvalid],
]);

/** Pools are stopped and volumes deleted while they are read: these are then left out. */
async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LibvirtError && gone.has(error.code)) return undefined;
    throw error;
  }
}
