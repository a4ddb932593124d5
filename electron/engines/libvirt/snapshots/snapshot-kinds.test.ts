import { expect, test } from 'vitest';
import type { GuestState } from '../../../../shared/guest.ts';
import type { SnapshotDisk, SnapshotMachine } from '../xml/snapshot-machine.ts';
import { type SnapshotCase, type SnapshotWay, snapshotWays } from './snapshot-kinds.ts';

const qcow2: SnapshotDisk = {
  ...{ target: 'vda', type: 'file', format: 'qcow2', device: 'disk' },
  ...{ readOnly: false, shareable: false, transient: false },
};
const bios: SnapshotMachine = {
  ...{ type: 'kvm', uefi: false, nvramFormat: 'raw', disks: [qcow2] },
  ...{ passthrough: false, tpm: false, memory: 512 * 1024 ** 2 },
};
const raw = { ...qcow2, target: 'vdb', format: 'raw' };
const cdrom = { ...raw, target: 'sda', device: 'cdrom', readOnly: true };

interface Row extends Partial<Omit<SnapshotCase, 'machine'>> {
  readonly machine?: Partial<SnapshotMachine>;
}
function ways({ machine, ...row }: Row) {
  return snapshotWays({
    ...{ state: 'stopped', transient: false, version: 9_000_000, external: false },
    has: { internal: false, external: false },
    ...row,
    machine: { ...bios, ...machine },
  });
}
const told = (way: SnapshotWay): string =>
  way.kind === 'refused' ? way.because.key.replace('because.', '') : way.kind;

const mixed = { internal: true, external: true };
const [onlyInternal, onlyExternal] = [
  { ...mixed, external: false },
  { ...mixed, internal: false },
];
const running: GuestState = 'running';
const external = true;

