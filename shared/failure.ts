import { z } from 'zod';
import { engineId, guestId } from './ids.ts';
import { message } from './message.ts';

/** What kind of thing went wrong: decided from numbers and errno, from an engine's text only as a last resort. */
export const failureCodes = [
  'engine-missing', // no socket, nothing installed
  'engine-stopped', // a socket that nobody answers
  'engine-forbidden', // no right to the socket, or polkit said no
  'engine-hung', // it took the connection and answers nothing
  'engine-lost', // it was there and went away
  'engine-unsupported', // too old, too new, no such driver
  'protocol', // bytes that make no sense
  'guest-gone',
  'guest-busy',
  'guest-broken', // bad definition, missing disk, inspect fails
  'wrong-state', // the guest's state does not allow it (any more)
  'not-offered',
  'read-only',
  'no-resources', // memory, disk space, ports
  'not-supported',
  'bad-input',
  'cancelled',
  'refused', // the engine said no for a reason of its own
  'internal', // our own fault
] as const;

/** Something to do now: the renderer draws a button or a command to copy. */
export const remedy = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('retry') }),
  /** A command line to copy, right enough to paste into a shell, with a sentence why. */
  z.strictObject({ do: z.literal('run'), command: z.string(), why: message }),
  z.strictObject({ do: z.literal('read'), text: message }),
]);
export type Remedy = z.infer<typeof remedy>;

/** The engine's own words, shown under Details, never parsed again. */
export const rawError = z.strictObject({
  source: z.enum(['libvirt', 'docker', 'system', 'posada']),
  /** libvirt error number, HTTP status or errno name. */
  code: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
});

/** A failure is data with a next step: what was tried, what stopped it, what to do now. */
export const failure = z.strictObject({
  code: z.enum(failureCodes),
  title: message,
  detail: message.optional(),
  remedies: z.array(remedy),
  engine: engineId.optional(),
  guest: guestId.optional(),
  raw: rawError.optional(),
});
export type Failure = z.infer<typeof failure>;
export type FailureCode = Failure['code'];
