import { randomUUID } from 'node:crypto';
import type { Action } from '../../../../shared/action.ts';
import { say } from '../../../../shared/message.ts';
import type { SnapshotVerb } from '../../../../shared/verbs.ts';
import type { Operation } from '../../operation.ts';
import type { RpcConnection } from '../client/index.ts';
import { Refusal } from '../refusal.ts';
import { changeOperation, changePlan, planChange } from './change-snapshot.ts';
import { deleteOperation, deletePlan, planDeleteSnapshot } from './delete-snapshot.ts';
import type { Ask } from './operation-parts.ts';
import { readSituation, type Situation } from './read-situation.ts';
import { planRestore, restoreOperation, restorePlan } from './restore-snapshot.ts';
import { planTake, takeOperation, takePlan } from './take-snapshot.ts';

export type SnapshotAction = Extract<Action, { verb: SnapshotVerb | 'takeSnapshot' }>;

const actionVerbs: Readonly<Record<SnapshotAction['verb'], true>> = {
  ...{ takeSnapshot: true, restoreSnapshot: true, deleteSnapshot: true },
  ...{ editSnapshot: true, protectSnapshot: true, unprotectSnapshot: true },
};

export function isSnapshotAction(action: Action): action is SnapshotAction {
  return action.verb in actionVerbs;
}

/**
 * Plans what is to be done on what is there now.
 * @param uuid of the domain
 * @throws what `ask` makes of a Refusal, with the reason where it is not offered now; of a LibvirtError
 */
export function snapshotOperation(ask: Ask, uuid: string, action: SnapshotAction): Promise<Operation> {
  return ask(async (connection) => plan(connection, await readSituation(connection, uuid), action, ask));
}

async function plan(connection: RpcConnection, now: Situation, action: SnapshotAction, ask: Ask): Promise<Operation> {
  const making = { ask, recalled: false };
  if (action.verb === 'takeSnapshot') return takeOperation(planTake(now, action), making);
  const snapshot = now.snapshots.find(({ name }) => name === action.snapshot);
  if (!snapshot) throw new Refusal('refused', say('failure.detail.snapshotGone'));
  switch (action.verb) {
    case 'restoreSnapshot':
      return restoreOperation(await planRestore(connection, now, snapshot, action.keepNow, randomUUID()), making);
    case 'deleteSnapshot':
      return deleteOperation(await planDeleteSnapshot(connection, now, snapshot, action), making);
    default:
      return changeOperation(planChange(now, snapshot, action), making);
  }
}

/**
 * Makes an operation again that was broken off.
 * @param kind and plan as its journal has them
 * @param askFor how libvirt is asked about that domain
 * @throws Refusal where this version does not know it, or cannot read its plan
 */
export function recallSnapshotOperation(
  kind: string,
  kept: Operation['plan'],
  askFor: (uuid: string, verb: SnapshotAction['verb']) => Ask,
): Operation {
  const make = recalls[kind];
  try {
    if (make) return make(kept, askFor);
  } catch (error) {
    throw new Refusal('not-supported', say('failure.detail.unknownOperation'), [], error);
  }
  throw new Refusal('not-supported', say('failure.detail.unknownOperation'));
}

type Recall = (kept: Operation['plan'], askFor: (uuid: string, verb: SnapshotAction['verb']) => Ask) => Operation;

const recalls: Readonly<Record<string, Recall | undefined>> = {
  takeSnapshot: (kept, askFor) => {
    const known = takePlan.parse(kept);
    return takeOperation(known, { ask: askFor(known.uuid, 'takeSnapshot'), recalled: true });
  },
  restoreSnapshot: (kept, askFor) => {
    const known = restorePlan.parse(kept);
    return restoreOperation(known, { ask: askFor(known.uuid, 'restoreSnapshot'), recalled: true });
  },
  deleteSnapshot: (kept, askFor) => {
    const known = deletePlan.parse(kept);
    return deleteOperation(known, { ask: askFor(known.uuid, 'deleteSnapshot'), recalled: true });
  },
  changeSnapshot: (kept, askFor) => {
    const known = changePlan.parse(kept);
    return changeOperation(known, { ask: askFor(known.uuid, 'editSnapshot'), recalled: true });
  },
};
