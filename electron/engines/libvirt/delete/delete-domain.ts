import type { Remedy } from '../../../../shared/failure.ts';
import { say } from '../../../../shared/message.ts';
import type { ActionRun } from '../../engine.ts';
import { runRemedy } from '../../shell.ts';
import {
  errorCode,
  LibvirtError,
  type LibvirtHost,
  type RpcConnection,
  type remote_nonnull_domain,
  undefineFlag,
} from '../client/index.ts';
import { isProtected } from '../domain-metadata.ts';
import { overSpare } from '../over-spare.ts';
import { Refusal } from '../refusal.ts';
import { type Planned, planDelete } from './delete-plan.ts';
import { readUsage } from './domain-usage.ts';
import { isFileId } from './part-ids.ts';
import { type Volume, VolumeIndex } from './volume-index.ts';

/** Writes a line for virsh that can be pasted. */
type Virsh = (...words: readonly string[]) => string;

const lookAgain: Remedy = { do: 'read', text: say('remedy.lookAgain') };

/**
 * Takes a domain away with the chosen parts of its plan: it is forced off, its definition goes first with all that
 * libvirt keeps beside it, the files last, through their pools. What is wished for is held against a plan made now;
 * nothing is touched if that is no longer possible.
 * @param wanted ids of parts; those that always go need not be among them
 * @throws Refusal, also when the domain is gone and files are left over; LibvirtError
 */
export async function deleteDomain(
  host: LibvirtHost,
  dom: remote_nonnull_domain,
  run: ActionRun,
  wanted: readonly string[],
  virsh: Virsh,
): Promise<void> {
  await overSpare(host, async (connection) => {
    const planned = await planDelete(connection, dom);
    const files = chosenFiles(planned, new Set(wanted));
    await refuseProtected(connection, dom);
    if (run.signal.aborted) throw new Refusal('cancelled', say('failure.detail.cancelled'));
    const { persistent } = await connection.call('DOMAIN_IS_PERSISTENT', { dom });
    await endDomain(connection, dom);
    if (persistent) await undefine(connection, dom, planned.keepNvram);
    await needGone(connection, dom);
    await deleteFiles(connection, dom, files, run, virsh);
  });
}

/** The chosen files, each before what it stands on. @throws Refusal when one of them is not to be had any more */
function chosenFiles({ parts, above, volumes }: Planned, wanted: ReadonlySet<string>): string[] {
  const byId = new Map(parts.map((part) => [part.id, part]));
  for (const id of wanted) {
    const part = byId.get(id);
    // Only files are chosen: a saved state that is gone since, for one, is not missed.
    if (!isFileId(id) || (part && part.goes !== 'never')) continue;
    throw new Refusal('refused', part?.because ?? say('failure.detail.changedMeanwhile'), [lookAgain]);
  }
  const files = parts.filter(({ id }) => isFileId(id) && wanted.has(id)).map(({ name }) => name);
  for (const file of files) {
    const path = [...(above.get(file) ?? [])].find((each) => !files.includes(each));
    if (path !== undefined) throw new Refusal('refused', say('part.backingOf', { path }), [lookAgain]);
  }
  const below = (file: string): number => volumes.chain(file).length;
  return files.sort((one, other) => below(other) - below(one));
}

/** Anybody may have protected it since it was last read. */
async function refuseProtected(connection: RpcConnection, dom: remote_nonnull_domain): Promise<void> {
  if (!(await isProtected(connection, dom))) return;
  const unprotect: Remedy = { do: 'read', text: say('remedy.unprotect') };
  throw new Refusal('refused', say('failure.detail.protected'), [unprotect]);
}

/** Forces it off if it runs. One that is transient is gone then. */
async function endDomain(connection: RpcConnection, dom: remote_nonnull_domain): Promise<void> {
  try {
    if ((await connection.call('DOMAIN_IS_ACTIVE', { dom })).active) await connection.call('DOMAIN_DESTROY', { dom });
  } catch (error) {
    // It ended by itself in between. One that is gone may have moved to another host with its files: that is no success.
    if (!isCode(error, errorCode.operationInvalid)) throw error;
  }
}

