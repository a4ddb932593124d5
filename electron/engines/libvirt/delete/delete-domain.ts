import type { ActionOf } from '../../../../shared/action.ts';
import type { DeletePart } from '../../../../shared/delete-plan.ts';
import type { Remedy } from '../../../../shared/failure.ts';
import { say } from '../../../../shared/message.ts';
import type { ActionRun } from '../../engine.ts';
import {
  errorCode,
  LibvirtError,
  type LibvirtHost,
  type RpcConnection,
  type remote_nonnull_domain,
} from '../client/index.ts';
import { isProtected } from '../domain-metadata.ts';
import { overSpare } from '../over-spare.ts';
import { Refusal } from '../refusal.ts';
import { deleteFiles, leftoverRefusal, type Virsh } from './delete-files.ts';
import { type Planned, planDelete } from './delete-plan.ts';
import { isFileId } from './part-ids.ts';
import { type Beside, refuseUnkept, undefine } from './undefine.ts';

const lookAgain: Remedy = { do: 'read', text: say('remedy.lookAgain') };

/**
 * Takes a domain away with the chosen parts of its plan: it is forced off, its definition goes first with all that
 * libvirt keeps beside it, the files last, through their pools. What is wished for is held against a plan made now;
 * nothing is touched if that is no longer possible.
 * @param parts ids of those that go; those that always go need not be among them
 * @param endsRunning false: one that runs by now is refused
 * @param seen the plan that the parts were chosen from, where there was one
 * @throws Refusal, also when the domain is gone and files are left over; LibvirtError
 */
export async function deleteDomain(
  host: LibvirtHost,
  dom: remote_nonnull_domain,
  run: ActionRun,
  { parts, endsRunning }: ActionOf<'delete'>,
  virsh: Virsh,
  seen: readonly DeletePart[] = [],
): Promise<void> {
  await overSpare(host, async (connection) => {
    const wanted = new Set(parts);
    const planned = await planDelete(connection, dom);
    const files = chosenFiles(planned, wanted);
    refuseDoubted(planned, files, seen);
    const beside = besideOf(planned.parts, wanted);
    await refuseProtected(connection, dom);
    const { persistent } = await connection.call('DOMAIN_IS_PERSISTENT', { dom });
    if (persistent) await refuseUnkept(connection, beside);
    if (run.signal.aborted) throw new Refusal('cancelled', say('failure.detail.cancelled'));
    await endDomain(connection, dom, endsRunning);
    if (persistent) await undefine(connection, dom, beside);
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

/** A file that was proposed, and may by now be the base of something: the person has to see why. */
function refuseDoubted({ parts }: Planned, files: readonly string[], seen: readonly DeletePart[]): void {
  const proposed = new Set(seen.filter(({ chosen }) => chosen).map(({ id }) => id));
  const doubted = parts.find(({ id, name, chosen }) => !chosen && files.includes(name) && proposed.has(id));
  if (doubted?.because) throw new Refusal('refused', doubted.because, [lookAgain]);
}

/** What becomes of the settings of a machine, by what was chosen; without a choice they stay. */
function besideOf(parts: readonly DeletePart[], wanted: ReadonlySet<string>): Beside {
  const fate = (id: string): Beside['nvram'] => {
    const part = parts.find((each) => each.id === id);
    if (!part) return undefined;
    return part.goes === 'person' && wanted.has(id) ? 'goes' : 'stays';
  };
  return { nvram: fate('nvram'), tpm: fate('tpm') };
}

/** Anybody may have protected it since it was last read. */
async function refuseProtected(connection: RpcConnection, dom: remote_nonnull_domain): Promise<void> {
  if (!(await isProtected(connection, dom))) return;
  const unprotect: Remedy = { do: 'read', text: say('remedy.unprotect') };
  throw new Refusal('refused', say('failure.detail.protected'), [unprotect]);
}

/** Forces it off if it runs, and if that was agreed on. One that is transient is gone then. */
async function endDomain(connection: RpcConnection, dom: remote_nonnull_domain, endsRunning: boolean): Promise<void> {
  try {
    const { active } = await connection.call('DOMAIN_IS_ACTIVE', { dom });
    if (active && !endsRunning) throw new Refusal('refused', say('failure.detail.changedMeanwhile'), [lookAgain]);
    if (active) await connection.call('DOMAIN_DESTROY', { dom });
  } catch (error) {
    // It ended by itself in between. One that is gone may have moved to another host with its files: that is no success.
    if (!isCode(error, errorCode.operationInvalid)) throw error;
  }
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
