import { z } from 'zod';
import { action } from './action.ts';
import { failure } from './failure.ts';
import { guestId } from './ids.ts';
import { message } from './message.ts';

/** Something that happened to a guest: told by its engine, or done from here. */
export const guestEvent = z.strictObject({
  /** Counts up over all guests of one run of the app. */
  id: z.int().min(1),
  guest: guestId,
  /** Unix time in milliseconds. */
  at: z.number(),
  /** `engine`: the engine said so, whoever did it; `posada`: asked for in this app. */
  from: z.enum(['engine', 'posada']),
  what: message,
  /** Draws the eye: a crash, a failure, out of memory. */
  bad: z.boolean(),
  /** What was asked for here and failed, and why: it stays when its task has been cleared. */
  failed: z.strictObject({ action, failure }).optional(),
});
export type GuestEvent = z.infer<typeof guestEvent>;
