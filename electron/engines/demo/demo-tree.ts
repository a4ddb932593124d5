import type { Guest } from '../../../shared/guest.ts';
import { say } from '../../../shared/message.ts';
import type { GuestSnapshots, Snapshot, SnapshotId, SnapshotOffer, TakeOffer } from '../../../shared/snapshot.ts';

const gib = 1024 ** 3;

/** A snapshot as the demo engine keeps it: what can be done with it follows from that. */
export type KeptSnapshot = Omit<Snapshot, 'offers' | 'notes'>;

/** The snapshots of one guest, and the one that it stands on. */
export interface DemoTree {
  readonly kept: Map<SnapshotId, KeptSnapshot>;
  current: SnapshotId | undefined;
}

/** What a guest does, in the words of snapshots. */
export function whatItDoes({ state }: Pick<Guest, 'state'>): GuestSnapshots['now'] {
  return state === 'running' || state === 'paused' ? state : 'off';
}

/** What a snapshot made now takes on the host, in bytes; always the same for the same guest and snapshot. */
export function sizeOf(guest: Guest, memory: boolean, number: number): number {
  return Math.round((0.1 + (number % 7) / 20) * gib) + (memory ? Math.round((guest.memoryLimit ?? gib) / 4) : 0);
}

/** Its tree at first: as many snapshots as it is said to have, with a branch, made between its birth and now. */
export function firstTree(guest: Guest): DemoTree {
  const tree: DemoTree = { kept: new Map(), current: undefined };
  const born = guest.createdAt ?? Date.now();
  const models = [
    { name: 'base', description: 'Fresh install, all updates', state: 'off', memory: false, own: true },
    { name: 'before-upgrade', description: '', state: 'running', memory: true, own: true, parent: 0 },
    {
      name: 'failed-upgrade',
      description: 'Kept to look into',
      state: 'running',
      memory: false,
      own: false,
      parent: 1,
    },
    { name: 'tls-works', description: 'Certificates in place', state: 'running', memory: true, own: true, parent: 1 },
  ] as const;
  const ids = models.map((_model, place) => `first-${place + 1}` as SnapshotId);
  for (const [place, model] of models.slice(0, guest.snapshots ?? 0).entries()) {
    const { name, description, state, memory, own } = model;
    const id = ids[place] as SnapshotId;
    const parent = 'parent' in model ? ids[model.parent] : undefined;
    tree.kept.set(id, {
      ...{ id, name, description, state, memory, own },
      ...(parent && { parent }),
      createdAt: born + Math.round(((Date.now() - born) * (place + 1)) / 5),
      size: { bytes: sizeOf(guest, memory, place), atLeast: !own },
      protected: place === 0,
    });
    if (own) tree.current = id;
  }
  return tree;
}

/** Those that stand on a snapshot, also through others, each after the one that it stands on. */
export function standingOn(tree: DemoTree, id: SnapshotId): SnapshotId[] {
  return [...tree.kept.values()].flatMap((each) => (each.parent === id ? [each.id, ...standingOn(tree, each.id)] : []));
}

/** All that is known of the snapshots of a guest, as the window is told. */
export function describeTree(guest: Guest, tree: DemoTree): GuestSnapshots {
  const now = whatItDoes(guest);
  const snapshots = [...tree.kept.values()].sort((a, b) => a.createdAt - b.createdAt);
  return {
    guest: guest.id,
    snapshots: snapshots.map((each) => ({ ...each, notes: [], offers: offersOf(each) })),
    ...(tree.current && { current: tree.current }),
    now,
    ...waysToTake(guest, now),
    notes: [],
  };
}

function offersOf(snapshot: KeptSnapshot): SnapshotOffer[] {
  const guarded = snapshot.protected;
  return [
    { verb: 'restoreSnapshot', ready: true },
    { verb: 'editSnapshot', ready: true },
    guarded
      ? { verb: 'protectSnapshot', ready: false, because: say('because.snapshotProtected') }
      : { verb: 'protectSnapshot', ready: true },
    guarded
      ? { verb: 'unprotectSnapshot', ready: true }
      : { verb: 'unprotectSnapshot', ready: false, because: say('because.snapshotNotProtected') },
    guarded
      ? { verb: 'deleteSnapshot', ready: false, because: say('because.snapshotProtected') }
      : { verb: 'deleteSnapshot', ready: true },
  ];
}

type Ways = Pick<GuestSnapshots, 'takeWithMemory' | 'takeDisks' | 'freeze'>;

function waysToTake(guest: Guest, now: GuestSnapshots['now']): Ways {
  const no = (because: Extract<TakeOffer, { ready: false }>['because']): TakeOffer => ({ ready: false, because });
  if (guest.state === 'saved') {
    const because = no(say('because.saved'));
    return { takeWithMemory: because, takeDisks: because, freeze: because };
  }
  const off = no(say('because.notRunning'));
  if (now === 'off') {
    return {
      takeWithMemory: off,
      takeDisks: { ready: true, says: [say('snapshot.says.off'), say('snapshot.says.grows')] },
      freeze: off,
    };
  }
  const memory = guest.memoryLimit ?? gib;
  const agent = now === 'running' && !guest.image?.startsWith('Windows');
  return {
    takeWithMemory: {
      ready: true,
      says: [
        say('snapshot.says.memoryFile', { mebibytes: Math.round(memory / 1024 ** 2) }),
        ...(now === 'running' ? [say('snapshot.says.pause')] : []),
        say('snapshot.says.grows'),
      ],
    },
    takeDisks: { ready: true, says: [say('snapshot.says.diskOnly'), say('snapshot.says.grows')] },
    freeze: agent ? { ready: true, says: [say('snapshot.says.freeze')] } : no(say('because.noAgent')),
  };
}
