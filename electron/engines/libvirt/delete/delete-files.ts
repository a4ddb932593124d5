import { say } from '../../../../shared/message.ts';
import type { ActionRun } from '../../engine.ts';
import { runRemedy } from '../../shell.ts';
import { errorCode, LibvirtError, type RpcConnection, type remote_nonnull_domain } from '../client/index.ts';
import { Refusal } from '../refusal.ts';
import { bounded } from './bounded.ts';
import { planMs } from './delete-plan.ts';
import { readDomains, type Usage, usageOf } from './domain-usage.ts';
import type { Volume } from './pool-reader.ts';
import { VolumeIndex } from './volume-index.ts';

/** Writes a line for virsh that can be pasted. */
export type Virsh = (...words: readonly string[]) => string;

interface Leftover {
  readonly file: string;
  readonly volume?: Volume | undefined;
  readonly error?: unknown;
}

/**
 * Deletes the files of a domain that is gone, through their pools.
 * @param files each before what it stands on
 * @throws Refusal with what is left over and how to delete it by hand; LibvirtError, ConnectionLostError, Error before
 *   the first file
 */
export async function deleteFiles(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  files: readonly string[],
  run: ActionRun,
  virsh: Virsh,
): Promise<void> {
  if (files.length === 0) return;
  const leftovers = await tryFiles(connection, dom, files, run);
  if (leftovers.length > 0) throw leftoverRefusal(leftovers, virsh);
}

/** Says what is left over of a domain that is gone. */
export function leftoverRefusal(leftovers: readonly Leftover[], virsh: Virsh): Refusal {
  const paths = leftovers.map(({ file }) => file).join(', ');
  // No command for what is in use, or may be: it is left over for good reason.
  const remedies = leftovers.flatMap(({ volume }) => {
    if (!volume) return [];
    const line = virsh('vol-delete', '--pool', volume.vol.pool, '--vol', volume.vol.name);
    return [runRemedy(line, say('remedy.removeLeftovers'))];
  });
  const cause = leftovers.find(({ error }) => error !== undefined)?.error;
  return new Refusal('refused', say('failure.detail.leftovers', { paths }), remedies, cause);
}

/** Forcing off may have taken long: what others have begun to use meanwhile stays. */
async function tryFiles(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  files: readonly string[],
  run: ActionRun,
): Promise<Leftover[]> {
  const { volumes, users } = await bounded(lookAgain(connection, dom, files), planMs);
  const [gone, leftovers] = [new Set<string>(), [] as Leftover[]];
  for (const file of files) {
    const volume = volumes.at(file);
    const over = volumes.over(file).filter((each) => !gone.has(each));
    if (users.has(file) || over.some((each) => !files.includes(each))) leftovers.push({ file });
    else if (over.length > 0) leftovers.push({ file, volume });
    // Its pool has been stopped, say: nobody knows whether it is there, and what has come to stand on it.
    else if (volume ? volumes.isStale(volume) : !volumes.looksMissing(file)) leftovers.push({ file });
    else if (volume) {
      const error = await deleteVolume(connection, volume);
      if (error) leftovers.push({ file, volume, error });
      else gone.add(file);
    } else gone.add(file);
    run.progress((gone.size + leftovers.length) / files.length);
  }
  return leftovers;
}

async function lookAgain(
  connection: RpcConnection,
  { uuid }: remote_nonnull_domain,
  files: readonly string[],
): Promise<Pick<Usage, 'users'> & { volumes: VolumeIndex }> {
  const volumes = await VolumeIndex.read(connection, files);
  return { volumes, users: usageOf(await readDomains(connection), uuid, volumes).users };
}

/** The error of a volume that stays; none for one that is gone. */
async function deleteVolume(connection: RpcConnection, { vol }: Volume): Promise<unknown> {
  try {
    await connection.call('STORAGE_VOL_DELETE', { vol, flags: 0 });
    return undefined;
  } catch (error) {
    return error instanceof LibvirtError && error.code === errorCode.noStorageVolume ? undefined : error;
  }
}
