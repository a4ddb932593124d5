import type { RpcConnection } from '../client/index.ts';
import { bounded } from '../delete/bounded.ts';
import { type DiskSource, filesOf } from '../xml/domain-files.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import { imageSnapshots } from './image-tables.ts';
import { MissingFiles, sourceName } from './missing-files.ts';
import type { ImageSnapshot } from './qcow2-snapshots.ts';

/** What the files of a snapshot tell, as far as it is known. */
export interface SnapshotFiles {
  /** A file that the VM had then and that is not there any more. */
  readonly missing?: string;
  /** A disk that should hold it and does not: libvirt would take the others back, and fail at this one. */
  readonly lost?: string;
  /** Bytes of its memory, where that is inside a disk. */
  readonly memoryBytes?: number;
}

const inTimeMs = 20_000;

/** Looks at the files of snapshots through libvirt's pools; at each file once. */
export class FileLook {
  readonly #connection: RpcConnection;
  readonly #missing: MissingFiles;
  readonly #tables = new Map<string, Promise<ImageSnapshot[] | undefined>>();

  /** @param connection one of its own: images are read over it */
  constructor(connection: RpcConnection) {
    this.#connection = connection;
    this.#missing = new MissingFiles(connection);
  }

  /** Before something is done, which must not wait for ever. @throws LibvirtError; Refusal where a pool does not answer */
  inTime(snapshot: SnapshotRecord): Promise<SnapshotFiles> {
    return bounded(this.at(snapshot), inTimeMs);
  }

  /** @throws LibvirtError; Refusal where a pool does not answer */
  async at(snapshot: SnapshotRecord): Promise<SnapshotFiles> {
    const { disks } = filesOf(snapshot.domain);
    for (const { source, chain } of disks) {
      for (const each of [source, ...chain.map((path) => ({ by: 'path', path }) as const)]) {
        if (await this.#missing.isMissing(each)) return { missing: sourceName(each) };
      }
    }
    let memoryBytes: number | undefined;
    for (const { source } of disks.filter(({ target }) => snapshot.insideDisks.includes(target))) {
      const table = await this.#table(source);
      const held = table?.find(({ name }) => name === snapshot.name);
      if (table && !held) return { lost: sourceName(source) };
      if (held && held.stateBytes > 0) memoryBytes = held.stateBytes;
    }
    return memoryBytes === undefined ? {} : { memoryBytes };
  }

  #table(source: DiskSource): Promise<ImageSnapshot[] | undefined> {
    const name = sourceName(source);
    let table = this.#tables.get(name);
    if (!table) {
      table = imageSnapshots(this.#connection, source);
      this.#tables.set(name, table);
    }
    return table;
  }
}
