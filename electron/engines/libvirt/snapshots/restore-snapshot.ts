import { z } from 'zod';
import type { Facts, Operation, Step } from '../../operation.ts';
import { LibvirtError, type RpcConnection } from '../client/index.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import { changedMeanwhile, type Making, needMoment, notOffered, snapshotNamed } from './operation-parts.ts';
import {
  hashOf,
  momentOf,
  moment as momentSchema,
  readSituation,
  type Situation,
  snapshotLink,
} from './read-situation.ts';
import { isMarked, mark, ownDefinitionFacts, settle, unmark } from './restore-mark.ts';
import { FileLook } from './snapshot-files.ts';
import { snapshotObstacle } from './snapshot-offers.ts';
import { planTake, takePlan, takeSteps } from './take-snapshot.ts';

export const restorePlan = z.strictObject({
  uuid: z.string(),
  name: z.string(),
  /** What it is now, taken first. */
  keep: takePlan.nullable(),
  moment: momentSchema,
  /** Of this one attempt. */
  token: z.string(),
});
export type RestorePlan = z.infer<typeof restorePlan>;

/** What is known immediately before the revert. */
const beforeSchema = z.strictObject({
  /** Of the domain; -1 where it was off. */
  domain: z.number(),
  hash: z.string(),
  disks: z.number(),
  title: z.string().nullable(),
  element: z.string().nullable(),
});

/** @throws Refusal where it cannot be gone back to now, or NOW cannot be kept */
export async function planRestore(
  connection: RpcConnection,
  now: Situation,
  snapshot: SnapshotRecord,
  keepNow: string | undefined,
  token: string,
): Promise<RestorePlan> {
  await needRestorable(connection, now, snapshot);
  const on = now.dom.id >= 0;
  const keep =
    keepNow === undefined ? null : planTake(now, { name: keepNow, description: '', memory: on, freeze: false });
  return { uuid: now.dom.uuid, name: snapshot.name, keep, moment: momentOf(now), token };
}

async function needRestorable(connection: RpcConnection, now: Situation, snapshot: SnapshotRecord): Promise<void> {
  const files = await new FileLook(connection).inTime(snapshot);
  const because = snapshotObstacle('restoreSnapshot', snapshot, now, files);
  if (because) throw notOffered(because);
}

/**
 * Goes back to a snapshot. The revert puts the whole definition back, so a mark is written into that of now: as long as
 * it is there, the revert is not done; and a restore that was broken off is not done twice, which would lose what the
 * guest has done since.
 */
export function restoreOperation(plan: RestorePlan, making: Making): Operation {
  const { ask, recalled } = making;
  const keepSteps = plan.keep ? takeSteps(plan.keep, making) : [];
  /** Why the revert has stopped in its middle. */
  let half: unknown;
  const steps: Step[] = [
    ...keepSteps,
    {
      name: 'mark',
      do: () => ask((connection) => markNow(connection, plan)),
      undo: async () => {
        // What was kept of NOW must not be taken back then.
        if (half !== undefined) throw half;
        await ask((connection) => unmark(connection, plan.uuid, plan.token));
      },
    },
    {
      name: 'revert',
      weight: 20,
      do: async (run) => {
        run.cancellable(false);
        const before = beforeSchema.parse(run.facts('mark'));
        await ask(async (connection) => {
          const now = await readSituation(connection, plan.uuid);
          if (recalled && !isMarked(now.definition, plan.token)) return;
          needUntouched(now, plan, before, recalled);
          await needRestorable(connection, now, snapshotNamed(plan.name, now));
          try {
            const snap = { dom: now.dom, name: plan.name };
            await connection.call('DOMAIN_REVERT_TO_SNAPSHOT', { snap, flags: 0 });
          } catch (error) {
            if (!(error instanceof LibvirtError) || (await isHalf(connection, plan, before).catch(() => true)))
              half = error;
            throw error;
          }
        });
        return undefined;
      },
    },
    {
      name: 'settle',
      do: async (run) => {
        const { title, element } = beforeSchema.parse(run.facts('mark'));
        await ask((connection) => settle(connection, plan.uuid, { title, element }));
        return undefined;
      },
    },
  ];
  return { kind: 'restoreSnapshot', plan, steps };
}

async function markNow(connection: RpcConnection, plan: RestorePlan): Promise<Facts> {
  const now = await readSituation(connection, plan.uuid);
  needMoment(now, withKept(plan));
  await needRestorable(connection, now, snapshotNamed(plan.name, now));
  const own = ownDefinitionFacts(now.definition);
  await mark(connection, now.dom, plan.token);
  const marked = await readSituation(connection, plan.uuid);
  const disks = now.machine.disks.filter(({ readOnly }) => !readOnly).length;
  return { domain: now.dom.id, hash: hashOf(marked.definition), disks, ...own };
}

/** What it was planned on, with the snapshot of NOW that was taken since. */
function withKept({ keep, moment }: RestorePlan): RestorePlan['moment'] {
  if (!keep) return moment;
  return { ...moment, snapshots: [...moment.snapshots, snapshotLink(keep.id, keep.stands ?? undefined)] };
}

/**
 * @throws Refusal where the guest is not what it was before the revert. One that was broken off may be off by now, for
 *   the revert ends it first: then it is done again
 */
function needUntouched(
  now: Situation,
  plan: RestorePlan,
  before: z.infer<typeof beforeSchema>,
  recalled: boolean,
): void {
  if (!recalled) {
    needMoment(now, { ...withKept(plan), hash: before.hash });
    if (now.dom.id !== before.domain) throw changedMeanwhile();
  } else if (now.dom.id >= 0) throw changedMeanwhile();
}

/** Whether a revert that libvirt has refused has done a part: a guest that it has ended, or one of several disks. */
async function isHalf(
  connection: RpcConnection,
  { uuid, token }: RestorePlan,
  before: z.infer<typeof beforeSchema>,
): Promise<boolean> {
  const { dom, definition } = await readSituation(connection, uuid);
  if (!isMarked(definition, token) || dom.id !== before.domain) return true;
  return dom.id < 0 && before.disks > 1;
}
