import { readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/** File systems whose other side may be gone: then whoever opens a file there waits, often for ever. */
const network =
  /^(nfs4?|cifs|smb\w*|afs|ceph|glusterfs|lustre|gpfs|gfs2|ocfs2|beegfs|orangefs|coda|9p|autofs|fuse(\..+)?)$/;
const mostLinks = 40;

export interface MountSurroundings {
  /** The text of /proc/self/mountinfo, where there is one. */
  mountTable(): Promise<string | undefined>;
  /** Where a link leads; undefined for what is none. */
  linkTarget(file: string): Promise<string | undefined>;
}

export const localMounts: MountSurroundings = {
  mountTable: () => readFile('/proc/self/mountinfo', 'utf8').catch(() => undefined),
  linkTarget: (file) => readlink(file).catch(() => undefined),
};

/** What is mounted on this machine at one moment. */
export class NetworkMounts {
  readonly #around: MountSurroundings;
  readonly #folders = new Map<string, Promise<string | undefined>>();
  #types: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(around: MountSurroundings = localMounts) {
    this.#around = around;
  }

  /** Whether a file is on a network's file system. Asks only local folders, so this itself cannot hang. */
  async mayHang(file: string): Promise<boolean> {
    const types = await this.#mounts();
    let at = '/';
    let rest = path.normalize(file).split('/').filter(Boolean);
    for (let links = 0; links < mostLinks; ) {
      const [name, ...after] = rest;
      if (name === undefined) return false;
      const next = path.join(at, name);
      if (network.test(typeAt(next, types))) return true;
      const target = await this.#linkTarget(next);
      if (target === undefined) {
        at = next;
        rest = after;
      } else {
        links += 1;
        rest = [...path.resolve(at, target).split('/').filter(Boolean), ...after];
        at = '/';
      }
    }
    return true;
  }

  /** Disks lie in few folders: each part of a path is looked at once. */
  #linkTarget(file: string): Promise<string | undefined> {
    const known = this.#folders.get(file) ?? this.#around.linkTarget(file);
    this.#folders.set(file, known);
    return known;
  }

  #mounts(): Promise<ReadonlyMap<string, string>> {
    this.#types ??= this.#around.mountTable().then((table = '') => mountTypes(table));
    return this.#types;
  }
}

/** File system types by mount point: "36 35 98:0 / /mnt/a\040b rw - ext4 …"; a later mount hides an earlier one. */
function mountTypes(table: string): Map<string, string> {
  return new Map(
    table.split('\n').flatMap((line): [string, string][] => {
      const point = line.split(' ')[4];
      const type = / - (\S+)/.exec(line)?.[1];
      if (!point || !type) return [];
      return [[point.replaceAll(/\\(\d{3})/g, (_all, octal) => String.fromCharCode(Number.parseInt(octal, 8))), type]];
    }),
  );
}

/** The type of the file system that a path is on: that of the nearest mount point above it. */
function typeAt(file: string, types: ReadonlyMap<string, string>): string {
  for (let at = file; ; at = path.dirname(at)) {
    const type = types.get(at);
    if (type !== undefined || at === '/') return type ?? '';
  }
}
