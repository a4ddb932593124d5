import { z } from 'zod';
import { failure } from './failure.ts';
import { engineId, guestId } from './ids.ts';
import { message } from './message.ts';

export const guestKinds = ['vm', 'container'] as const;

/**
 * State in words common to both kinds. libvirt `blocked` is running; `shutdown` is stopping; `pmsuspended` is
 * suspended. Docker `created`, `exited` and `dead` are stopped; `restarting` is restarting.
 */
export const guestStates = [
  'running',
  'paused',
  'suspended',
  'restarting',
  'stopping',
  'stopped',
  'crashed',
  'unknown',
] as const;

/** What can be done to a guest in this version: the words on the button come with the offer. */
export const verbs = ['start', 'shutDown', 'restart', 'pause', 'resume', 'forceOff'] as const;
export type Verb = (typeof verbs)[number];

/** A verb that the guest has, ready now or with the reason why it is not. */
export const verbOffer = z.discriminatedUnion('ready', [
  z.strictObject({ verb: z.enum(verbs), label: message, ready: z.literal(true) }),
  z.strictObject({ verb: z.enum(verbs), label: message, ready: z.literal(false), because: message }),
]);
export type VerbOffer = z.infer<typeof verbOffer>;

/** A port of the guest that is reachable on the host. */
export const publishedPort = z.strictObject({
  hostAddress: z.string(),
  hostPort: z.int().min(0).max(65535),
  guestPort: z.int().min(0).max(65535),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
});
export type PublishedPort = z.infer<typeof publishedPort>;

/** A virtual machine or a container as the list shows it. What changes many times a second is in metrics.ts. */
export const guest = z.strictObject({
  id: guestId,
  engine: engineId,
  kind: z.enum(guestKinds),
  /** The engine's own id now: a domain's UUID, a container's 64-digit id. */
  nativeId: z.string(),
  name: z.string(),
  state: z.enum(guestStates),
  /** More about the state: exit code, I/O error, health. */
  stateNote: message.optional(),
  /** The guest exists but could not be read: one row with its failure, never an empty list. */
  failure: failure.optional(),
  /** A container's image, or the operating system that a domain's metadata or agent names. */
  image: z.string().optional(),
  /** IPv4 and IPv6 addresses, without prefix length. */
  addresses: z.array(z.string()),
  ports: z.array(publishedPort),
  /** Number of virtual CPUs of a domain, or the CPU limit of a container (may be a fraction). */
  cpus: z.number().optional(),
  /** Most memory the guest may use, in bytes. */
  memoryLimit: z.number().optional(),
  /** Unix time in milliseconds. */
  createdAt: z.number().optional(),
  startedAt: z.number().optional(),
  offers: z.array(verbOffer),
});
export type Guest = z.infer<typeof guest>;
export type GuestKind = Guest['kind'];
export type GuestState = Guest['state'];
