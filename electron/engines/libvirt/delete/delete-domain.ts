import type { Remedy } from '../../../../shared/failure.ts';
import { say } from '../../../../shared/message.ts';
import type { ActionRun } from '../../engine.ts';
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
import { deleteFiles, leftoverRefusal, type Virsh } from './delete-files.ts';
import { type Planned, planDelete } from './delete-plan.ts';
import { isFileId } from './part-ids.ts';

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
    try {
      await needGone(connection, dom);
      await deleteFiles(connection, dom, files, run, virsh);
    } catch (error) {
      if ((error instanceof Refusal && error.code === 'refused') || files.length === 0) throw error;
      // Whatever went wrong: the definition is gone, and only we know which files were to go with it.
      throw leftoverRefusal(
        files.map((file) => ({ file, error })),
        virsh,
      );
    }
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

function isCode(error: unknown, code: number): boolean {
  return error instanceof LibvirtError && error.code === code;
}
