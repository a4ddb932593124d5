import type { GuestState } from '../../../../shared/guest.ts';
import { type MainMessageKey, type Message, say } from '../../../../shared/message.ts';
import { snapshotObstacles } from '../domain-verbs.ts';
import type { SnapshotDisk, SnapshotMachine } from '../xml/snapshot-machine.ts';

/** All that decides how a snapshot of a domain would be taken. */
export interface SnapshotCase {
  readonly machine: SnapshotMachine;
  readonly state: GuestState;
  readonly transient: boolean;
  /** Kinds that the snapshots it has are of. */
  readonly has: { readonly internal: boolean; readonly external: boolean };
  /** virConnectGetLibVersion. */
  readonly version: number;
  /** Whether external ones may be taken: libvirt reverts to them (`<externalSnapshot/>` in its capabilities), and we do. */
  readonly external: boolean;
}

/** How a snapshot is taken, with what happens in sentences; or why it is not. */
export type SnapshotWay =
  | { readonly kind: 'internal' | 'external'; readonly says: readonly Message[] }
  | { readonly kind: 'refused'; readonly because: Message };

/** Ways of one domain: with the memory of one that is on, and of the disks alone. */
export interface SnapshotWays {
  readonly memory: SnapshotWay;
  readonly disks: SnapshotWay;
}

/** The first libvirt whose internal snapshots hold the settings of the firmware, where they are qcow2: 10.10. */
const internalWithNvram = 10_010_000;

/**
 * The table of README.md: internal where all that is written is in qcow2 images, the firmware has no settings of its own,
 * and no snapshot is external; else external where that can be gone back to; else none, and why. Never both in one domain.
 */
export function snapshotWays(about: SnapshotCase): SnapshotWays {
  const never = whyNone(about);
  const on = about.state === 'running' || about.state === 'paused';
  return {
    memory: never ?? (on ? choose(about, true) : refused('because.snapshotOff')),
    disks: never ?? choose(about, false),
  };
}

/** Reasons that hold for every kind. */
function whyNone({ machine, state, transient, has }: SnapshotCase): SnapshotWay | undefined {
  if (machine.type !== 'qemu' && machine.type !== 'kvm') return refused('because.unsupported');
  if (transient) return refused('because.transient');
  const obstacle = snapshotObstacles[state];
  if (obstacle) return refused(obstacle);
  return has.internal && has.external ? refused('because.snapshotsMixed') : undefined;
}

function choose(about: SnapshotCase, memory: boolean): SnapshotWay {
  const inside = whyNotInternal(about, memory);
  if (!inside) return { kind: 'internal', says: sayInternal(about, memory) };
  if (!about.external || about.has.internal) return { kind: 'refused', because: inside };
  const outside = whyNotExternal(about, memory);
  return outside ? { kind: 'refused', because: outside } : { kind: 'external', says: sayExternal(about, memory) };
}

function whyNotInternal({ machine, state, has, version }: SnapshotCase, memory: boolean): Message | undefined {
  if (has.external) return say('because.snapshotsExternal');
  const holdsNvram = machine.nvramFormat === 'qcow2' && version >= internalWithNvram;
  if (machine.uefi && !holdsNvram) return say('because.snapshotUefi');
  for (const disk of written(machine)) {
    const because = diskObstacle(disk) ?? (disk.format === 'qcow2' ? undefined : 'because.snapshotRaw');
    if (because) return say(because, { disk: disk.target });
  }
  if (written(machine).length === 0) return say('because.snapshotNoDisk');
  if (!memory && state !== 'stopped') return say('because.snapshotOn');
  return memory && machine.passthrough ? say('because.snapshotPassthrough') : undefined;
}

function whyNotExternal({ machine }: SnapshotCase, memory: boolean): Message | undefined {
  for (const disk of written(machine)) {
    const because = diskObstacle(disk);
    if (because) return say(because, { disk: disk.target });
  }
  if (written(machine).length === 0) return say('because.snapshotNoDisk');
  return memory && machine.passthrough ? say('because.snapshotPassthrough') : undefined;
}

/** What a disk has that no kind goes with. */
function diskObstacle({ type, device, shareable, transient, wish }: SnapshotDisk): MainMessageKey | undefined {
  if (wish) return 'because.snapshotLeftOut';
  if (transient) return 'because.snapshotTransient';
  if (shareable) return 'because.snapshotShareable';
  return device === 'lun' || (type !== 'file' && type !== 'volume') ? 'because.snapshotNoFile' : undefined;
}

function written({ disks }: SnapshotMachine): SnapshotDisk[] {
  return disks.filter(({ readOnly }) => !readOnly);
}

const mebibyte = 1024 ** 2;

function sayInternal({ machine, state }: SnapshotCase, memory: boolean): Message[] {
  const [disk] = written(machine);
  const mebibytes = Math.round(machine.memory / mebibyte);
  const pause = state === 'paused' ? [] : [say('snapshot.says.pause')];
  const inMemory = [...pause, say('snapshot.says.memory', { mebibytes, disk: disk?.target ?? '' })];
  return [...(memory ? inMemory : [say('snapshot.says.off')]), say('snapshot.says.grows'), ...leftOut(machine, memory)];
}

function sayExternal({ machine, state }: SnapshotCase, memory: boolean): Message[] {
  const mebibytes = Math.round(machine.memory / mebibyte);
  const pause = state === 'paused' ? [] : [say('snapshot.says.pause')];
  const inMemory = [...pause, say('snapshot.says.memoryFile', { mebibytes })];
  const nvram = machine.uefi ? [say('snapshot.says.noNvram')] : [];
  return [...(memory ? inMemory : []), say('snapshot.says.grows'), ...nvram, ...leftOut(machine, memory)];
}

/** What is not in it; a TPM that runs is saved with the memory. */
function leftOut({ disks, tpm }: SnapshotMachine, memory: boolean): Message[] {
  const others = disks.filter(({ readOnly }) => readOnly).map(({ target }) => target);
  return [
    ...(others.length > 0 ? [say('snapshot.says.readOnly', { disks: others.join(', ') })] : []),
    ...(tpm && !memory ? [say('snapshot.says.noTpm')] : []),
  ];
}

function refused(key: MainMessageKey): SnapshotWay {
  return { kind: 'refused', because: say(key) };
}