/** What a domain is, how it is taken with memory, and how without. */
const table: readonly (readonly [string, Row, string, string])[] = [
  ['off', {}, 'snapshotOff', 'internal'],
  ['running', { state: running }, 'internal', 'snapshotOn'],
  ['paused', { state: 'paused' }, 'internal', 'snapshotOn'],
  ['three disks', { state: running, machine: { disks: [qcow2, qcow2, qcow2] } }, 'internal', 'snapshotOn'],
  ['a volume', { machine: { disks: [{ ...qcow2, type: 'volume' }] } }, 'snapshotOff', 'internal'],
  ['with a CD', { machine: { disks: [qcow2, cdrom] } }, 'snapshotOff', 'internal'],
  [
    'a raw disk that is read only',
    { machine: { disks: [qcow2, { ...raw, readOnly: true }] } },
    'snapshotOff',
    'internal',
  ],
  ['a raw disk', { machine: { disks: [qcow2, raw] } }, 'snapshotOff', 'snapshotRaw'],
  ['a raw disk, running', { state: running, machine: { disks: [qcow2, raw] } }, 'snapshotRaw', 'snapshotRaw'],
  ['a shareable one', { machine: { disks: [qcow2, { ...raw, shareable: true }] } }, 'snapshotOff', 'snapshotShareable'],
  ['a transient one', { machine: { disks: [{ ...qcow2, transient: true }] } }, 'snapshotOff', 'snapshotTransient'],
  ['one left out', { machine: { disks: [qcow2, { ...qcow2, wish: 'no' }] } }, 'snapshotOff', 'snapshotLeftOut'],
  ['one in the network', { machine: { disks: [{ ...qcow2, type: 'network' }] } }, 'snapshotOff', 'snapshotNoFile'],
  ['a SCSI device', { machine: { disks: [{ ...qcow2, device: 'lun' }] } }, 'snapshotOff', 'snapshotNoFile'],
  ['no disk', { state: running, machine: { disks: [] } }, 'snapshotNoDisk', 'snapshotNoDisk'],
  ['only a CD', { machine: { disks: [cdrom] } }, 'snapshotOff', 'snapshotNoDisk'],
  ['UEFI', { state: running, machine: { uefi: true } }, 'snapshotUefi', 'snapshotUefi'],
  ['UEFI, off', { machine: { uefi: true } }, 'snapshotOff', 'snapshotUefi'],
  [
    ...([
      'UEFI with qcow2 settings, 10.9',
      { machine: { uefi: true, nvramFormat: 'qcow2' }, version: 10_009_000 },
    ] as const),
    ...(['snapshotOff', 'snapshotUefi'] as const),
  ],
  [
    ...([
      'UEFI with qcow2 settings, 10.10',
      { machine: { uefi: true, nvramFormat: 'qcow2' }, version: 10_010_000 },
    ] as const),
    ...(['snapshotOff', 'internal'] as const),
  ],
  ['a TPM', { state: running, machine: { tpm: true } }, 'internal', 'snapshotOn'],
  ['a device of the host', { state: running, machine: { passthrough: true } }, 'snapshotPassthrough', 'snapshotOn'],
  ['a device of the host, off', { machine: { passthrough: true } }, 'snapshotOff', 'internal'],
  ['transient', { state: running, transient: true }, 'transient', 'transient'],
  ['saved', { state: 'saved' }, 'saved', 'saved'],
  ['asleep', { state: 'suspended' }, 'suspended', 'suspended'],
  ['crashed', { state: 'crashed' }, 'crashed', 'crashed'],
  ['another driver', { machine: { type: 'test' } }, 'unsupported', 'unsupported'],
  ['internal ones', { state: running, has: onlyInternal }, 'internal', 'snapshotOn'],
  ['external ones made elsewhere', { has: onlyExternal }, 'snapshotOff', 'snapshotsExternal'],
  ['both', { state: running, has: mixed }, 'snapshotsMixed', 'snapshotsMixed'],
  // With a libvirt that reverts to external ones.
  ['BIOS and external', { state: running, external }, 'internal', 'external'],
  ['UEFI and external', { state: running, external, machine: { uefi: true } }, 'external', 'external'],
  ['raw and external', { external, machine: { disks: [raw] } }, 'snapshotOff', 'external'],
  ['raw and internal ones', { external, has: onlyInternal, machine: { disks: [raw] } }, 'snapshotOff', 'snapshotRaw'],
  ['external ones and external', { state: running, external, has: onlyExternal }, 'external', 'external'],
  ['both and external', { external, has: mixed }, 'snapshotsMixed', 'snapshotsMixed'],
  [
    'shareable and external',
    { external, machine: { disks: [{ ...raw, shareable: true }] } },
    'snapshotOff',
    'snapshotShareable',
  ],
  ['no disk and external', { state: running, external, machine: { disks: [] } }, 'snapshotNoDisk', 'snapshotNoDisk'],
  [
    ...([
      'a device of the host and external',
      { state: running, external, machine: { uefi: true, passthrough: true } },
    ] as const),
    ...(['snapshotPassthrough', 'external'] as const),
  ],
];

test.each(table)('%s', (_what, row, memory, disks) => {
  const found = ways(row);
  expect([told(found.memory), told(found.disks)]).toEqual([memory, disks]);
});

const says = (way: SnapshotWay) =>
  way.kind === 'refused' ? [] : way.says.map(({ key }) => key.replace('snapshot.says.', ''));

test('what happens is said: the pause, where the memory goes, what is not in it', () => {
  const machine = { disks: [cdrom, qcow2], tpm: true };
  const { memory } = ways({ state: running, machine });
  expect(says(memory)).toEqual(['pause', 'memory', 'grows', 'readOnly']);
  expect(memory).toMatchObject({
    says: [{}, { params: { mebibytes: 512, disk: 'vda' } }, {}, { params: { disks: 'sda' } }],
  });
  expect(says(ways({ state: 'paused' }).memory)).toEqual(['memory', 'grows']);
  expect(says(ways({ machine }).disks)).toEqual(['off', 'grows', 'readOnly', 'noTpm']);
  const outside = ways({ state: running, external, machine: { uefi: true, tpm: true } });
  expect(says(outside.memory)).toEqual(['pause', 'memoryFile', 'grows', 'noNvram']);
  expect(says(outside.disks)).toEqual(['grows', 'noNvram', 'noTpm']);
});
