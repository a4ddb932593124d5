import { z } from 'zod';
import { failure } from './failure.ts';
import { guestId } from './ids.ts';
import { message } from './message.ts';

/** What may go with a guest. */
export const deletePartKinds = [
  'definition',
  'disk', // a file, block device or volume of a VM
  'backing', // a file further down the chain of a disk
  'nvram',
  'tpm',
  'snapshots', // their metadata, and what is inside the disks
  'snapshotFile', // memory or an overlay of a snapshot, in a file of its own
  'checkpoints',
  'savedState',
  'writableLayer', // what a container changed in its own file system
  'anonymousVolume',
  'namedVolume',
] as const;

/** One thing that goes or stays when the guest is deleted. */
export const deletePart = z.strictObject({
  /** Names it in the action `delete`. */
  id: z.string().max(4096),
  kind: z.enum(deletePartKinds),
  /** Path or name, as the engine tells it; empty where the kind says it all. */
  name: z.string(),
  /** Bytes that it takes on the host, where they are known. */
  size: z.number().optional(),
  /** How many there are, for snapshots. */
  count: z.number().optional(),
  /** `person`: the person chooses. */
  goes: z.enum(['always', 'person', 'never']),
  /** Whether it is chosen at first. */
  chosen: z.boolean(),
  /** Why it never goes, or what to know before choosing it. */
  because: message.optional(),
});
export type DeletePart = z.infer<typeof deletePart>;

/** What deleting a guest would take away, read just before the person is asked. */
export const deletePlan = z.strictObject({
  guest: guestId,
  parts: z.array(deletePart),
  /** Why there is no plan. */
  failure: failure.optional(),
});
export type DeletePlan = z.infer<typeof deletePlan>;
