import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import { keepsDisk, settingsKinds } from '../../../shared/delete-rules.ts';
import type { GuestId } from '../../../shared/ids.ts';
import type { OrderPart } from '../../stores/orders.ts';

type PartKind = DeletePart['kind'];

/**
 * What the person has decided otherwise than the engines propose: of one part, or of a whole kind. A plan that comes in
 * later has its own proposals, but for what was decided of their kind.
 */
export type Choice = ReadonlyMap<string, boolean>;
export const asProposed: Choice = new Map();

/** Ids of parts are those of their guest's plan only. */
function partKey(guest: GuestId, { id }: DeletePart): string {
  return `${guest}\n${id}`;
}

/** Whether a part goes; settings of the machine stay with a disk that stays, unless the person says otherwise. */
export function goes(plan: DeletePlan, part: DeletePart, choice: Choice): boolean {
  if (part.goes !== 'person') return part.goes === 'always';
  const said = choice.get(partKey(plan.guest, part)) ?? choice.get(part.kind);
  if (said !== undefined) return said;
  return settingsKinds.has(part.kind) ? !keepsDisk(plan.parts, (each) => goes(plan, each, choice)) : part.chosen;
}

/** The choice with one part in or out. */
export function withPart(choice: Choice, guest: GuestId, part: DeletePart, chosen: boolean): Choice {
  return new Map(choice).set(partKey(guest, part), chosen);
}

/** The choice with all parts of a kind in or out, whatever was decided of one of them before. */
export function withKind(plans: readonly DeletePlan[], choice: Choice, kind: PartKind, chosen: boolean): Choice {
  const next = new Map(choice).set(kind, chosen);
  for (const { guest, parts } of plans)
    for (const part of parts) if (part.kind === kind) next.delete(partKey(guest, part));
  return next;
}

/** Kinds of parts that the person chooses, over all guests. */
export function choosableKinds(plans: readonly DeletePlan[], choice: Choice) {
  const kinds = new Map<PartKind, { count: number; chosen: number; size: number }>();
  for (const plan of plans) {
    for (const part of plan.parts) {
      if (part.goes !== 'person') continue;
      const sum = kinds.get(part.kind) ?? { count: 0, chosen: 0, size: 0 };
      sum.count += 1;
      sum.size += part.size ?? 0;
      if (goes(plan, part, choice)) sum.chosen += 1;
      kinds.set(part.kind, sum);
    }
  }
  return kinds;
}

/** Kinds of which a person wants to know what they take. */
const sized: ReadonlySet<PartKind> = new Set<PartKind>([
  ...(['disk', 'backing', 'snapshotFile', 'savedState', 'writableLayer', 'anonymousVolume'] as const),
]);

/** What would go: bytes that are freed, whether there is more than is known, and how many disks and volumes. */
export function sumOf(plans: readonly DeletePlan[], choice: Choice) {
  const sum = { bytes: 0, more: false, disks: 0, volumes: 0 };
  for (const plan of plans) {
    for (const part of plan.parts) {
      if (!goes(plan, part, choice)) continue;
      if (part.size !== undefined) sum.bytes += part.size;
      else if (sized.has(part.kind)) sum.more = true;
      if (part.kind === 'disk' || part.kind === 'backing') sum.disks += 1;
      if (part.kind === 'anonymousVolume' || part.kind === 'namedVolume') sum.volumes += 1;
    }
  }
  return sum;
}

/**
 * The order: each guest with what goes with it; guests of which the same is wanted share one part.
 * @param running those that the person has been told are ended
 */
export function deleteOrder(plans: readonly DeletePlan[], choice: Choice, running: ReadonlySet<GuestId>): OrderPart[] {
  const together = new Map<string, OrderPart & { guests: GuestId[] }>();
  for (const plan of plans) {
    const going = plan.parts.filter((part) => part.goes === 'person' && goes(plan, part, choice));
    const [parts, endsRunning] = [going.map(({ id }) => id), running.has(plan.guest)];
    const key = JSON.stringify([parts, endsRunning]);
    const known = together.get(key);
    if (known) known.guests.push(plan.guest);
    else together.set(key, { guests: [plan.guest], action: { verb: 'delete', parts, endsRunning } });
  }
  return [...together.values()];
}
