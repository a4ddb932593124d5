import { z } from 'zod';
import { tags } from './action.ts';
import { failure } from './failure.ts';
import { guestKinds, guestStates, virtualizations } from './guest-words.ts';
import { engineId, guestId } from './ids.ts';
import { message } from './message.ts';
import { restartPolicies, verbs } from './verbs.ts';

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
  /** A line of the person's own beside the name. */
  title: z.string().optional(),
  tags,
  /** It cannot be deleted until the protection is taken off. */
  protected: z.boolean(),
  /** Gone when it stops: a transient domain, a container with AutoRemove. */
  transient: z.boolean(),
  virtualization: z.enum(virtualizations).optional(),
  /** The engine's own word for it: `kvm`, `qemu`, `lxc`, `runc`, … */
  domainType: z.string().optional(),
  /** IPv4 and IPv6 addresses, without prefix length; guest-detail.ts says where each is known from. */
  addresses: z.array(z.string()),
  ports: z.array(publishedPort),
  /** Number of virtual CPUs of a domain, or the CPU limit of a container (may be a fraction). */
  cpus: z.number().optional(),
  /** Most memory the guest may use, in bytes. */
  memoryLimit: z.number().optional(),
  /** What a VM has of it now (its balloon), in bytes. */
  memoryCurrent: z.number().optional(),
  /** Disks of a VM together, or what a container has written: bytes that the guest sees, and that the host holds. */
  disk: z.strictObject({ size: z.number().optional(), used: z.number().optional() }).optional(),
  /** Unix time in milliseconds. */
  createdAt: z.number().optional(),
  startedAt: z.number().optional(),
  /** What starts it without a person: a domain's autostart, a container's restart policy. */
  startup: z
    .discriminatedUnion('by', [
      z.strictObject({ by: z.literal('autostart'), on: z.boolean() }),
      z.strictObject({
        by: z.literal('restartPolicy'),
        policy: z.enum(restartPolicies),
        maximumRetries: z.number().optional(),
      }),
    ])
    .optional(),
  health: z.enum(['starting', 'healthy', 'unhealthy']).optional(),
  /** Of the last run of a container that is not running. */
  exitCode: z.number().optional(),
  outOfMemory: z.boolean().optional(),
  /** It was paused because a disk could not be written: resume goes on once that is mended. */
  ioError: z
    .strictObject({ disk: z.string().optional(), reason: z.enum(['no-space', 'permission', 'other']) })
    .optional(),
  /** Compose project and service, from the labels. */
  project: z.string().optional(),
  service: z.string().optional(),
  lab: z.string().optional(),
  snapshots: z.number().optional(),
  offers: z.array(verbOffer),
});
export type Guest = z.infer<typeof guest>;
export type GuestKind = Guest['kind'];
export type GuestState = Guest['state'];
