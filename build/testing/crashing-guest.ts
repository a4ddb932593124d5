import { scriptedDomainXml } from './scripted-guest.ts';
import type { TestDomain } from './test-domains.ts';

/** Its kernel panics, and tells QEMU's panic device. */
const panicking = 'echo c > /proc/sysrq-trigger';

/**
 * A guest that has crashed as soon as it is up, and whose process libvirt then keeps.
 * @param folder where its own initramfs is put: QEMU's user must be able to look into it
 */
export async function crashingDomainXml(domain: TestDomain, folder: string): Promise<string> {
  const xml = await scriptedDomainXml(domain, folder, panicking);
  return xml
    .replace('<on_crash>destroy</on_crash>', '<on_crash>preserve</on_crash>')
    .replace('</devices>', "<panic model='isa'/></devices>");
}