/**
 * Takes the definition away, with all that is kept beside it at once: a call that is refused for a saved state has already
 * dropped the snapshots' metadata (seen with 9.0). Daemons refuse flags that they do not know before they do anything:
 * TPM came with 8.9, checkpoints with 5.6, drivers know of few.
 */
async function undefine(connection: RpcConnection, dom: remote_nonnull_domain, keepNvram: boolean): Promise<void> {
  const { managedSave, snapshotsMetadata, checkpointsMetadata, tpm } = undefineFlag;
  const nvram = keepNvram ? undefineFlag.keepNvram : undefineFlag.nvram;
  const old = managedSave | snapshotsMetadata;
  const tries = [old | checkpointsMetadata | nvram | tpm, old | checkpointsMetadata | nvram, old | nvram];
  for (const flags of [...tries, old | checkpointsMetadata, old]) {
    try {
      await connection.call('DOMAIN_UNDEFINE_FLAGS', { dom, flags });
      return;
    } catch (error) {
      if (!isCode(error, errorCode.invalidArg) && !isCode(error, errorCode.noSupport)) throw error;
    }
  }
  await connection.call('DOMAIN_UNDEFINE', { dom });
}

/** A domain that somebody has started again in between runs on: its files are not to be touched. */
async function needGone(connection: RpcConnection, dom: remote_nonnull_domain): Promise<void> {
  try {
    await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid: dom.uuid });
  } catch (error) {
    if (isCode(error, errorCode.noDomain)) return;
    throw error;
  }
  throw new Refusal('refused', say('failure.detail.changedMeanwhile'), [lookAgain]);
}

interface Leftover {
  readonly file: string;
  readonly volume?: Volume | undefined;
  readonly error?: unknown;
}

/** @throws Refusal with what is left over and how to delete it by hand */
async function deleteFiles(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  files: readonly string[],
  run: ActionRun,
  virsh: Virsh,
): Promise<void> {
  if (files.length === 0) return;
  const leftovers = await tryFiles(connection, dom, files, run).catch((error: unknown): Leftover[] => {
    if (!(error instanceof LibvirtError)) throw error;
    return files.map((file) => ({ file, error }));
  });
  if (leftovers.length === 0) return;
  const paths = leftovers.map(({ file }) => file).join(', ');
  // No command for what is in use, or may be: it is left over for good reason.
  const remedies = leftovers.flatMap(({ volume }) => {
    if (!volume) return [];
    const line = virsh('vol-delete', '--pool', volume.vol.pool, '--vol', volume.vol.name);
    return [runRemedy(line, say('remedy.removeLeftovers'))];
  });
  const cause = leftovers.find(({ error }) => error !== undefined)?.error;
  throw new Refusal('refused', say('failure.detail.leftovers', { paths }), remedies, cause);
}

/** Forcing off may have taken long: what others have begun to use meanwhile stays. @throws LibvirtError before the first */
async function tryFiles(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  files: readonly string[],
  run: ActionRun,
): Promise<Leftover[]> {
  const volumes = await VolumeIndex.read(connection, files);
  const usage = await readUsage(connection, dom.uuid, volumes);
  const [gone, leftovers] = [new Set<string>(), [] as Leftover[]];
  for (const file of files) {
    const volume = volumes.at(file);
    const over = volumes.over(file).filter((each) => !gone.has(each));
    if (usage.has(file) || over.some((each) => !files.includes(each))) leftovers.push({ file });
    else if (over.length > 0) leftovers.push({ file, volume });
    else if (volume) {
      const error = await deleteVolume(connection, volume);
      if (error) leftovers.push({ file, volume, error });
      else gone.add(file);
    }
    run.progress((gone.size + leftovers.length) / files.length);
  }
  return leftovers;
}

/** The error of a volume that stays; none for one that is gone. */
async function deleteVolume(connection: RpcConnection, { vol }: Volume): Promise<unknown> {
  try {
    await connection.call('STORAGE_VOL_DELETE', { vol, flags: 0 });
    return undefined;
  } catch (error) {
    if (isCode(error, errorCode.noStorageVolume)) return undefined;
    return error;
  }
}

function isCode(error: unknown, code: number): boolean {
  return error instanceof LibvirtError && error.code === code;
}
