import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Action } from '../../../../shared/action.ts';
import { FailureError } from '../../failure-error.ts';
import type { Operation } from '../../operation.ts';
import { errorCode, LibvirtError } from '../client/index.ts';
import { Refusal } from '../refusal.ts';
import type { SnapshotRecord } from '../xml/snapshot.ts';
import { changedMeanwhile, type Making, notOffered, rewriteSnapshot } from './operation-parts.ts';
import type { Situation } from './read-situation.ts';
import { keptText, refuseUnwritable } from './snapshot-names.ts';
import { snapshotObstacle } from './snapshot-offers.ts';

const facts = z.strictObject({
  /** null: libvirt's own is shown. */
  shownName: z.string().nullable(),
  made: z.boolean(),
  protected: z.boolean(),
  description: z.string(),
});

export const changePlan = z.strictObject({
  uuid: z.string(),
  /** libvirt's name of it, which stays. */
  name: z.string(),
  before: facts,
  after: facts,
});
export type ChangePlan = z.infer<typeof changePlan>;
type Facts = z.infer<typeof facts>;

type Changing = Extract<Action, { verb: 'editSnapshot' | 'protectSnapshot' | 'unprotectSnapshot' }>;

/** @throws Refusal where the snapshot cannot be changed so */
export function planChange(now: Situation, snapshot: SnapshotRecord, action: Changing): ChangePlan {
  const because = snapshotObstacle(action.verb, snapshot, now, {});
  if (because) throw notOffered(because);
  const before = factsOf(snapshot);
  if (action.verb !== 'editSnapshot') {
    const after = { ...before, protected: action.verb === 'protectSnapshot' };
    return { uuid: now.dom.uuid, name: snapshot.name, before, after };
  }
  refuseUnwritable(action.name, action.description);
  const after = { ...before, shownName: action.name, description: keptText(action.description) };
  return { uuid: now.dom.uuid, name: snapshot.name, before, after };
}

/** One step: it can be taken back as long as nobody else has changed it. */
export function changeOperation(plan: ChangePlan, { ask }: Making): Operation {
  const { uuid, name, before, after } = plan;
  const write = (from: Facts, to: Facts): Promise<void> =>
    ask((connection) => {
      const { shownName, ...others } = to;
      return rewriteSnapshot(connection, uuid, name, { ...others, ...(shownName !== null && { shownName }) }, (now) => {
        if (!isDeepStrictEqual(factsOf(now), from)) throw changedMeanwhile();
      });
    });
  const undo = async (): Promise<void> => {
    try {
      await write(after, before);
    } catch (error) {
      // It was not changed yet, another client has changed it since, or it is gone: nothing of ours is left.
      if (!isOver(error)) throw error;
    }
  };
  const step = {
    name: 'change',
    undo,
    do: async () => {
      await write(before, after);
      return undefined;
    },
  };
  return { kind: 'changeSnapshot', plan, steps: [step] };
}

function isOver(error: unknown): boolean {
  const cause = error instanceof FailureError ? error.cause : error;
  return cause instanceof Refusal || (cause instanceof LibvirtError && cause.code === errorCode.noDomainSnapshot);
}

function factsOf({ own, description }: SnapshotRecord): Facts {
  return { shownName: own.shownName ?? null, made: own.made, protected: own.protected, description };
}
