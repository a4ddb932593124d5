import { z } from 'zod';
import { guestId } from './ids.ts';

/** An address of the guest and how it is known. */
export const guestAddress = z.strictObject({
  /** IPv4 or IPv6, without prefix length. */
  address: z.string(),
  /** `lease`: libvirt's DHCP gave it; `agent`: the guest's agent says so; `arp`: the host has seen it. */
  from: z.enum(['lease', 'agent', 'arp']),
});
export type GuestAddress = z.infer<typeof guestAddress>;

/** One disk or drive of a VM. Sizes in bytes. */
export const vmDisk = z.strictObject({
  /** `vda`, `sda`: its name inside the definition. */
  target: z.string(),
  bus: z.string().optional(),
  device: z.enum(['disk', 'cdrom', 'floppy', 'lun']),
  /** File, block device, `pool/volume` or URL; left out for an empty drive. */
  source: z.string().optional(),
  format: z.string().optional(),
  readOnly: z.boolean(),
  shareable: z.boolean(),
  /** What the guest sees. */
  capacity: z.number().optional(),
  /** What it takes on the host. */
  allocation: z.number().optional(),
  /** Files below it, nearest first. */
  backing: z.array(z.string()),
});
export type VmDisk = z.infer<typeof vmDisk>;

export const vmInterface = z.strictObject({
  /** Name of the host's end (`vnet3`), while it runs. */
  hostDevice: z.string().optional(),
  mac: z.string(),
  model: z.string().optional(),
  /** `network`, `bridge`, `user`, `direct`, … and what it is connected to. */
  type: z.string(),
  source: z.string().optional(),
  addresses: z.array(guestAddress),
});
export type VmInterface = z.infer<typeof vmInterface>;

/** What a VM's detail shows and its list row does not. */
export const vmDetail = z.strictObject({
  kind: z.literal('vm'),
  guest: guestId,
  description: z.string().optional(),
  /** `x86_64`, and the machine type `pc-q35-7.2`. */
  architecture: z.string().optional(),
  machine: z.string().optional(),
  firmware: z.enum(['bios', 'uefi']).optional(),
  secureBoot: z.boolean().optional(),
  tpm: z.boolean(),
  cpusCurrent: z.number().optional(),
  cpusMaximum: z.number().optional(),
  /** Bytes. */
  memoryCurrent: z.number().optional(),
  memoryMaximum: z.number().optional(),
  disks: z.array(vmDisk),
  interfaces: z.array(vmInterface),
  graphics: z.array(z.strictObject({ type: z.string(), address: z.string().optional(), port: z.number().optional() })),
  agent: z.enum(['none', 'disconnected', 'connected']),
  /** Name of the snapshot that the VM is at. */
  currentSnapshot: z.string().optional(),
  /** True when the running VM differs from what its next start would be. */
  pendingChanges: z.boolean(),
});
export type VmDetail = z.infer<typeof vmDetail>;

export const containerMount = z.strictObject({
  type: z.string(),
  /** Name of a volume, or path on the host. */
  source: z.string(),
  destination: z.string(),
  readOnly: z.boolean(),
  /** A volume that was given no name: it belongs to this container alone. */
  anonymous: z.boolean(),
});
export type ContainerMount = z.infer<typeof containerMount>;

export const containerNetwork = z.strictObject({
  name: z.string(),
  addresses: z.array(z.string()),
  gateway: z.string().optional(),
  mac: z.string().optional(),
  aliases: z.array(z.string()),
});
export type ContainerNetwork = z.infer<typeof containerNetwork>;

/** What a container's detail shows and its list row does not. */
export const containerDetail = z.strictObject({
  kind: z.literal('container'),
  guest: guestId,
  imageId: z.string().optional(),
  /** Entry point and command as one list of words. */
  command: z.array(z.string()),
  user: z.string().optional(),
  workingFolder: z.string().optional(),
  hostname: z.string().optional(),
  platform: z.string().optional(),
  runtime: z.string().optional(),
  restartCount: z.number().optional(),
  finishedAt: z.number().optional(),
  networks: z.array(containerNetwork),
  mounts: z.array(containerMount),
  /** Newest last. */
  healthLog: z.array(
    z.strictObject({ at: z.number().optional(), exitCode: z.number().optional(), output: z.string() }),
  ),
  labels: z.record(z.string(), z.string()),
  /** Bytes that it changed in its own file system. */
  writableSize: z.number().optional(),
});
export type ContainerDetail = z.infer<typeof containerDetail>;

export const guestDetail = z.discriminatedUnion('kind', [vmDetail, containerDetail]);
export type GuestDetail = z.infer<typeof guestDetail>;

/** One text that defines a guest, as the engine keeps it. */
export const configurationText = z.strictObject({
  /** `running`: as it runs now; `next`: as it will start next; `only`: there is one. */
  of: z.enum(['running', 'next', 'only']),
  language: z.enum(['xml', 'json']),
  text: z.string(),
});
export type ConfigurationText = z.infer<typeof configurationText>;
