import { z } from 'zod';
import type { ActionOf } from '../../../../shared/action.ts';
import type { Operation, Step } from '../../operation.ts';
import {
  domainState,
  errorCode,
  LibvirtError,
  pausedReason,
  type RpcConnection,
  type remote_nonnull_domain,
  snapshotCreateFlag,
  snapshotDeleteFlag,
  xmlFlag,
} from '../client/index.ts';
import { escapeXml } from '../xml/ordered.ts';
import { type Making, needMoment, notOffered, rewriteSnapshot } from './operation-parts.ts';
import { momentOf, moment as momentSchema, readSituation, type Situation } from './read-situation.ts';
import { keptText, refuseUnwritable, snapshotNameFor } from './snapshot-names.ts';

export const takePlan = z.strictObject({
  uuid: z.string(),
  /** libvirt's name for it. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  memory: z.boolean(),
  /** It ran: a daemon that is killed leaves it paused. */
  ran: z.boolean(),
  /** Disks that hold it. */
  disks: z.array(z.string()),
  /** The snapshot that it will stand on. */
  stands: z.string().nullable(),
  moment: momentSchema,
});
export type TakePlan = z.infer<typeof takePlan>;

/** @throws Refusal where the domain cannot have such a snapshot now */
export function planTake(
  now: Situation,
  { name, description, memory, freeze }: Pick<ActionOf<'takeSnapshot'>, 'name' | 'description' | 'memory' | 'freeze'>,
): TakePlan {
  const way = memory ? now.ways.memory : now.ways.disks;
  if (way.kind === 'refused') throw notOffered(way.because);
  if (freeze) throw notOffered({ key: 'because.snapshotNoFreeze' });
  refuseUnwritable(name, description);
  const written = now.machine.disks.filter(({ readOnly }) => !readOnly);
  return {
    uuid: now.dom.uuid,
    id: snapshotNameFor(name, new Set(now.snapshots.map((each) => each.name))),
    ...{ name, description: keptText(description), memory },
    ran: now.state === 'running',
    disks: written.map(({ target }) => target),
    stands: now.current ?? null,
    moment: momentOf(now),
  };
}

export function takeOperation(plan: TakePlan, making: Making): Operation {
  return { kind: 'takeSnapshot', plan, steps: takeSteps(plan, making) };
}

/** Takes it, then writes its name into it; taken back, nothing of it is left. */
export function takeSteps(plan: TakePlan, { ask }: Making): Step[] {
  /** The daemon has answered that there is none: it leaves nothing then. */
  let refused = false;
  return [
    {
      name: 'take',
      weight: 20,
      do: async (run) => {
        run.cancellable(false);
        await ask(async (connection) => {
          const now = await readSituation(connection, plan.uuid);
          needTakeable(now, plan);
          const xml_desc = `<domainsnapshot><name>${escapeXml(plan.id)}</name></domainsnapshot>`;
          try {
            await connection.call('DOMAIN_SNAPSHOT_CREATE_XML', { dom: now.dom, xml_desc, flags: 0 });
          } catch (error) {
            refused = error instanceof LibvirtError;
            throw error;
          }
        });
        return undefined;
      },
      undo: (facts) => ask((connection) => takeBack(connection, plan, facts === undefined && !refused)),
    },
    {
      name: 'name',
      do: async () => {
        const change = { shownName: plan.name, made: true, protected: false, description: plan.description };
        await ask((connection) => rewriteSnapshot(connection, plan.uuid, plan.id, change));
        return undefined;
      },
      // It goes with the snapshot.
      undo: async () => undefined,
    },
  ];
}

function needTakeable(now: Situation, { moment, memory }: TakePlan): void {
  needMoment(now, moment);
  const way = memory ? now.ways.memory : now.ways.disks;
  if (way.kind === 'refused') throw notOffered(way.because);
}

/**
 * Deletes the snapshot where it is. A daemon that is killed while it takes one leaves the guest paused, and the snapshot
 * in the images, where libvirt knows nothing of it.
 * @param unsure it is not known whether it was taken
 */
async function takeBack(connection: RpcConnection, plan: TakePlan, unsure: boolean): Promise<void> {
  const { dom } = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid: plan.uuid });
  const known = await isKnown(connection, dom, plan.id);
  if (known || unsure) {
    if (!known) await adopt(connection, dom, plan);
    await remove(connection, dom, plan.id, known);
  }
  if (!plan.ran || !unsure) return;
  const { state, reason } = await connection.call('DOMAIN_GET_STATE', { dom, flags: 0 });
  const left = reason === pausedReason.save || reason === pausedReason.snapshot;
  if (state === domainState.paused && left) await connection.call('DOMAIN_RESUME', { dom });
}

async function isKnown(connection: RpcConnection, dom: remote_nonnull_domain, name: string): Promise<boolean> {
  try {
    await connection.call('DOMAIN_SNAPSHOT_LOOKUP_BY_NAME', { dom, name, flags: 0 });
    return true;
  } catch (error) {
    if (error instanceof LibvirtError && error.code === errorCode.noDomainSnapshot) return false;
    throw error;
  }
}

/** Tells libvirt of a snapshot that may be in the images, so that it can be deleted through libvirt. */
async function adopt(connection: RpcConnection, dom: remote_nonnull_domain, plan: TakePlan): Promise<void> {
  const on = dom.id >= 0;
  const { xml } = await connection.call('DOMAIN_GET_XML_DESC', { dom, flags: on ? xmlFlag.secure : xmlFlag.inactive });
  const disks = plan.disks.map((target) => `<disk name='${escapeXml(target)}' snapshot='internal'/>`).join('');
  const xml_desc = `<domainsnapshot><name>${escapeXml(plan.id)}</name><state>${plan.memory ? 'running' : 'shutoff'}</state>
    <creationTime>${Math.floor(Date.now() / 1000)}</creationTime>
    <memory snapshot='${plan.memory ? 'internal' : 'no'}'/><disks>${disks}</disks>${xml.replace(/^<\?xml[^>]*>\s*/, '')}</domainsnapshot>`;
  await connection.call('DOMAIN_SNAPSHOT_CREATE_XML', { dom, xml_desc, flags: snapshotCreateFlag.redefine });
}

/** @param known false: it may not be in the images at all, and then no more than its name is forgotten again */
async function remove(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  name: string,
  known: boolean,
): Promise<void> {
  const snap = { dom, name };
  try {
    await connection.call('DOMAIN_SNAPSHOT_DELETE', { snap, flags: 0 });
  } catch (error) {
    if (known || !(error instanceof LibvirtError)) throw error;
    await connection.call('DOMAIN_SNAPSHOT_DELETE', { snap, flags: snapshotDeleteFlag.metadataOnly });
  }
}
