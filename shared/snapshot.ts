import { z } from 'zod';
import { guestId } from './ids.ts';
import { message } from './message.ts';
import { longestDescription, longestSnapshotName } from './snapshot-name.ts';
import { snapshotVerbs } from './verbs.ts';

/** The engine's own name for a snapshot: unique in its guest, and never changed. Opaque. */
export const snapshotId = z.string().min(1).max(1000).brand('SnapshotId');
export type SnapshotId = z.infer<typeof snapshotId>;

export const snapshotName = z
  .string()
  .trim()
  .min(1)
  .max(longestSnapshotName)
  .regex(/^\P{Cc}*$/u);
export const snapshotDescription = z.string().max(longestDescription);

/** Something that can be done to a snapshot, ready now or with the reason why it is not. */
export const snapshotOffer = z.discriminatedUnion('ready', [
  z.strictObject({ verb: z.enum(snapshotVerbs), ready: z.literal(true) }),
  z.strictObject({ verb: z.enum(snapshotVerbs), ready: z.literal(false), because: message }),
]);
export type SnapshotOffer = z.infer<typeof snapshotOffer>;

/** A moment of a guest that can be gone back to. */
export const snapshot = z.strictObject({
  id: snapshotId,
  /** As the person calls it. */
  name: z.string(),
  description: z.string(),
  parent: snapshotId.optional(),
  /** Unix time in milliseconds. */
  createdAt: z.number(),
  /** What the guest did then. */
  state: z.enum(['running', 'paused', 'off']),
  /** Whether it goes on from there, or starts anew. */
  memory: z.boolean(),
  /** Bytes that it takes on the host as far as they are known; `atLeast`: a part of it is not. */
  size: z.strictObject({ bytes: z.number(), atLeast: z.boolean() }).optional(),
  /** It cannot be deleted until that is taken off. */
  protected: z.boolean(),
  /** Made by Posada, not by another client. */
  own: z.boolean(),
  /** What to know of it: how it was made elsewhere, what it lacks. */
  notes: z.array(message),
  offers: z.array(snapshotOffer),
});
export type Snapshot = z.infer<typeof snapshot>;

/** One way to take a snapshot now. */
export const takeOffer = z.discriminatedUnion('ready', [
  /** `says`: what happens, in sentences: a pause, the space it takes, what is not in it. */
  z.strictObject({ ready: z.literal(true), says: z.array(message) }),
  z.strictObject({ ready: z.literal(false), because: message }),
]);
export type TakeOffer = z.infer<typeof takeOffer>;

/** The snapshots of a guest, read now. */
export const guestSnapshots = z.strictObject({
  guest: guestId,
  /** Oldest first. */
  snapshots: z.array(snapshot),
  /** The one that what the guest is now stands on. */
  current: snapshotId.optional(),
  /** What the guest does now. */
  now: z.enum(['running', 'paused', 'off']),
  /** With the memory of a guest that is on. */
  takeWithMemory: takeOffer,
  /** The disks alone. */
  takeDisks: takeOffer,
  /** Whether the guest's agent can bring its file systems to rest meanwhile; only for disks alone. */
  freeze: takeOffer,
  /** What holds for all of them, for example that two kinds are mixed. */
  notes: z.array(message),
});
export type GuestSnapshots = z.infer<typeof guestSnapshots>;
