import { z } from 'zod';
import { action } from './action.ts';
import { failure } from './failure.ts';
import { guestId, taskId } from './ids.ts';
import { message } from './message.ts';

/** What broke an operation off: Posada ended, its engine was lost, or a step could be neither finished nor taken back. */
export const brokenOff = z.enum(['appEnded', 'engineLost', 'halfDone']);
export type BrokenOff = z.infer<typeof brokenOff>;

/** Anything that may take over a second. Main mints the id before it calls the engine. */
export const task = z.strictObject({
  id: taskId,
  guest: guestId,
  /** The guest's name when the task began: the guest may be gone when the task is read. */
  guestName: z.string(),
  action,
  /** What the verb is called for this kind of guest. */
  label: message,
  /** `waiting`: its engine is busy with others of the same order; it can be cancelled without a trace. */
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** When the person asked for it, Unix time in milliseconds. */
  startedAt: z.number(),
  endedAt: z.number().optional(),
  /** 0 to 1 where the engine tells; else the elapsed time is all that is known. */
  progress: z.number().min(0).max(1).optional(),
  /** False where the engine has no cancel: the window then says so. */
  cancellable: z.boolean(),
  /** The same by hand, one command line each, right enough to paste. */
  commands: z.array(z.string()),
  /** A shut-down that the guest has ignored so far: force off is offered. */
  ignored: z.boolean().optional(),
  /** Its engine has done its part: only the guest is waited for, and nothing is lost when the app ends. */
  waitsForGuest: z.boolean().optional(),
  /** It has several steps and a journal of them: broken off it is finished or taken back at the next start. */
  journaled: z.boolean().optional(),
  /** It was broken off, and a task with `recovery` brings it to its end: it is not to be begun again meanwhile. */
  brokenOff: brokenOff.optional(),
  /** It brings to its end what was broken off so; `action` is what had been asked for. */
  recovery: brokenOff.optional(),
  /** How what was broken off has ended: of the recovery that is done, and of what it has recovered. */
  recovered: z.enum(['finished', 'undone']).optional(),
  failure: failure.optional(),
});
export type Task = z.infer<typeof task>;
