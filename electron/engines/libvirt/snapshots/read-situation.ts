import { createHash } from 'node:crypto';
import { z } from 'zod';

import { errorCode, type RpcConnection, type remote_nonnull_domain, xmlFlag } from '../client/index.ts';
import { Breather } from '../deadline.ts';
import { bounded } from '../delete/bounded.ts';
import { flagsOf } from '../domain-flag-reader.ts';
import { guestState } from '../domain-states.ts';
import { bytes, child, parseDomain } from '../xml/nodes.ts';
import { type SnapshotRecord, snapshotRecord } from '../xml/snapshot.ts';
import { snapshotMachine } from '../xml/snapshot-machine.ts';
import { type SnapshotCase, type SnapshotWays, snapshotWays } from './snapshot-kinds.ts';
import { unless } from './unless.ts';

/** A domain with its snapshots at one moment. */
export interface Situation extends SnapshotCase {
  /** As it is now: its id is -1 where it is off. */
  readonly dom: remote_nonnull_domain;
  /** virDomainState's reason. */
  readonly reason: number;
  /** The definition that its next start takes, or the only one. */
  readonly definition: string;
  /** Oldest first; of two of the same second, the one that the other stands on. */
  readonly snapshots: readonly SnapshotRecord[];
  /** Name of the one that what it is now stands on. */
  readonly current?: string;
  readonly ways: SnapshotWays;
}

/** How long a daemon may take to tell all that: while it reverts a running guest, its lists wait for two seconds. */
export const readMs = 15_000;

/**
 * Reads what is known of a domain and its snapshots.
 * @param connection one of its own: the answer may be given up
 * @throws LibvirtError; Refusal when libvirt does not answer; Error for XML that is none
 */
export function readSituation(connection: RpcConnection, uuid: string): Promise<Situation> {
  return bounded(read(connection, uuid), readMs);
}

async function read(connection: RpcConnection, uuid: string): Promise<Situation> {
  const { dom } = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid });
  const { state, reason } = await connection.call('DOMAIN_GET_STATE', { dom, flags: 0 });
  const flags = await flagsOf(connection, dom);
  const { xml: now } = await connection.call('DOMAIN_GET_XML_DESC', { dom, flags: 0 });
  const next = { dom, flags: xmlFlag.inactive };
  const definition = flags.transient ? now : (await connection.call('DOMAIN_GET_XML_DESC', next)).xml;
  const { lib_ver } = await connection.call('CONNECT_GET_LIB_VERSION');
  const snapshots = await readSnapshots(connection, dom);
  const current = await readCurrent(connection, dom);
  const domain = parseDomain(now);
  const about: SnapshotCase = {
    machine: snapshotMachine(domain, bytes(child(domain, 'memory')) ?? 0),
    state: guestState(state, flags.saved),
    transient: flags.transient,
    has: { internal: snapshots.some(({ inside }) => inside), external: snapshots.some(({ outside }) => outside) },
    version: Number(lib_ver),
    // None are taken yet: going back to them needs what README.md tells under (k), or libvirt 9.9.
    external: false,
  };
  const ways = snapshotWays(about);
  return { ...about, dom, reason, definition, snapshots, ...(current !== undefined && { current }), ways };
}

async function readSnapshots(connection: RpcConnection, dom: remote_nonnull_domain): Promise<SnapshotRecord[]> {
  const records: SnapshotRecord[] = [];
  const breather = new Breather();
  const list = connection.call('DOMAIN_LIST_ALL_SNAPSHOTS', { dom, need_results: 1, flags: 0 });
  for (const snap of (await unless([errorCode.noSupport], list))?.snapshots ?? []) {
    const asked = connection.call('DOMAIN_SNAPSHOT_GET_XML_DESC', { snap, flags: 0 });
    const told = await unless([errorCode.noDomainSnapshot], asked); // gone meanwhile
    if (told) records.push(snapshotRecord(told.xml));
    await breather.breathe();
  }
  const depths = depthsOf(records);
  const depth = ({ name }: SnapshotRecord): number => depths.get(name) ?? 0;
  // libvirt lists them in no order, and tells whole seconds.
  return records.sort(
    (one, other) => one.createdAt - other.createdAt || depth(one) - depth(other) || (one.name < other.name ? -1 : 1),
  );
}

function depthsOf(records: readonly SnapshotRecord[]): ReadonlyMap<string, number> {
  const parents = new Map(records.map(({ name, parent }) => [name, parent]));
  const depths = new Map<string, number>();
  for (const name of parents.keys()) {
    let depth = 0;
    for (let at = parents.get(name); at !== undefined && depth < parents.size; at = parents.get(at)) depth += 1;
    depths.set(name, depth);
  }
  return depths;
}

async function readCurrent(connection: RpcConnection, dom: remote_nonnull_domain): Promise<string | undefined> {
  const asked = connection.call('DOMAIN_SNAPSHOT_CURRENT', { dom, flags: 0 });
  const none = [errorCode.noDomainSnapshot, errorCode.noSupport];
  return (await unless(none, asked))?.snap.name;
}

/** What an operation was planned on: another one means that somebody else was at it. */
export const moment = z.strictObject({
  /** Of the definition. */
  hash: z.string(),
  on: z.boolean(),
  /** Names, each with that of its parent, sorted. */
  snapshots: z.array(z.string()).readonly(),
});
export type Moment = z.infer<typeof moment>;

/** `parent` where a snapshot has none. */
export function snapshotLink(name: string, parent: string | undefined): string {
  return parent === undefined ? name : `${name}\n${parent}`;
}

export function momentOf({ definition, dom, snapshots }: Pick<Situation, 'definition' | 'dom' | 'snapshots'>): Moment {
  return {
    hash: hashOf(definition),
    on: dom.id >= 0,
    snapshots: snapshots.map(({ name, parent }) => snapshotLink(name, parent)).sort(),
  };
}

export function hashOf(definition: string): string {
  return createHash('sha256').update(definition).digest('hex');
}
