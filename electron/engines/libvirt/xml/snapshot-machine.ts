import { attribute, child, children, type Node } from './nodes.ts';

/** A disk or drive with something in it, as far as snapshots go. */
export interface SnapshotDisk {
  readonly target: string;
  /** `file`, `block`, `volume`, `network`, … */
  readonly type: string;
  /** `raw` where nothing is said: libvirt does not guess. */
  readonly format: string;
  readonly readOnly: boolean;
  readonly shareable: boolean;
  /** What the guest writes is thrown away when it stops. */
  readonly transient: boolean;
  /** `lun`: the guest speaks with the device itself. */
  readonly device: string;
  /** The definition's own wish: `no`, `internal`, `external`, `manual`. */
  readonly wish?: string;
}

/** What of a definition decides which snapshots there can be. */
export interface SnapshotMachine {
  /** `qemu`, `kvm`, `test`, … */
  readonly type: string;
  /** UEFI: named by its files, or `<os firmware='efi'>`, for which libvirt chooses them at the start. */
  readonly uefi: boolean;
  /** Format of the file with the firmware's settings. */
  readonly nvramFormat: string;
  readonly disks: readonly SnapshotDisk[];
  /** Devices of the host or shared folders: what they hold cannot be saved. */
  readonly passthrough: boolean;
  readonly tpm: boolean;
  /** Bytes of memory. */
  readonly memory: number;
}

/** Reads it out of a `<domain>`. @param memory bytes, as it is read elsewhere */
export function snapshotMachine(domain: Node, memory: number): SnapshotMachine {
  const [os, devices] = [child(domain, 'os'), child(domain, 'devices')];
  const nvram = child(os, 'nvram');
  // A USB device may be unplugged at any time, and libvirt saves guests that have one.
  const assigned = children(devices, 'hostdev').some((each) => attribute(each, 'type') !== 'usb');
  const interfaces = children(devices, 'interface').some((each) => attribute(each, 'type') === 'hostdev');
  return {
    type: attribute(domain, 'type') ?? '',
    uefi: attribute(os, 'firmware') === 'efi' || attribute(child(os, 'loader'), 'type') === 'pflash',
    nvramFormat: attribute(nvram, 'format') ?? 'raw',
    disks: children(devices, 'disk').flatMap(readDisk),
    passthrough: assigned || interfaces || children(devices, 'filesystem').length > 0,
    tpm: children(devices, 'tpm').length > 0,
    memory,
  };
}

/** An empty drive is none. */
function readDisk(disk: Node): SnapshotDisk[] {
  const source = child(disk, 'source');
  if (['file', 'dev', 'volume', 'name', 'dir', 'path'].every((name) => !attribute(source, name))) return [];
  const wish = attribute(disk, 'snapshot');
  const device = attribute(disk, 'device') ?? 'disk';
  return [
    {
      target: attribute(child(disk, 'target'), 'dev') ?? '',
      type: attribute(disk, 'type') ?? 'file',
      format: attribute(child(disk, 'driver'), 'type') ?? 'raw',
      readOnly: device === 'cdrom' || children(disk, 'readonly').length > 0,
      shareable: children(disk, 'shareable').length > 0,
      transient: children(disk, 'transient').length > 0,
      device,
      ...(wish && { wish }),
    },
  ];
}
