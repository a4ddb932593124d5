import {
  allDomainStats,
  LibvirtError,
  numberParam,
  type RpcConnection,
  type remote_nonnull_domain,
  statsGroup,
} from './client/index.ts';
import { tooLate } from './deadline.ts';
import { isMissingFile } from './libvirt-failures.ts';
import type { NetworkMounts } from './network-mounts.ts';
import type { SideCalls } from './side-calls.ts';
import type { FactDisk } from './xml/domain-facts.ts';

/** Bytes of all disks of a domain; what is not known of one of them is not known of all. */
export interface DiskSizes {
  /** What the guest sees. */
  readonly size?: number;
  /** What they take on the host. */
  readonly used?: number;
}

/** A disk that is not there, and how libvirt says so. */
export interface MissingDisk {
  readonly disk: string;
  readonly error: LibvirtError;
}

/** A disk that the domain could not write, or read. */
export interface DiskError {
  readonly disk: string;
  readonly reason: 'no-space' | 'other';
}

/** Most disks whose errors are asked for; a domain with more has the first of them told. */
const mostErrors = 64;
/** virDomainDiskErrorCode: 1 is not specified. */
const noSpace = 2;

/**
 * What each disk of a running domain holds, by its name in the definition: one question that neither waits for a busy
 * domain nor opens a file.
 * @returns undefined where nobody could tell in time
 */
export async function runningDisks(
  side: SideCalls,
  dom: remote_nonnull_domain,
): Promise<ReadonlyMap<string, DiskSizes> | undefined> {
  const answer = await orNothing(side.ask((spare) => allDomainStats(spare, statsGroup.block, [dom])));
  const params = answer?.[0]?.params;
  if (!params) return undefined;
  const byTarget = new Map<string, DiskSizes>();
  for (let at = 0; at < (numberParam(params, 'block.count') ?? 0); at += 1) {
    // While it runs, `physical` is what QEMU says that the image takes; `allocation` only how far this run has written.
    const [size, used] = ['capacity', 'physical'].map((figure) => numberParam(params, `block.${at}.${figure}`));
    byTarget.set(String(params[`block.${at}.name`]), known(size, used));
  }
  return byTarget;
}

/** The same of its `disks` together. */
export async function runningSizes(
  side: SideCalls,
  dom: remote_nonnull_domain,
  disks: readonly FactDisk[],
): Promise<DiskSizes | undefined> {
  const found = await runningDisks(side, dom);
  const sizes = sum(disks.map(({ target }) => found?.get(target) ?? {}));
  return sizes.size === undefined && sizes.used === undefined ? undefined : sizes;
}

/**
 * What the disks of a stopped domain hold, and which is missing: better said in the row than at the start. libvirt
 * keeps a domain locked while it opens a disk, and a list of all domains waits for that lock: on a network's file
 * system whose server is gone, the question alone would stop the lists of everybody. It is not asked there.
 * @returns undefined where nobody could tell in time
 */
export async function stoppedDisks(
  side: SideCalls,
  dom: remote_nonnull_domain,
  disks: readonly FactDisk[],
  mounts: NetworkMounts,
): Promise<{ missing?: MissingDisk; sizes: DiskSizes } | undefined> {
  const found: DiskSizes[] = [];
  for (const { path, volume } of disks) {
    const mayAsk = path !== undefined && !(await mounts.mayHang(path));
    try {
      const sizes = mayAsk
        ? await side.ask((spare) => fileSizes(spare, dom, path))
        : volume && (await side.ask((spare) => volumeSizes(spare, volume.pool, volume.name)));
      if (sizes === tooLate) return undefined;
      found.push(sizes ?? {});
    } catch (error) {
      if (!(error instanceof LibvirtError)) throw error;
      // Other errors (no right to look, a pool that is off) do not tell that the disk is missing.
      if (path && isMissingFile(error)) return { missing: { disk: path, error }, sizes: {} };
      found.push({});
    }
  }
  return { sizes: sum(found) };
}

/** The disk for which a domain was paused, by its name in the definition; undefined where nobody can tell. */
export async function firstDiskError(side: SideCalls, dom: remote_nonnull_domain): Promise<DiskError | undefined> {
  const answer = await orNothing(
    side.ask((spare) => spare.call('DOMAIN_GET_DISK_ERRORS', { dom, maxerrors: mostErrors, flags: 0 })),
  );
  // The one that is full is the one that the person can mend.
  const errors = answer?.errors.filter(({ error }) => error > 0) ?? [];
  const told = errors.find(({ error }) => error === noSpace) ?? errors[0];
  return told && { disk: told.disk, reason: told.error === noSpace ? 'no-space' : 'other' };
}

/** Sizes of one disk by its path or its name in the definition. @throws LibvirtError */
export async function fileSizes(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  path: string,
): Promise<DiskSizes> {
  const { capacity, allocation } = await connection.call('DOMAIN_GET_BLOCK_INFO', { dom, path, flags: 0 });
  return { size: Number(capacity), used: Number(allocation) };
}

/** Sizes of a volume: a stopped domain's disks are not looked up in their pools by libvirt. @throws LibvirtError */
export async function volumeSizes(connection: RpcConnection, poolName: string, name: string): Promise<DiskSizes> {
  const { pool } = await connection.call('STORAGE_POOL_LOOKUP_BY_NAME', { name: poolName });
  const { vol } = await connection.call('STORAGE_VOL_LOOKUP_BY_NAME', { pool, name });
  const { capacity, allocation } = await connection.call('STORAGE_VOL_GET_INFO', { vol });
  return { size: Number(capacity), used: Number(allocation) };
}

function sum(all: readonly DiskSizes[]): DiskSizes {
  const total = (figure: keyof DiskSizes) =>
    all.length === 0 ? undefined : all.reduce<number | undefined>((so, each) => plus(so, each[figure]), 0);
  return known(total('size'), total('used'));
}

function plus(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}

function known(size: number | undefined, used: number | undefined): DiskSizes {
  return { ...(size !== undefined && { size }), ...(used !== undefined && { used }) };
}

/** What came in time and without the daemon's refusal. */
async function orNothing<T>(asked: Promise<T | typeof tooLate>): Promise<T | undefined> {
  try {
    const answer = await asked;
    return answer === tooLate ? undefined : answer;
  } catch (error) {
    if (error instanceof LibvirtError) return undefined;
    throw error;
  }
}
