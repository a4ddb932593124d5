import type { DeletePart } from '../../../../shared/delete-plan.ts';
import { type Message, say } from '../../../../shared/message.ts';
import { errorCode, LibvirtError, type RpcConnection, type remote_nonnull_domain } from '../client/index.ts';
import { type SnapshotFacts, snapshotFacts } from '../xml/snapshot.ts';
import type { Usage } from './domain-usage.ts';
import { diskPart } from './part-ids.ts';
import type { VolumeIndex } from './volume-index.ts';

/** A part that goes with the definition. */
export function always(kind: DeletePart['kind'], because?: Message): DeletePart {
  return { id: kind, kind, name: '', goes: 'always', chosen: true, ...(because && { because }) };
}

/** Snapshots of a domain; none where the driver knows of none. @throws LibvirtError, Error for unreadable XML */
export async function readSnapshots(connection: RpcConnection, dom: remote_nonnull_domain): Promise<SnapshotFacts[]> {
  const list = connection.call('DOMAIN_LIST_ALL_SNAPSHOTS', { dom, need_results: 1, flags: 0 });
  const found = await ifSupported(list, ({ snapshots }) => snapshots, []);
  const read = found.map(async (snap): Promise<SnapshotFacts[]> => {
    try {
      return [snapshotFacts((await connection.call('DOMAIN_SNAPSHOT_GET_XML_DESC', { snap, flags: 0 })).xml)];
    } catch (error) {
      if (error instanceof LibvirtError && error.code === errorCode.noDomainSnapshot) return []; // gone meanwhile
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}

/** Saved state, snapshots and checkpoints, where there are any and the driver knows of them. */
export async function countedParts(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  snapshots: readonly SnapshotFacts[],
): Promise<DeletePart[]> {
  const [saved, checkpoints] = await Promise.all([
    ifSupported(connection.call('DOMAIN_HAS_MANAGED_SAVE_IMAGE', { dom, flags: 0 }), ({ result }) => result, 0),
    ifSupported(
      connection.call('DOMAIN_LIST_ALL_CHECKPOINTS', { dom, need_results: 0, flags: 0 }),
      ({ ret }) => ret,
      0,
    ),
  ]);
  const because = say(snapshots.some(({ inside }) => inside) ? 'part.snapshotsInside' : 'part.snapshotsOutside');
  return [
    ...(saved > 0 ? [always('savedState')] : []),
    ...(snapshots.length > 0 ? [{ ...always('snapshots', because), count: snapshots.length }] : []),
    ...(checkpoints > 0 ? [{ ...always('checkpoints'), count: checkpoints }] : []),
  ];
}

async function ifSupported<T, R>(asked: Promise<T>, take: (answer: T) => R, none: R): Promise<R> {
  try {
    return take(await asked);
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noSupport) return none;
    throw error;
  }
}

/** Files of snapshots that are no disks: of no use without the definition, and the person's to delete. */
export function snapshotParts(
  snapshots: readonly SnapshotFacts[],
  disks: readonly DeletePart[],
  volumes: VolumeIndex,
  { users }: Usage,
): DeletePart[] {
  const told = new Set(disks.map(({ name }) => name));
  const files = new Set(snapshots.flatMap((each) => each.files));
  return [...files].flatMap((file): DeletePart[] => {
    if (told.has(file)) return [];
    const part = { id: diskPart(file), kind: 'snapshotFile', name: file, chosen: false } as const;
    const [volume, user] = [volumes.at(file), users.get(file)];
    if (!volume) {
      return [{ ...part, goes: 'never', because: say(volumes.looksMissing(file) ? 'part.missing' : 'part.noPool') }];
    }
    const size = volume.allocation === undefined ? {} : { size: volume.allocation };
    if (user !== undefined) return [{ ...part, ...size, goes: 'never', because: say('part.shared', { name: user }) }];
    return [{ ...part, ...size, goes: 'person', because: say('part.snapshotFile') }];
  });
}
