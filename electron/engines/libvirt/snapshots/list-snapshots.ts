import type { GuestId } from '../../../../shared/ids.ts';
import { type Message, say } from '../../../../shared/message.ts';
import type { GuestSnapshots, Snapshot, SnapshotId, TakeOffer } from '../../../../shared/snapshot.ts';
import { ConnectionLostError, type RpcConnection, type remote_nonnull_domain } from '../client/index.ts';
import { tooLate, within } from '../deadline.ts';
import { filesOf } from '../xml/domain-files.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import { MissingFiles, sourceName } from './missing-files.ts';
import { readSituation, type Situation } from './read-situation.ts';
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
  const files = new MissingFiles(connection);
  const missing = new Map<string, string>();
  const looked = lookForAll(files, situation.snapshots, missing).catch((error: unknown) => {
    // What is not known is looked for again before anything is done.
    if (error instanceof ConnectionLostError) throw error;
  });
  if ((await within(looked, lookMs)) === tooLate) looked.catch(() => undefined);
  return guestSnapshots(guest, situation, missing);
}

async function lookForAll(
  files: MissingFiles,
  snapshots: readonly SnapshotRecord[],
  missing: Map<string, string>,
): Promise<void> {
  for (const snapshot of snapshots) {
    const path = await missingFile(files, snapshot);
    if (path !== undefined) missing.set(snapshot.name, path);
  }
}

/** The first file that the VM had then and that is not there any more. @throws LibvirtError, Refusal */
export async function missingFile(files: MissingFiles, { domain }: SnapshotRecord): Promise<string | undefined> {
  for (const { source, chain } of filesOf(domain).disks) {
    for (const each of [source, ...chain.map((path) => ({ by: 'path', path }) as const)]) {
      if (await files.isMissing(each)) return sourceName(each);
    }
  }
  return undefined;
}

/** As the window shows them. @param missing path of a missing file by the names of snapshots */
export function guestSnapshots(
  guest: GuestId,
  situation: Situation,
  missing: ReadonlyMap<string, string>,
): GuestSnapshots {
  const { snapshots, current, ways, has, state } = situation;
  return {
    guest,
    snapshots: snapshots.map((each) => shown(each, situation, missing.get(each.name))),
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

function shown(record: SnapshotRecord, situation: Situation, missing: string | undefined): Snapshot {
  return {
    id: record.name as SnapshotId,
    name: record.own.shownName ?? record.name,
    description: record.description,
    ...(record.parent !== undefined && { parent: record.parent as SnapshotId }),
    createdAt: record.createdAt * 1000,
    state: stateThen(record.state),
    memory: record.memory !== 'no',
    protected: record.own.protected,
    own: record.own.made,
    notes: notesOf(record, missing),
    offers: snapshotOffers(record, situation, missing),
  };
}

/** `disk-snapshot` is one of the disks of a guest that was on. */
function stateThen(state: string): Snapshot['state'] {
  if (state === 'running' || state === 'blocked' || state === 'disk-snapshot') return 'running';
  return state === 'paused' || state === 'pmsuspended' ? 'paused' : 'off';
}

function notesOf({ outside }: SnapshotRecord, missing: string | undefined): Message[] {
  return [
    ...(outside ? [say('snapshot.note.external')] : []),
    ...(missing === undefined ? [] : [say('snapshot.note.missing', { path: missing })]),
  ];
}
