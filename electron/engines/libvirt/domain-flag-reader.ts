import {
  errorCode,
  LibvirtError,
  listDomainsFlag,
  type RpcConnection,
  type remote_nonnull_domain,
} from './client/index.ts';
import type { DomainFlags } from './domain-flags.ts';

/** What XML and state do not tell of a domain: all but its protection, which is in its metadata. */
export type ReadFlags = Omit<DomainFlags, 'protected'>;

const none: ReadFlags = { saved: false, autostart: false, transient: false, snapshots: 0 };

/** Of all domains at once, by UUID: a list for each flag, whatever their number. A domain without any is left out. */
export async function flagsOfAll(connection: RpcConnection): Promise<ReadonlyMap<string, ReadFlags>> {
  const [saved, autostart, transient, withSnapshots] = await Promise.all([
    listed(connection, listDomainsFlag.managedSave),
    listed(connection, listDomainsFlag.autostart),
    listed(connection, listDomainsFlag.transient),
    listed(connection, listDomainsFlag.hasSnapshot),
  ]);
  const flags = new Map<string, ReadFlags>();
  const add = (domains: readonly remote_nonnull_domain[], flag: Partial<ReadFlags>): void => {
    for (const { uuid } of domains) flags.set(uuid, { ...(flags.get(uuid) ?? none), ...flag });
  };
  add(saved, { saved: true });
  add(autostart, { autostart: true });
  add(transient, { transient: true });
  for (const dom of withSnapshots) add([dom], { snapshots: await snapshotsOf(connection, dom) });
  return flags;
}

/** Those of one domain out of {@link flagsOfAll}. */
export function flagsIn(all: ReadonlyMap<string, ReadFlags>, uuid: string): ReadFlags {
  return all.get(uuid) ?? none;
}

/** Of one domain. What its driver cannot tell is not so. */
export async function flagsOf(connection: RpcConnection, dom: remote_nonnull_domain): Promise<ReadFlags> {
  const [saved, autostart, persistent, snapshots] = await Promise.all([
    told(connection.call('DOMAIN_HAS_MANAGED_SAVE_IMAGE', { dom, flags: 0 }), { result: 0 }),
    told(connection.call('DOMAIN_GET_AUTOSTART', { dom }), { autostart: 0 }),
    told(connection.call('DOMAIN_IS_PERSISTENT', { dom }), { persistent: 1 }),
    snapshotsOf(connection, dom),
  ]);
  return {
    saved: saved.result === 1,
    autostart: autostart.autostart === 1,
    transient: persistent.persistent === 0,
    snapshots,
  };
}

async function listed(connection: RpcConnection, flags: number): Promise<readonly remote_nonnull_domain[]> {
  const answer = connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags });
  return (await told(answer, { domains: [], ret: 0 })).domains;
}

async function snapshotsOf(connection: RpcConnection, dom: remote_nonnull_domain): Promise<number> {
  return (await told(connection.call('DOMAIN_SNAPSHOT_NUM', { dom, flags: 0 }), { num: 0 })).num;
}

/** Codes of a driver that has no such thing, and of a domain that has gone or is transient meanwhile. */
const unknown: readonly number[] = [
  ...[errorCode.noSupport, errorCode.invalidArg, errorCode.noDomain, errorCode.operationInvalid],
  ...[errorCode.configUnsupported, errorCode.internal],
];

async function told<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LibvirtError && unknown.includes(error.code)) return otherwise;
    throw error;
  }
}
