import path from 'node:path';
import { errorCode, LibvirtError, type RpcConnection, type remote_nonnull_storage_vol } from '../client/index.ts';
import { refreshFolder } from '../delete/pool-reader.ts';
import { isMissingFile } from '../libvirt-failures.ts';
import type { DiskSource } from '../xml/domain-files.ts';
import { unless } from './unless.ts';

/** A file or volume as a person reads it. */
export function sourceName(source: DiskSource): string {
  if (source.by === 'path') return source.path;
  return source.by === 'volume' ? `${source.pool}/${source.volume}` : source.name;
}

/**
 * Finds out through libvirt's pools which files are not there. One in no pool, or in a pool that cannot be looked into,
 * is taken for being there: libvirt has no call that tells.
 */
export class MissingFiles {
  readonly #connection: RpcConnection;
  readonly #known = new Map<string, Promise<boolean>>();
  readonly #folders = new Map<string, Promise<boolean>>();

  constructor(connection: RpcConnection) {
    this.#connection = connection;
  }

  /** Each is looked at once. @throws LibvirtError; Refusal where a pool does not answer */
  isMissing(source: DiskSource): Promise<boolean> {
    const name = sourceName(source);
    let known = this.#known.get(name);
    if (!known) {
      known = this.#look(source);
      this.#known.set(name, known);
    }
    return known;
  }

  async #look(source: DiskSource): Promise<boolean> {
    if (source.by === 'other') return false;
    if (source.by === 'volume') return this.#lacksVolume(source.pool, source.volume);
    if (!source.path.startsWith('/')) return false;
    const { path: file } = source;
    const vol = await this.#volume(file);
    if (vol) return this.#isGone(vol);
    // libvirt knows nothing of files that came since its pool was last looked at.
    if (!(await this.#looksAnew(path.posix.dirname(file)))) return false;
    return (await this.#volume(file)) === undefined;
  }

  async #volume(file: string): Promise<remote_nonnull_storage_vol | undefined> {
    const asked = this.#connection.call('STORAGE_VOL_LOOKUP_BY_PATH', { path: file });
    return (await unless(noVolume, asked))?.vol;
  }

  async #lacksVolume(pool: string, name: string): Promise<boolean> {
    const found = await unless(noVolume, this.#connection.call('STORAGE_POOL_LOOKUP_BY_NAME', { name: pool }));
    if (!found) return true;
    const asked = this.#connection.call('STORAGE_VOL_LOOKUP_BY_NAME', { pool: found.pool, name });
    const vol = (await unless(noVolume, asked))?.vol;
    return vol ? this.#isGone(vol) : true;
  }

  /** libvirt looks at the file itself for this. */
  async #isGone(vol: remote_nonnull_storage_vol): Promise<boolean> {
    try {
      await this.#connection.call('STORAGE_VOL_GET_INFO', { vol });
      return false;
    } catch (error) {
      if (error instanceof LibvirtError && (isMissingFile(error) || noVolume.includes(error.code))) return true;
      throw error;
    }
  }

  /** Whether there is a pool of this folder, and it has looked. */
  #looksAnew(folder: string): Promise<boolean> {
    let looked = this.#folders.get(folder);
    if (!looked) {
      looked = refreshFolder(this.#connection, folder).then((found) => found?.fresh === true);
      this.#folders.set(folder, looked);
    }
    return looked;
  }
}

const noVolume: readonly number[] = [errorCode.noStorageVolume, errorCode.noStoragePool, errorCode.noSupport];
