import { z } from 'zod';
import { engineKinds } from './engine-status.ts';
import { engineId } from './ids.ts';

/** A connection that this machine has or that the person has added, used or not. */
export const connection = z.strictObject({
  engine: engineId,
  kind: z.enum(engineKinds),
  name: z.string(),
  address: z.string(),
  origin: z.enum(['found', 'added']),
  /** False for one that the person has switched off. */
  used: z.boolean(),
});
export type Connection = z.infer<typeof connection>;
