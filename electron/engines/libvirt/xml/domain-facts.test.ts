import { describe, expect, test } from 'vitest';
import { domainFacts } from './domain-facts.ts';
import { osName } from './os-names.ts';
import { noPosadaFacts } from './posada-metadata.ts';

const web = `<domain type='kvm' id='3' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>web</name>
  <uuid>00000000-0000-4000-8000-000000000001</uuid>
  <title>Web &lt;img src=x onerror=alert(1)&gt; &amp; more</title>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id="http://debian.org/debian/12"/>
    </libosinfo:libosinfo>
    <posada:guest xmlns:posada="urn:x-posada:guest:1" protected="yes" lab="shop"><posada:tag>db</posada:tag></posada:guest>
  </metadata>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <memory unit='KiB'>2097152</memory>
  <currentMemory unit='KiB'>1048576</currentMemory>
  <vcpu placement='static' current='1'>4</vcpu>
  <devices>
    <disk type='file' device='disk'><source file='/images/a b.qcow2' index='1'/><target dev='vda'/></disk>
    <disk type='block' device='disk'><source dev='/dev/vg/lv'/><target dev='vdb'/></disk>
    <disk type='file' device='cdrom'><target dev='sda'/></disk>
    <interface type='network'><mac address='52:54:00:00:00:01'/></interface>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='connected'/></channel>
  </devices>
</domain>`;

describe('the facts of a domain', () => {
  test('are read from what libvirt writes', () => {
    expect(domainFacts(web)).toEqual({
      type: 'kvm',
      title: 'Web <img src=x onerror=alert(1)> & more',
      os: 'Debian 12',
      osType: 'hvm',
      cpus: 1,
      memoryLimit: 2 * 1024 ** 3,
      memoryCurrent: 1024 ** 3,
      posada: { protected: true, tags: ['db'], lab: 'shop' },
      posadaElement: '<guest protected="yes" lab="shop"><tag>db</tag></guest>',
      disks: [
        { target: 'vda', path: '/images/a b.qcow2' },
        { target: 'vdb', path: '/dev/vg/lv' },
      ],
      interfaces: 1,
      agent: true,
    });
  });

  test('may be few', () => {
    expect(domainFacts("<domain type='test'><name>t</name></domain>")).toEqual({
      type: 'test',
      posada: noPosadaFacts,
      disks: [],
      interfaces: 0,
      agent: false,
    });
  });

  test.each([
    ["<memory unit='MiB'>64</memory>", 64 * 1024 ** 2],
    ["<memory unit='GB'>1</memory>", 1e9],
    ['<memory>1024</memory>', 1024 ** 2],
    ["<memory unit='parsec'>1</memory>", undefined],
    ['<memory>much</memory>', undefined],
  ])('count %s in bytes', (memory, bytes) => {
    expect(domainFacts(`<domain type='test'>${memory}</domain>`).memoryLimit).toBe(bytes);
  });

  test.each([
    ['nothing', ''],
    ['no XML', 'Segmentation fault'],
    ['another element', "<network type='x'/>"],
    ['XML that ends early', "<domain type='kvm'><name>a"],
    [
      'entities that grow',
      '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><domain type="kvm"><title>&b;</title></domain>',
    ],
  ])('cannot be read from %s', (_title, xml) => {
    expect(() => domainFacts(xml)).toThrow();
  });
});

test('operating systems have the names that people know', () => {
  expect(osName('http://fedoraproject.org/fedora/42')).toBe('Fedora 42');
  expect(osName('http://microsoft.com/win/11')).toBe('Windows 11');
  expect(osName('http://microsoft.com/win/2k22')).toBe('Windows Server 2022');
  expect(osName('http://centos.org/centos-stream/9')).toBe('CentOS Stream 9');
  expect(osName('http://archlinux.org/archlinux/rolling')).toBe('Arch Linux');
  expect(osName('something else')).toBe('something else');
  expect(osName('http://example.org/constructor/1')).toBe('Constructor 1');
});
