import { z } from 'zod';
import type { ActionOf } from '../../../../shared/action.ts';
import { say } from '../../../../shared/message.ts';
import type { Operation, Step } from '../../operation.ts';
import type { RpcConnection } from '../client/index.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import { changedMeanwhile, type Making, needMoment, notOffered } from './operation-parts.ts';
import { momentOf, moment as momentSchema, readSituation, type Situation, snapshotLink } from './read-situation.ts';
import { FileLook } from './snapshot-files.ts';
import { descendantsOf, snapshotObstacle } from './snapshot-offers.ts';

export const deletePlan = z.strictObject({
  uuid: z.string(),
  /** Those that go, in this order: each before what it stands on. */
  names: z.array(z.string()),
  moment: momentSchema,
});
export type DeletePlan = z.infer<typeof deletePlan>;

/** @throws Refusal where one of them cannot be deleted now */
export async function planDeleteSnapshot(
  connection: RpcConnection,
  now: Situation,
  snapshot: SnapshotRecord,
  { children }: Pick<ActionOf<'deleteSnapshot'>, 'children'>,
): Promise<DeletePlan> {
  const going = [...(children ? descendantsOf(snapshot.name, now.snapshots) : []), snapshot];
  const look = new FileLook(connection);
  for (const each of going) await needDeletable(look, now, each, snapshot);
  return { uuid: now.dom.uuid, names: going.map(({ name }) => name), moment: momentOf(now) };
}

async function needDeletable(look: FileLook, now: Situation, each: SnapshotRecord, top: SnapshotRecord): Promise<void> {
  if (each !== top && each.own.protected) {
    throw notOffered(say('because.childProtected', { name: each.own.shownName ?? each.name }));
  }
  const because = snapshotObstacle('deleteSnapshot', each, now, await look.inTime(each));
  if (because) throw notOffered(because);
}

/** One after the other: what is gone cannot be had back, and what a crash leaves is deleted then. */
export function deleteOperation(plan: DeletePlan, { ask, recalled }: Making): Operation {
  const steps = plan.names.map(
    (name, at): Step => ({
      name: `delete ${at}`,
      do: async (run) => {
        run.cancellable(false);
        await ask(async (connection) => {
          const now = await readSituation(connection, plan.uuid);
          const gone = new Set(plan.names.slice(0, at));
          const left = plan.moment.snapshots.filter((link) => !gone.has(link.split('\n')[0] ?? ''));
          const snapshot = now.snapshots.find((each) => each.name === name);
          if (recalled && !snapshot) return;
          if (!recalled) needMoment(now, { ...plan.moment, snapshots: left });
          if (snapshot) await needDeletable(new FileLook(connection), now, snapshot, snapshot);
          // Somebody has put another one on it: it is not deleted for what was agreed on.
          const children = now.snapshots.filter(({ parent }) => parent === name);
          const known = children.every((each) => left.includes(snapshotLink(each.name, each.parent)));
          if (!known) throw changedMeanwhile();
          await connection.call('DOMAIN_SNAPSHOT_DELETE', { snap: { dom: now.dom, name }, flags: 0 });
        });
        return undefined;
      },
    }),
  );
  return { kind: 'deleteSnapshot', plan, steps };
}
