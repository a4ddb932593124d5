import { z } from 'zod';
import { guestId } from './ids.ts';

/** One measured moment of one guest. A field that the engine cannot tell is left out, never guessed. */
export const guestSample = z.strictObject({
  guest: guestId,
  /**
   * Unix time in milliseconds of the figures, as near as it is known: when Docker was asked, when libvirt answered (a
   * guest that hangs holds the answer up, and CPU time counts until then).
   */
  at: z.number(),
  /** CPU in percent of one core: two busy cores are 200. Left out in the first sample after a start. */
  cpu: z.number().optional(),
  /**
   * Memory in use in bytes. Domain: what the balloon says the guest uses where it knows, else the resident memory.
   * Container: usage without inactive file cache, as `docker stats` counts.
   */
  memory: z.number().optional(),
  /** Resident memory of a domain's process on the host (`balloon.rss`), in bytes. */
  memoryResident: z.number().optional(),
  /** Bytes per second over all disks and interfaces; left out in the first sample after a start. */
  diskRead: z.number().optional(),
  diskWrite: z.number().optional(),
  networkReceive: z.number().optional(),
  networkSend: z.number().optional(),
});
export type GuestSample = z.infer<typeof guestSample>;

/** The host's own strip: read by main only while it is shown. */
export const hostSample = z.strictObject({
  at: z.number(),
  /** Percent of all cores together, 0 to 100. */
  cpu: z.number(),
  cores: z.number(),
  memoryUsed: z.number(),
  memoryTotal: z.number(),
  disks: z.array(z.strictObject({ mount: z.string(), used: z.number(), size: z.number() })),
  /** Bytes per second over all interfaces but loopback. */
  networkReceive: z.number(),
  networkSend: z.number(),
});
export type HostSample = z.infer<typeof hostSample>;
