import { describe, expect, test } from 'vitest';
import { parseDomain } from './nodes.ts';
import { hasPendingChanges } from './pending-changes.ts';

/** As it will start, with what each test puts into it. */
function next({ os = '', cpu = '', devices = '', more = '' } = {}): string {
  return `<domain type='kvm'><name>web</name><memory unit='KiB'>131072</memory>
    <currentMemory unit='KiB'>131072</currentMemory><vcpu placement='static'>2</vcpu>
    <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type>${os}</os><features><acpi/></features>${cpu}${more}
    <clock offset='variable' adjustment='0' basis='utc'/>
    <devices>
      <disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/><source file='/images/web.qcow2'/>
        <target dev='vda' bus='virtio'/></disk>
      <controller type='usb' index='0' model='qemu-xhci'/>
      ${devices}
    </devices></domain>`;
}

/** The same as QEMU runs it: what libvirt 9.0 adds at the start. */
function running({ os = '', cpu = '', devices = '', more = '' } = {}): string {
  return next({ os, cpu, devices, more })
    .replace("<domain type='kvm'>", "<domain type='kvm' id='7'>")
    .replace('<os>', '<resource><partition>/machine</partition></resource><os>')
    .replace("adjustment='0'", "adjustment='17'")
    .replace(
      "web.qcow2'/>",
      "web.qcow2' index='1'/><backingStore type='file' index='2'><format type='raw'/></backingStore>",
    )
    .replace(
      "model='qemu-xhci'/>",
      "model='qemu-xhci'><alias name='usb'/><address type='pci' slot='0x1'/></controller>",
    )
    .replace(
      '</devices>',
      "<controller type='pci' index='9' model='pcie-root-port'/></devices><seclabel type='dynamic'/>",
    );
}

function differ(one: string, other: string): boolean {
  return hasPendingChanges(parseDomain(one), parseDomain(other));
}

describe('a domain that has just started has no pending changes', () => {
  test.each<[string, { os?: string; cpu?: string; devices?: string }, { os?: string; cpu?: string; devices?: string }]>(
    [
      ['as it is', {}, {}],
      [
        'with an empty drive, whose format is forgotten',
        { devices: "<disk device='cdrom'><driver name='qemu'/><target dev='sda'/><readonly/><alias name='x'/></disk>" },
        { devices: "<disk device='cdrom'><driver name='qemu' type='raw'/><target dev='sda'/><readonly/></disk>" },
      ],
      [
        'with a network, whose bridge is found out',
        {
          devices: `<interface type='bridge'><mac address='52:54:00:00:00:01'/><source network='lan' portid='1' bridge='br0'/>
          <target dev='vnet3'/><model type='virtio'/><alias name='net0'/></interface>`,
        },
        {
          devices: `<interface type='network'><mac address='52:54:00:00:00:01'/><source network='lan'/>
          <model type='virtio'/></interface>`,
        },
      ],
      [
        'with graphics, whose port is chosen',
        {
          devices: `<graphics type='vnc' port='5900' autoport='yes' listen='127.0.0.1'><listen type='address'
          address='127.0.0.1'/></graphics>`,
        },
        { devices: "<graphics type='vnc' port='-1' autoport='yes'><listen type='address'/></graphics>" },
      ],
      [
        'with serial ports and channels, which are connected',
        {
          devices: `<serial type='pty'><source path='/dev/pts/3'/><target type='isa-serial' port='0'/></serial>
          <console type='pty' tty='/dev/pts/3'><source path='/dev/pts/3'/><target type='serial' port='0'/></console>
          <channel type='unix'><source mode='bind' path='/run/x'/><target type='virtio' name='a' state='connected'/></channel>`,
        },
        {
          devices: `<serial type='pty'><target type='isa-serial' port='0'/></serial>
          <console type='pty'><target type='serial' port='0'/></console>
          <channel type='unix'><target type='virtio' name='a'/></channel>`,
        },
      ],
      [
        "with the host's CPU, which is spelled out",
        { cpu: "<cpu mode='custom' match='exact' check='full'><model>Skylake</model><feature name='vmx'/></cpu>" },
        { cpu: "<cpu mode='host-model' check='partial'/>" },
      ],
      [
        'with firmware that was chosen',
        { os: "<loader type='pflash' secure='yes'>/usr/share/OVMF.fd</loader><nvram>/var/lib/web.fd</nvram>" },
        { os: "<firmware><feature name='secure-boot' enabled='yes'/></firmware>" },
      ],
    ],
  )('%s', (title, now, then) => {
    const asked = title.includes('firmware') ? next(then).replace('<os>', "<os firmware='efi'>") : next(then);
    expect(differ(running(now), asked)).toBe(false);
  });

  test('with firmware that was chosen, and what that needs', () => {
    const chosen = running({ os: "<loader type='pflash' secure='yes'>/x.fd</loader>" });
    const asked = next().replace('<os>', "<os firmware='efi'>");
    expect(differ(chosen.replace('<acpi/>', "<acpi/><smm state='on'/>"), asked)).toBe(false);
    expect(differ(chosen.replace('<acpi/>', "<acpi/><apic/><smm state='on'/>"), asked)).toBe(true);
  });

  test('with settings of its firmware, whose template is found out', () => {
    const loader = "<loader readonly='yes' type='pflash'>/x.fd</loader>";
    const now = running({ os: `${loader}<nvram template='/y.fd'>/nvram/web.fd</nvram>` });
    expect(differ(now, next({ os: `${loader}<nvram>/nvram/web.fd</nvram>` }))).toBe(false);
    expect(differ(now, next({ os: `${loader}<nvram>/nvram/other.fd</nvram>` }))).toBe(true);
    expect(differ(now, next({ os: `${loader}<nvram template='/z.fd'>/nvram/web.fd</nvram>` }))).toBe(true);
  });

  test('with a balloon that its guest has not shrunk yet, or never will', () => {
    const small = next().replace("<currentMemory unit='KiB'>131072", "<currentMemory unit='KiB'>65536");
    expect(differ(running(), small)).toBe(false);
  });

  test('with a disk that is shared, and so not cached', () => {
    const shared = (cache: string) =>
      `<disk type='file'><driver name='qemu' type='raw'${cache}/><source file='/d'/><target dev='vdb'/><shareable/></disk>`;
    const now = running({ devices: shared(" cache='none'") });
    expect(differ(now, next({ devices: shared('') }))).toBe(false);
    expect(differ(now, next({ devices: shared(" cache='unsafe'") }))).toBe(true);
  });

  test('with a transient disk, which runs on a file over its own', () => {
    const disk = (file: string, below = '') =>
      `<disk type='file'><driver name='qemu' type='qcow2'/><source file='${file}'/>${below}<target dev='vdb'/><transient/></disk>`;
    const below = "<backingStore type='file'><format type='qcow2'/><source file='/d'/><backingStore/></backingStore>";
    const now = running({ devices: disk('/d.TRANSIENT-web', below) });
    expect(differ(now, next({ devices: disk('/d') }))).toBe(false);
    expect(differ(now, next({ devices: disk('/e') }))).toBe(true);
  });

  test('whatever is written about it', () => {
    const more = "<title>Web</title><metadata><posada:guest xmlns:posada='urn:x-posada:guest:1'/></metadata>";
    expect(differ(running(), next({ more }))).toBe(false);
  });
});

