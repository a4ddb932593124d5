import type { ContainerDetail, VmDetail } from '../../shared/guest-detail.ts';
import { idOf } from './guests.ts';

const gib = 1024 ** 3;

/** All that is known of a VM made by aGuest, but for what `part` says. */
export function aVmDetail(name: string, part: Partial<VmDetail> = {}): VmDetail {
  return {
    ...{ kind: 'vm', guest: idOf(name), tpm: true, firmware: 'uefi', secureBoot: true, agent: 'connected' },
    ...{ cpusCurrent: 2, cpusMaximum: 8, memoryCurrent: gib, memoryMaximum: 4 * gib, pendingChanges: false },
    disks: [
      {
        ...{ target: 'vda', bus: 'virtio', device: 'disk', source: '/pool/web.qcow2', format: 'qcow2' },
        ...{ readOnly: false, shareable: true, capacity: 20 * gib, allocation: 5 * gib },
        backing: ['/pool/snap.qcow2', '/pool/base.qcow2'],
      },
      { target: 'sda', device: 'cdrom', readOnly: true, shareable: false, backing: [] },
    ],
    interfaces: [
      {
        ...{ mac: '52:54:00:00:00:01', type: 'network', source: 'default', hostDevice: 'vnet3' },
        addresses: [
          { address: '192.168.122.7', from: 'lease' },
          { address: 'fd00::7', from: 'agent' },
        ],
      },
    ],
    graphics: [],
    ...part,
  } satisfies VmDetail;
}

export function aContainerDetail(name: string, part: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    ...{ kind: 'container', guest: idOf(name), command: ['/entry', 'serve'], restartCount: 3 },
    networks: [
      {
        ...{ name: 'shop_default', addresses: ['172.18.0.4'], gateway: '172.18.0.1', mac: '02:42:ac:12:00:04' },
        aliases: ['db'],
      },
    ],
    mounts: [{ type: 'volume', source: 'pgdata', destination: '/data', readOnly: false, anonymous: false }],
    healthLog: [{ at: 1_700_000_000_000, exitCode: 1, output: 'connection refused' }],
    labels: { 'com.example': '<b>bold</b>' },
    ...part,
  } satisfies ContainerDetail;
}
