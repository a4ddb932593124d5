import { scriptedDomainXml } from './scripted-guest.ts';
import type { TestDomain } from './test-domains.ts';

/** It writes its first disk from end to end, again and again. */
const writing = '(while :; do dd if=/dev/zero of=/dev/vda bs=64k conv=fsync 2>/dev/null; sleep 1; done) &';

/**
 * A guest that writes its disk without end.
 * @param folder where its own initramfs is put: QEMU's user must be able to look into it
 */
export function writingDomainXml(domain: TestDomain, folder: string): Promise<string> {
  return scriptedDomainXml(domain, folder, writing);
}