describe('a running domain has pending changes', () => {
  const drive = (file: string) =>
    `<disk type='file' device='cdrom'><source file='${file}'/><target dev='sda'/><readonly/></disk>`;

  test.each<[string, string]>([
    ['when it will have more memory', next().replace("<memory unit='KiB'>131072", "<memory unit='KiB'>262144")],
    ['when it will have more processors', next().replace('>2</vcpu>', '>4</vcpu>')],
    ['when a disk was added', next({ devices: "<disk type='file'><source file='/b'/><target dev='vdb'/></disk>" })],
    ['when a disk will be another file', next().replace('web.qcow2', 'new.qcow2')],
    ['when a disk will be cached otherwise', next().replace("cache='none'", "cache='writeback'")],
    [
      'when an interface was added',
      next({ devices: "<interface type='user'><mac address='52:54:00:0:0:9'/></interface>" }),
    ],
    ['when it will boot from something else', next({ os: "<boot dev='network'/>" })],
    ['when a feature was added', next().replace('<acpi/>', '<acpi/><apic/>')],
    [
      'when a device of the host was added',
      next({ devices: "<hostdev type='pci'><source><address bus='1'/></source></hostdev>" }),
    ],
  ])('%s', (_title, changed) => {
    expect(differ(running(), changed)).toBe(true);
  });

  test('when it will start with another firmware', () => {
    expect(differ(running(), next().replace('<os>', "<os firmware='efi'>"))).toBe(true);
  });

  test('when another medium will be in its drive', () => {
    expect(differ(running({ devices: drive('/a.iso') }), next({ devices: drive('/b.iso') }))).toBe(true);
    expect(differ(running({ devices: drive('/a.iso') }), next({ devices: drive('/a.iso') }))).toBe(false);
  });

  test('when the link of an interface will be down, and not when it is up again', () => {
    const link = (state: string) => `<interface type='user'><mac address='52:54:00:00:00:01'/>${state}</interface>`;
    const [unsaid, up, down] = ['', "<link state='up'/>", "<link state='down'/>"].map((each) =>
      next({ devices: link(each) }),
    );
    expect(differ(up ?? '', unsaid ?? '')).toBe(false);
    expect(differ(up ?? '', down ?? '')).toBe(true);
    expect(differ(unsaid ?? '', down ?? '')).toBe(true);
  });

  test('when the driver of an interface will have other queues', () => {
    const queues = (count: number) =>
      `<interface type='user'><mac address='52:54:00:00:00:01'/><driver queues='${count}'/></interface>`;
    expect(differ(running({ devices: queues(1) }), next({ devices: queues(2) }))).toBe(true);
    expect(differ(running({ devices: queues(2) }), next({ devices: queues(2) }))).toBe(false);
  });

  test('when another device of the host will be passed to it', () => {
    const hostdev = (bus: string) => `<hostdev type='pci'><source><address bus='${bus}'/></source></hostdev>`;
    expect(differ(running({ devices: hostdev('1') }), next({ devices: hostdev('2') }))).toBe(true);
  });

  test('when it will be on another network', () => {
    const on = (network: string) =>
      `<interface type='network'><mac address='52:54:00:00:00:01'/><source network='${network}'/></interface>`;
    expect(differ(running({ devices: on('lan') }), next({ devices: on('dmz') }))).toBe(true);
  });
});
