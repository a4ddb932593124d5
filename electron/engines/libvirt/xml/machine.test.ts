import { describe, expect, test } from 'vitest';
import { machineFacts } from './machine.ts';
import { parseDomain } from './nodes.ts';

function machine(xml: string) {
  return machineFacts(parseDomain(xml));
}

function withOs(os: string, { type = 'kvm', arch = 'x86_64', attributes = '' } = {}) {
  return machine(`<domain type='${type}'><os${attributes}><type arch='${arch}'>hvm</type>${os}</os></domain>`);
}

describe('the machine of a domain', () => {
  test('is what its definition says', () => {
    const xml = `<domain type='kvm'><description>Two
      lines</description><memory unit='GiB'>4</memory><currentMemory unit='MiB'>1024</currentMemory>
      <vcpu placement='static' current='2'>8</vcpu><os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
      <devices><tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
        <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel>
        <channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0' state='disconnected'/></channel>
      </devices></domain>`;
    expect(machine(xml)).toEqual({
      ...{
        description: 'Two\n      lines',
        architecture: 'x86_64',
        machine: 'pc-q35-7.2',
        firmware: 'bios',
        tpm: true,
      },
      ...{ cpusCurrent: 2, cpusMaximum: 8, memoryCurrent: 1024 ** 3, memoryMaximum: 4 * 1024 ** 3, agent: 'connected' },
    });
  });

  test.each([
    ["<domain type='test'/>", 'nothing'],
    ["<domain type='lxc'><os><type>exe</type><init>/sbin/init</init></os></domain>", 'a container'],
    ["<domain type='xen'><os><type>xen</type><kernel>/boot/xen</kernel></os></domain>", 'a paravirtual one'],
  ])('has no firmware where it is not known to have one: %s', (xml) => {
    expect(machine(xml)).toEqual(expect.objectContaining({ tpm: false, agent: 'none' }));
    expect(machine(xml)).not.toHaveProperty('firmware');
    expect(machine(xml)).not.toHaveProperty('secureBoot');
  });

  test('has all its processors where none can be added', () => {
    expect(machine("<domain type='kvm'><vcpu>4</vcpu></domain>")).toMatchObject({ cpusCurrent: 4, cpusMaximum: 4 });
  });

  test('has an agent that is not there as long as it is not said to be', () => {
    const channel = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>";
    expect(machine(`<domain type='kvm'><devices>${channel}</devices></domain>`).agent).toBe('disconnected');
  });
});

describe('the firmware of a domain', () => {
  test.each([
    ['chosen by libvirt', '', { attributes: " firmware='efi'" }, 'uefi', false],
    [
      'chosen with secure boot',
      "<firmware><feature enabled='yes' name='enrolled-keys'/><feature enabled='yes' name='secure-boot'/></firmware>",
      { attributes: " firmware='efi'" },
      'uefi',
      true,
    ],
    [
      'chosen without it, although the loader could',
      "<firmware><feature enabled='no' name='secure-boot'/></firmware><loader secure='yes' type='pflash'>x</loader>",
      { attributes: " firmware='efi'" },
      'uefi',
      false,
    ],
    [
      'a loader in flash',
      "<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>",
      {},
      'uefi',
      false,
    ],
    ['a loader that boots securely', "<loader secure='yes' type='pflash'>/x.fd</loader>", {}, 'uefi', true],
    ['chosen BIOS', '', { attributes: " firmware='bios'" }, 'bios', undefined],
    ['a loader in ROM', "<loader type='rom'>/usr/share/seabios/bios.bin</loader>", {}, undefined, undefined],
    ['what an emulated PC has', '', { type: 'qemu', arch: 'i686' }, 'bios', undefined],
    ['not known of other machines', '', { arch: 'aarch64' }, undefined, undefined],
  ])('is %s', (_title, os, more, firmware, secureBoot) => {
    const found = withOs(os, more);
    expect([found.firmware, found.secureBoot]).toEqual([firmware, secureBoot]);
  });
});
