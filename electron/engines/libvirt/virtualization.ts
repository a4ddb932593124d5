import type { Guest } from '../../../shared/guest.ts';

/** Domain types of drivers whose guests share the host's kernel. */
const osLevel: ReadonlySet<string> = new Set(['lxc', 'openvz', 'vz']);
/** Those that need the processor's help. */
const hardware: ReadonlySet<string> = new Set(['kvm', 'hvf', 'vmware', 'hyperv', 'bhyve', 'vbox', 'phyp']);

/**
 * How a domain is run.
 * @param type the attribute `type` of `<domain>`
 * @param osType the text of `<os><type>`: `hvm`, `xen`, `linux` (both paravirtual), `xenpvh`, `exe`
 */
export function virtualizationOf(type: string, osType: string | undefined): Guest['virtualization'] {
  if (type === 'test') return 'none';
  if (osLevel.has(type) || osType === 'exe' || osType === 'uml') return 'os-level';
  if (osType === 'xen' || (type === 'xen' && osType === 'linux')) return 'paravirtual';
  if (type === 'qemu') return 'emulation';
  return hardware.has(type) || type === 'xen' ? 'full' : undefined;
}
