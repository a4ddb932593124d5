import { describe, expect, test } from 'vitest';
import { definedDisks, definedGraphics, definedInterfaces } from './devices.ts';
import { parseDomain } from './nodes.ts';

function domain(devices: string) {
  return parseDomain(`<domain type='kvm'><devices>${devices}</devices></domain>`);
}

describe('the disks of a definition', () => {
  test('have what is below them while they run', () => {
    const disk = `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/a &amp; b' index='1'/>
      <backingStore type='file' index='2'><format type='qcow2'/><source file='/mid'/>
        <backingStore type='file' index='3'><format type='raw'/><source file='/base'/><backingStore/></backingStore>
      </backingStore><target dev='vda' bus='virtio'/></disk>`;
    expect(definedDisks(domain(disk))).toEqual([
      {
        ...{ target: 'vda', bus: 'virtio', device: 'disk', source: '/a & b', path: '/a & b', format: 'qcow2' },
        ...{ readOnly: false, shareable: false, backing: ['/mid', '/base'] },
      },
    ]);
  });

  test('are volumes, block devices, drives with and without a medium', () => {
    const disks = `
      <disk type='volume'><driver type='raw'/><source pool='default' volume='data.img'/><target dev='vdb'/><shareable/></disk>
      <disk type='block' device='lun'><source dev='/dev/sdx'/><target dev='sdb' bus='scsi'/></disk>
      <disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>
      <disk type='file' device='cdrom'><source file='/iso'/><target dev='sdc' bus='sata'/><readonly/></disk>
      <disk type='file' device='floppy'><source file='/fd'/><target dev='fda' bus='fdc'/></disk>`;
    const found = definedDisks(domain(disks)).map(({ target, device, source, path, volume, readOnly, shareable }) => [
      ...[target, device, source, path, volume, readOnly, shareable],
    ]);
    expect(found).toEqual([
      ['vdb', 'disk', 'default/data.img', undefined, { pool: 'default', name: 'data.img' }, false, true],
      ['sdb', 'lun', '/dev/sdx', '/dev/sdx', undefined, false, false],
      ['sda', 'cdrom', undefined, undefined, undefined, true, false],
      ['sdc', 'cdrom', '/iso', '/iso', undefined, true, false],
      ['fda', 'floppy', '/fd', '/fd', undefined, false, false],
    ]);
  });

  test.each([
    [
      "<disk type='network'><source protocol='rbd' name='pool/image'><host name='ceph' port='6789'/></source></disk>",
      'rbd://ceph:6789/pool/image',
    ],
    [
      "<disk type='network'><source protocol='https' name='a.iso'><host name='example.org'/></source></disk>",
      'https://example.org/a.iso',
    ],
    [
      "<disk type='network'><source protocol='nbd' name='x'><host transport='unix' socket='/run/nbd'/></source></disk>",
      'nbd:///run/nbd/x',
    ],
    ["<disk type='dir'><source dir='/folder'/></disk>", '/folder'],
    ["<disk type='nvme'><source type='pci' managed='yes'><address bus='1'/></source></disk>", 'nvme'],
    ["<disk type='vhostuser'><source type='unix' path='/run/blk.sock'/></disk>", '/run/blk.sock'],
  ])('in networks and elsewhere have a source to read: %s', (disk, source) => {
    expect(definedDisks(domain(disk))[0]).toMatchObject({ source });
    expect(definedDisks(domain(disk))[0]).not.toHaveProperty('path');
  });
});

test('the interfaces of a definition say what they are connected to', () => {
  const interfaces = `
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default' portid='x' bridge='virbr0'/>
      <target dev='vnet3'/><model type='virtio'/></interface>
    <interface type='bridge'><mac address='52:54:00:00:00:02'/><source bridge='br0'/></interface>
    <interface type='direct'><mac address='52:54:00:00:00:03'/><source dev='eth0' mode='bridge'/></interface>
    <interface type='user'><mac address='52:54:00:00:00:04'/></interface>`;
  expect(definedInterfaces(domain(interfaces))).toEqual([
    {
      ...{ hostDevice: 'vnet3', mac: '52:54:00:00:00:01', model: 'virtio', type: 'network', source: 'default' },
      addresses: [],
    },
    { mac: '52:54:00:00:00:02', type: 'bridge', source: 'br0', addresses: [] },
    { mac: '52:54:00:00:00:03', type: 'direct', source: 'eth0', addresses: [] },
    { mac: '52:54:00:00:00:04', type: 'user', addresses: [] },
  ]);
});

test.each([
  [
    "<graphics type='vnc' port='5901' autoport='yes' listen='127.0.0.1'><listen type='address' address='127.0.0.1'/></graphics>",
    { type: 'vnc', address: '127.0.0.1', port: 5901 },
  ],
  ["<graphics type='vnc' port='-1' autoport='yes'><listen type='address'/></graphics>", { type: 'vnc' }],
  ["<graphics type='spice'><listen type='none'/></graphics>", { type: 'spice' }],
  [
    "<graphics type='spice' tlsPort='5910' autoport='no' listen='::'><listen type='address' address='::'/></graphics>",
    { type: 'spice', address: '::', port: 5910 },
  ],
  [
    "<graphics type='vnc'><listen type='socket' socket='/run/vnc.sock'/></graphics>",
    { type: 'vnc', address: '/run/vnc.sock' },
  ],
  ["<graphics type='vnc' socket='/run/old.sock'/>", { type: 'vnc', address: '/run/old.sock' }],
  ["<graphics type='egl-headless'/>", { type: 'egl-headless' }],
])('graphics say where a viewer finds them: %s', (graphics, found) => {
  expect(definedGraphics(domain(graphics))).toEqual([found]);
});
