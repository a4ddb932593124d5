import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { GuestState } from '../../shared/guest.ts';
import { run } from './execute.ts';
import { guestKernel, sharedFolder } from './guest-kernel.ts';

export interface TestDomain {
  readonly name: string;
  /** Uses all the CPU time it gets. */
  readonly busy?: boolean;
  /** Has more memory, and nearly all of it in use: to write it takes a while. */
  readonly full?: boolean;
  /** A libvirt network to be on, with an address by DHCP. */
  readonly network?: string;
  /** A qcow2 or raw file as its disk. */
  readonly disk?: string;
  readonly title?: string;
  /** More disks. */
  readonly disks?: readonly TestDisk[];
  /** More elements of `<os>`. */
  readonly os?: string;
}

export interface TestDisk {
  readonly path: string;
  readonly device?: 'disk' | 'cdrom';
  readonly format?: string;
  /** Elements inside `<disk>`. */
  readonly more?: string;
}

/** Escapes text for XML. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}

/** The XML of a real guest under software emulation: it runs wherever QEMU does. */
export async function domainXml({
  name,
  busy,
  full,
  network,
  disk,
  disks = [],
  title,
  os = '',
}: TestDomain): Promise<string> {
  const { kernel, initrd } = await guestKernel();
  // Ours, and gone on with: one that libvirt makes anew is readable by root alone.
  await writeFile(serialFile(name), '');
  const cmdline = [
    'console=ttyS0 quiet panic=-1',
    busy && 'posada.busy',
    full && 'posada.full',
    network && 'posada.dhcp',
  ].filter(Boolean);
  return `<domain type='qemu'>
  <name>${xmlText(name)}</name>
  ${title ? `<title>${xmlText(title)}</title>` : ''}
  <memory unit='MiB'>${full ? 512 : 128}</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>${os}
    <kernel>${kernel}</kernel><initrd>${initrd}</initrd><cmdline>${cmdline.join(' ')}</cmdline></os>
  <features><acpi/></features>
  <on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot><on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    ${disk ? `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${disk}'/><target dev='vda' bus='virtio'/></disk>` : ''}
    ${disks.map(diskXml).join('\n')}
    ${network ? `<interface type='network'><source network='${network}'/><model type='virtio'/></interface>` : ''}
    <serial type='file'><source path='${xmlText(serialFile(name))}' append='on'/></serial>
    <memballoon model='virtio'><stats period='1'/></memballoon>
  </devices>
</domain>`;
}

function diskXml({ path, device = 'disk', format = 'qcow2', more = '' }: TestDisk, at: number): string {
  return `<disk type='file' device='${device}'><driver name='qemu' type='${format}'/><source file='${xmlText(path)}'/>
      <target dev='${device === 'disk' ? 'vd' : 'sd'}${'bcdefg'[at]}'/>${more}</disk>`;
}

/** What the guest says on its serial port. */
function serialFile(name: string): string {
  return path.join(sharedFolder, `serial-${encodeURIComponent(name).slice(0, 120)}.log`);
}

/** Waits until the guest has said that it is up, since this was last waited for or its XML was made. */
export async function booted(name: string): Promise<void> {
  for (const until = Date.now() + 90_000; ; await pause(100)) {
    const said = await readFile(serialFile(name), 'utf8').catch(() => '');
    if (said.includes('posada-guest-ready')) break;
    if (Date.now() > until) throw new Error(`${name} has not booted: ${said.slice(-300)}`);
  }
  await writeFile(serialFile(name), '');
}

/** The smallest domain that libvirt's test driver takes. */
export function testDriverXml(name: string): string {
  return `<domain type='test'><name>${xmlText(name)}</name><memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>`;
}

const virshStates: Readonly<Record<string, GuestState>> = {
  running: 'running',
  idle: 'running',
  paused: 'paused',
  'in shutdown': 'stopping',
  'shut off': 'stopped',
  crashed: 'crashed',
  pmsuspended: 'suspended',
};

/** `virsh` on one connection, as tests use it to change and see domains without the code under test. */
export class Virsh {
  readonly #uri: string;
  constructor(uri = 'qemu:///system') {
    this.#uri = uri;
  }

  run(...words: string[]): Promise<string> {
    return run('virsh', ['-q', '-c', this.#uri, ...words], { ...process.env, LC_ALL: 'C' });
  }

  define(xml: string): Promise<void> {
    return this.fromFile(xml, 'define');
  }

  /** Runs a command that takes XML from a file. */
  async fromFile(
    xml: string,
    command: 'define' | 'create' | 'net-define' | 'vol-create',
    ...more: string[]
  ): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), 'posada-test-xml-'));
    try {
      const file = path.join(folder, 'domain.xml');
      await writeFile(file, xml);
      await this.run(command, ...more, '--file', file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The state of a domain in our words. */
  async state(name: string): Promise<GuestState> {
    const state = virshStates[(await this.run('domstate', '--domain', name)).trim()] ?? 'unknown';
    if (state !== 'stopped') return state;
    return /^Managed save: +yes$/m.test(await this.run('dominfo', '--domain', name)) ? 'saved' : state;
  }

  /** Ends and undefines a domain; one that is not there is fine. */
  async remove(name: string): Promise<void> {
    await this.run('destroy', '--domain', name).catch(() => undefined);
    // Not every driver knows all of them.
    for (const more of [['--snapshots-metadata', '--checkpoints-metadata', '--nvram'], []]) {
      await this.run('undefine', '--domain', name, '--managed-save', ...more).catch(() => undefined);
    }
    await rm(serialFile(name), { force: true });
    if ((await this.names()).includes(name)) throw new Error(`${name} could not be removed`);
  }

  /** `on` or `off`. */
  async autostart(name: string): Promise<string> {
    return /^Autostart: +enable$/m.test(await this.run('dominfo', '--domain', name)) ? 'on' : 'off';
  }

  async names(): Promise<string[]> {
    return (await this.run('list', '--all', '--name')).split('\n').filter(Boolean);
  }
}
