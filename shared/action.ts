import { z } from 'zod';
import { snapshotDescription, snapshotId, snapshotName } from './snapshot.ts';
import { longestTag, longestTitle, mostTags, tagPattern } from './tag.ts';
import { plainVerbs, restartPolicies } from './verbs.ts';

/** One word by which guests are found and grouped: no spaces, commas or quotes, so that it can be typed as a filter term. */
export const tag = z.string().min(1).max(longestTag).regex(tagPattern);
export const tags = z.array(tag).max(mostTags);

/** A verb with what it needs to know. */
export const action = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.enum(plainVerbs) }),
  z.strictObject({ verb: z.literal('rename'), name: z.string().min(1).max(255) }),
  /** A free line of text shown beside the name; empty takes it away. */
  z.strictObject({ verb: z.literal('setTitle'), title: z.string().max(longestTitle) }),
  z.strictObject({ verb: z.literal('setTags'), add: tags, remove: tags }),
  z.strictObject({
    verb: z.literal('setRestartPolicy'),
    policy: z.enum(restartPolicies),
    /** For `on-failure`: give up after so many; 0 never does. */
    maximumRetries: z.int().min(0).max(1_000_000).optional(),
  }),
  /** The container's file system as a tar file; main takes no path but one that was chosen in a dialog of the system. */
  z.strictObject({ verb: z.literal('export'), file: z.string().min(1).max(4096) }),
  /** `parts`: ids out of the guest's delete plan that go with it; those that always go need not be named. */
  z.strictObject({
    verb: z.literal('delete'),
    parts: z.array(z.string().max(4096)).max(100_000),
    /** Whether the person was told that it runs and is ended for it: if not, and it runs by now, it is refused. */
    endsRunning: z.boolean(),
  }),
  /** `memory`: with the memory of a guest that is on; `freeze`: its agent brings the file systems to rest meanwhile. */
  z.strictObject({
    verb: z.literal('takeSnapshot'),
    name: snapshotName,
    description: snapshotDescription,
    memory: z.boolean(),
    freeze: z.boolean(),
  }),
  /** `keepNow`: what the guest is now is kept as a snapshot of this name first. */
  z.strictObject({ verb: z.literal('restoreSnapshot'), snapshot: snapshotId, keepNow: snapshotName.optional() }),
  /** `children`: those that stand on it go too. */
  z.strictObject({ verb: z.literal('deleteSnapshot'), snapshot: snapshotId, children: z.boolean() }),
  z.strictObject({
    verb: z.literal('editSnapshot'),
    snapshot: snapshotId,
    name: snapshotName,
    description: snapshotDescription,
  }),
  z.strictObject({ verb: z.enum(['protectSnapshot', 'unprotectSnapshot']), snapshot: snapshotId }),
]);
export type Action = z.infer<typeof action>;
export type ActionOf<V extends Action['verb']> = Extract<Action, { verb: V }>;
