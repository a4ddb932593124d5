import type { GuestId } from '../../../../shared/ids.ts';
import { type Message, say } from '../../../../shared/message.ts';
import type { GuestSnapshots, Snapshot, SnapshotId, TakeOffer } from '../../../../shared/snapshot.ts';
import { ConnectionLostError, type RpcConnection, type remote_nonnull_domain } from '../client/index.ts';
import { tooLate, within } from '../deadline.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import { readSituation, type Situation } from './read-situation.ts';
import { FileLook, type SnapshotFiles } from './snapshot-files.ts';
import type { SnapshotWay } from './snapshot-kinds.ts';
import { snapshotOffers } from './snapshot-offers.ts';

/** How long pools may take to tell which files are there: the list does not wait for those that do not answer. */
const lookMs = 4000;

/**
 * The snapshots of a domain, and what can be done with them and to take one, read now.
 * @param connection one of its own: the answer may be given up
 * @throws LibvirtError; Refusal when libvirt does not answer
 */
export async function listSnapshots(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  guest: GuestId,
): Promise<GuestSnapshots> {
  const situation = await readSituation(connection, dom.uuid);
  const files = new Map<string, SnapshotFiles>();
  const looked = lookAtAll(new FileLook(connection), situation.snapshots, files).catch((error: unknown) => {
    // What is not known is looked for again before anything is done.
    if (error instanceof ConnectionLostError) throw error;
  });
  if ((await within(looked, lookMs)) === tooLate) looked.catch(() => undefined);
  return guestSnapshots(guest, situation, files);
}

async function lookAtAll(
  look: FileLook,
  snapshots: readonly SnapshotRecord[],
  files: Map<string, SnapshotFiles>,
): Promise<void> {
  for (const snapshot of snapshots) files.set(snapshot.name, await look.at(snapshot));
}

/** As the window shows them. @param files by the names of snapshots, as far as they were looked at */
export function guestSnapshots(
  guest: GuestId,
  situation: Situation,
  files: ReadonlyMap<string, SnapshotFiles>,
): GuestSnapshots {
  const { snapshots, current, ways, has, state } = situation;
  return {
    guest,
    snapshots: snapshots.map((each) => shown(each, situation, files.get(each.name))),
    ...(current !== undefined && { current: current as SnapshotId }),
    now: situation.dom.id < 0 ? 'off' : state === 'paused' || state === 'suspended' ? 'paused' : 'running',
    takeWithMemory: takeOffer(ways.memory),
    takeDisks: takeOffer(ways.disks),
    freeze: { ready: false, because: say('because.snapshotNoFreeze') },
    notes: has.internal && has.external ? [say('snapshot.note.mixed')] : [],
  };
}

function takeOffer(way: SnapshotWay): TakeOffer {
  if (way.kind === 'refused') return { ready: false, because: way.because };
  return { ready: true, says: [...way.says] };
}

function shown(record: SnapshotRecord, situation: Situation, files: SnapshotFiles = {}): Snapshot {
  return {
    id: record.name as SnapshotId,
    name: record.own.shownName ?? record.name,
    description: record.description,
    ...(record.parent !== undefined && { parent: record.parent as SnapshotId }),
    createdAt: record.createdAt * 1000,
    state: stateThen(record.state),
    memory: record.memory !== 'no',
    // What its disks take is known to nobody.
    ...(files.memoryBytes !== undefined && { size: { bytes: files.memoryBytes, atLeast: true } }),
    protected: record.own.protected,
    own: record.own.made,
    notes: notesOf(record, files),
    offers: snapshotOffers(record, situation, files),
  };
}

/** `disk-snapshot` is one of the disks of a guest that was on. */
function stateThen(state: string): Snapshot['state'] {
  if (state === 'running' || state === 'blocked' || state === 'disk-snapshot') return 'running';
  return state === 'paused' || state === 'pmsuspended' ? 'paused' : 'off';
}

function notesOf({ outside }: SnapshotRecord, { missing, lost }: SnapshotFiles): Message[] {
  return [
    ...(outside ? [say('snapshot.note.external')] : []),
    ...(missing === undefined ? [] : [say('snapshot.note.missing', { path: missing })]),
    ...(lost === undefined ? [] : [say('snapshot.note.lost', { path: lost })]),
  ];
}
