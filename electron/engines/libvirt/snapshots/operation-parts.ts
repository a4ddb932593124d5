import type { Remedy } from '../../../../shared/failure.ts';
import { type Message, say } from '../../../../shared/message.ts';
import { type RpcConnection, snapshotCreateFlag, snapshotXmlFlag } from '../client/index.ts';
import { Refusal } from '../refusal.ts';
import { type SnapshotRecord, snapshotRecord } from '../xml/snapshot.ts';
import { type SnapshotChange, withOwnFacts } from '../xml/snapshot-own.ts';
import { type Moment, momentOf, type Situation } from './read-situation.ts';

/**
 * Asks over a connection of its own. What goes wrong comes as a FailureError: perform() knows by its code whether the
 * engine was lost, and then leaves the journal.
 */
export type Ask = <T>(question: (connection: RpcConnection) => Promise<T>) => Promise<T>;

/** What an operation is made from, anew too after a crash. */
export interface Making {
  readonly ask: Ask;
  /** It was broken off, and is made again: what it was planned on may be half changed, by itself. */
  readonly recalled: boolean;
}

const lookAgain: Remedy = { do: 'read', text: say('remedy.lookAgain') };

export function changedMeanwhile(): Refusal {
  return new Refusal('refused', say('failure.detail.changedMeanwhile'), [lookAgain]);
}

export function notOffered(because: Message): Refusal {
  return new Refusal('not-offered', because);
}

/** @throws Refusal where a domain or its snapshots are not those that the operation was planned on */
export function needMoment(now: Situation, planned: Moment): void {
  const { hash, on, snapshots } = momentOf(now);
  const same = hash === planned.hash && on === planned.on;
  if (!same || snapshots.join('\0') !== [...planned.snapshots].sort().join('\0')) throw changedMeanwhile();
}

/** @throws Refusal where it is gone */
export function snapshotNamed(name: string, { snapshots }: Situation): SnapshotRecord {
  const found = snapshots.find((each) => each.name === name);
  if (!found) throw changedMeanwhile();
  return found;
}

/**
 * Writes facts of ours and a description into a snapshot, which stays the current one if it is.
 * @param check is asked about the snapshot as it is immediately before
 * @throws LibvirtError; what the check throws
 */
export async function rewriteSnapshot(
  connection: RpcConnection,
  uuid: string,
  name: string,
  change: SnapshotChange,
  check: (now: SnapshotRecord) => void = () => undefined,
): Promise<void> {
  const { dom } = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid });
  const { snap } = await connection.call('DOMAIN_SNAPSHOT_LOOKUP_BY_NAME', { dom, name, flags: 0 });
  // With its secrets: what is not in the text would be taken out of the snapshot.
  const { xml } = await connection.call('DOMAIN_SNAPSHOT_GET_XML_DESC', { snap, flags: snapshotXmlFlag.secure });
  check(snapshotRecord(xml));
  const xml_desc = withOwnFacts(xml, name, change);
  await connection.call('DOMAIN_SNAPSHOT_CREATE_XML', { dom, xml_desc, flags: snapshotCreateFlag.redefine });
}
