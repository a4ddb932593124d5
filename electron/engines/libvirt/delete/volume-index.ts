import path from 'node:path';
import type { RpcConnection, remote_nonnull_storage_pool } from '../client/index.ts';
import { volumeKey } from '../xml/domain-files.ts';
import { listPools, type PoolLook, readPool, refreshFolder, type Volume } from './pool-reader.ts';

/** More links in a chain than any that libvirt starts: what is longer is a circle. */
const longestChain = 300;

/** All volumes of the active pools at one moment, and which stands on which. */
export class VolumeIndex {
  readonly #pools = new Map<string, PoolLook>();
  readonly #byPath = new Map<string, Volume>();
  readonly #byName = new Map<string, Volume>();
  readonly #over = new Map<string, string[]>();
  readonly #asked = new Set<string>();
  /** Folders whose pool has looked anew: what is not among its volumes is not there. */
  readonly #fresh = new Set<string>();
  /** Pools that should have looked anew and could not. */
  readonly #stale = new Set<string>();
  #read = false;
  #turn: Promise<void> = Promise.resolve();

  /** An index that has looked for these paths. @throws LibvirtError, ConnectionLostError, Refusal */
  static async read(connection: RpcConnection, paths: readonly string[]): Promise<VolumeIndex> {
    const index = new VolumeIndex();
    await index.look(connection, paths);
    return index;
  }

  /**
   * Reads all pools, if that has not been done. The pools of these paths, and of what is below them, look at their folders
   * anew first: libvirt knows nothing of files that came since, like the overlay of a snapshot. Pools that cannot be
   * looked into are told by {@link blindPool}.
   * @throws LibvirtError, ConnectionLostError; Refusal when libvirt does not answer
   */
  look(connection: RpcConnection, paths: readonly string[]): Promise<void> {
    const looked = this.#turn.then(() => this.#look(connection, paths));
    this.#turn = looked.catch(() => undefined); // told to the one who asked
    return looked;
  }

  async #look(connection: RpcConnection, paths: readonly string[]): Promise<void> {
    for (let wanted = paths; ; wanted = paths.flatMap((each) => this.chain(each))) {
      const folders = [...new Set(wanted.map((each) => path.posix.dirname(each)))];
      const looked = new Map<string, remote_nonnull_storage_pool>();
      for (const folder of folders.filter((each) => !this.#asked.has(each))) {
        const found = await refreshFolder(connection, folder);
        this.#asked.add(folder);
        if (!found) continue;
        looked.set(found.pool.name, found.pool);
        if (found.fresh) this.#fresh.add(folder);
        else this.#stale.add(found.pool.name);
      }
      if (!this.#read) await this.#readAll(connection);
      else if (looked.size === 0) return;
      else for (const pool of looked.values()) this.#pools.set(pool.name, await readPool(connection, pool));
      this.#order();
    }
  }

  async #readAll(connection: RpcConnection): Promise<void> {
    const pools = await listPools(connection);
    const looks = pools.map(({ pool, active }) =>
      active ? readPool(connection, pool) : Promise.resolve({ volumes: [], blind: true }),
    );
    (await Promise.all(looks)).forEach((look, at) => {
      this.#pools.set(pools[at]?.pool.name ?? '', look);
    });
    this.#read = true;
  }

  #order(): void {
    for (const map of [this.#byPath, this.#byName, this.#over]) map.clear();
    for (const volume of [...this.#pools.values()].flatMap(({ volumes }) => volumes)) {
      this.#byPath.set(volume.path, volume);
      this.#byName.set(volumeKey(volume.vol.pool, volume.vol.name), volume);
      const { backing } = volume;
      if (backing) this.#over.set(backing, [...(this.#over.get(backing) ?? []), volume.path]);
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

  /** A pool of which not all is known: it is stopped, or does not answer. */
  get blindPool(): string | undefined {
    const [stale] = this.#stale;
    return stale ?? [...this.#pools].find(([, { blind }]) => blind)?.[0];
  }

  /** Whether the pool of this volume could not look at its folder now: what has come since is not known. */
  isStale({ vol }: Volume): boolean {
    return this.#stale.has(vol.pool);
  }
}
