import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../../shared/guest-detail.ts';
import { say } from '../../../shared/message.ts';

const gib = 1024 ** 3;

const diskPath = (guest: Guest): string => `/var/lib/demo/images/${guest.name}.qcow2`;

/** What a demo guest would tell of itself. */
export function demoDetail(guest: Guest): GuestDetail {
  if (guest.kind === 'container') {
    return {
      kind: 'container',
      guest: guest.id,
      command: ['/entrypoint.sh', 'serve', '--port', '8080'],
      workingFolder: '/srv',
      hostname: guest.nativeId.slice(0, 12),
      platform: 'linux',
      runtime: 'runc',
      restartCount: 0,
      networks: [{ name: 'bridge', addresses: guest.addresses, gateway: '172.18.0.1', aliases: [guest.name] }],
      mounts: [
        { type: 'volume', source: `${guest.name}-data`, destination: '/data', readOnly: false, anonymous: false },
        { type: 'bind', source: '/srv/shared', destination: '/shared', readOnly: true, anonymous: false },
      ],
      healthLog: [],
      labels: guest.project ? { 'com.docker.compose.project': guest.project } : {},
      writableSize: 12 * 1024 ** 2,
    };
  }
  return {
    kind: 'vm',
    guest: guest.id,
    architecture: 'x86_64',
    machine: 'pc-q35-7.2',
    firmware: guest.image?.startsWith('Windows') ? 'uefi' : 'bios',
    tpm: guest.image?.startsWith('Windows') ?? false,
    ...(guest.cpus !== undefined && { cpusCurrent: guest.cpus, cpusMaximum: guest.cpus * 2 }),
    ...(guest.memoryLimit !== undefined && { memoryCurrent: guest.memoryLimit, memoryMaximum: guest.memoryLimit }),
    disks: [
      {
        ...{ target: 'vda', bus: 'virtio', device: 'disk', source: diskPath(guest), format: 'qcow2' },
        ...{ readOnly: false, shareable: false, backing: [] },
        capacity: guest.disk?.size ?? 20 * gib,
        allocation: guest.disk?.used ?? 4 * gib,
      },
    ],
    interfaces: [
      {
        ...{ hostDevice: 'vnet0', mac: '52:54:00:12:34:56', model: 'virtio', type: 'network', source: 'default' },
        addresses: guest.addresses.map((address) => ({ address, from: 'lease' })),
      },
    ],
    graphics: [{ type: 'vnc', address: '127.0.0.1', port: 5900 }],
    agent: 'none',
    pendingChanges: false,
  };
}

export function demoConfiguration(guest: Guest): ConfigurationText[] {
  if (guest.kind === 'container') {
    const { nativeId, name, image, state } = guest;
    return [
      {
        of: 'only',
        language: 'json',
        text: JSON.stringify({ Id: nativeId, Name: `/${name}`, Image: image, State: { Status: state } }, null, 2),
      },
    ];
  }
  const text = `<domain type='test'>
  <name>${guest.name}</name>
  <uuid>${guest.nativeId}</uuid>
  <memory unit='b'>${guest.memoryLimit ?? 0}</memory>
  <vcpu>${guest.cpus ?? 1}</vcpu>
  <devices>
    <disk type='file' device='disk'>
      <source file='${diskPath(guest)}'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
`;
  return [{ of: 'next', language: 'xml', text }];
}

export function demoDeletePlan(guest: Guest): DeletePart[] {
  const part = { name: '', chosen: true, goes: 'always' } as const;
  if (guest.kind === 'container') {
    const named = `${guest.name}-data`;
    return [
      { ...part, id: 'layer', kind: 'writableLayer', size: 12 * 1024 ** 2 },
      { ...part, id: 'anonymous', kind: 'anonymousVolume', name: `${guest.nativeId.slice(-12)}`, goes: 'person' },
      { id: named, kind: 'namedVolume', name: named, goes: 'never', chosen: false, because: say('part.namedVolume') },
    ];
  }
  const disk = diskPath(guest);
  return [
    { ...part, id: 'definition', kind: 'definition' },
    ...(guest.snapshots ? [{ ...part, id: 'snapshots', kind: 'snapshots' as const, count: guest.snapshots }] : []),
    { ...part, id: disk, kind: 'disk', name: disk, size: guest.disk?.used ?? 4 * gib, goes: 'person' },
  ];
}
