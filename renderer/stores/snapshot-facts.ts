import type { GuestSnapshots, Snapshot, SnapshotId, SnapshotOffer, TakeOffer } from '../../shared/snapshot.ts';

/** A verb that may be asked of a snapshot now. Of two that undo each other it is the one that is ready. */
export function offersNow({ offers }: Snapshot, live: boolean): SnapshotOffer[] {
  const shown = offers.filter(({ verb, ready }) => ready || !hidden(verb, offers));
  if (live) return shown;
  return shown.map(({ verb }) => ({ verb, ready: false, because: { key: 'because.engineNotLive' } }));
}

function hidden(verb: SnapshotOffer['verb'], offers: readonly SnapshotOffer[]): boolean {
  const other = { protectSnapshot: 'unprotectSnapshot', unprotectSnapshot: 'protectSnapshot' }[verb as string];
  return offers.some((offer) => offer.verb === other && offer.ready);
}

/** Whether all that the guest is now can be kept: with its memory where it is on. */
export function keepOffer({ now, takeWithMemory, takeDisks }: GuestSnapshots): TakeOffer {
  return now === 'off' ? takeDisks : takeWithMemory;
}

/** The wanted name, or with a number behind it where another snapshot of the guest has it. */
export function freeName(wanted: string, snapshots: readonly Snapshot[], longest: number): string {
  const taken = new Set(snapshots.map(({ name }) => name));
  const cut = wanted.slice(0, longest);
  for (let number = 2, name = cut; ; number += 1) {
    if (!taken.has(name)) return name;
    const end = ` (${number})`;
    name = cut.slice(0, longest - end.length) + end;
  }
}

/** Those that stand on a snapshot, also through others. */
export function standingOn(snapshots: readonly Snapshot[], id: SnapshotId): Snapshot[] {
  const found = new Set<SnapshotId>([id]);
  // Sorted by nobody: looked through until nothing new is found.
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const each of snapshots) if (each.parent !== undefined && found.has(each.parent)) found.add(each.id);
  }
  return snapshots.filter((each) => each.id !== id && found.has(each.id));
}
