import { say } from '../../shared/message.ts';
import {
  type GuestSnapshots,
  guestSnapshots,
  type Snapshot,
  type SnapshotId,
  type SnapshotOffer,
  snapshot as snapshotSchema,
} from '../../shared/snapshot.ts';
import { idOf } from './guests.ts';

const ready = (verb: SnapshotOffer['verb']): SnapshotOffer => ({ verb, ready: true });

/** A snapshot that the schema accepts: taken while the guest ran, with memory, but for what `part` says. */
export function aSnapshot(name: string, part: Partial<Snapshot> = {}): Snapshot {
  const guarded = part.protected ?? false;
  return snapshotSchema.parse({
    ...{ id: name as SnapshotId, name, description: '', createdAt: 1_700_000_000_000, state: 'running', memory: true },
    ...{ protected: guarded, own: true, notes: [] },
    offers: [
      ready('restoreSnapshot'),
      ready('editSnapshot'),
      guarded
        ? { verb: 'protectSnapshot', ready: false, because: say('because.snapshotProtected') }
        : ready('protectSnapshot'),
      guarded
        ? ready('unprotectSnapshot')
        : { verb: 'unprotectSnapshot', ready: false, because: say('because.snapshotNotProtected') },
      guarded
        ? { verb: 'deleteSnapshot', ready: false, because: say('because.snapshotProtected') }
        : ready('deleteSnapshot'),
    ],
    ...part,
  });
}

/** What main says of the snapshots of a running guest made by aGuest: all can be done, but for what `part` says. */
export function someSnapshots(
  guestName: string,
  snapshots: readonly Snapshot[],
  part: Partial<GuestSnapshots> = {},
): GuestSnapshots {
  const last = snapshots.at(-1)?.id;
  return guestSnapshots.parse({
    ...{ guest: idOf(guestName), snapshots: [...snapshots], now: 'running', notes: [] },
    ...(last && { current: last }),
    takeWithMemory: { ready: true, says: [say('snapshot.says.pause')] },
    takeDisks: { ready: true, says: [say('snapshot.says.diskOnly')] },
    freeze: { ready: true, says: [say('snapshot.says.freeze')] },
    ...part,
  });
}
