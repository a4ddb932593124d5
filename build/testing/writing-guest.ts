import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './execute.ts';
import { guestKernel } from './guest-kernel.ts';
import { domainXml, type TestDomain, xmlText } from './test-domains.ts';

/** What the guest does before it says that it is up: it writes its first disk from end to end, again and again. */
const writing = `(while :; do dd if=/dev/zero of=/dev/vda bs=64k conv=fsync 2>/dev/null; sleep 1; done) &\n`;

/**
 * A guest that writes its disk without end.
 * @param folder where its own initramfs is put: QEMU's user must be able to look into it
 */
export async function writingDomainXml(domain: TestDomain, folder: string): Promise<string> {
  const { initrd } = await guestKernel();
  const init = await readFile(path.join(import.meta.dirname, 'guest-init.sh'), 'utf8');
  const own = path.join(folder, 'initrd-writing');
  const work = await mkdtemp(path.join(folder, 'work-'));
  try {
    await mkdir(path.join(work, 'root'));
    const more = init.replace('echo posada-guest-ready', `${writing}echo posada-guest-ready`);
    await writeFile(path.join(work, 'root/init'), more, { mode: 0o755 });
    // The kernel unpacks one archive after the other: a file that both have is the later one's.
    const script = 'cd "$1" && echo init | cpio -o -H newc --quiet | gzip -1 | cat "$2" - > "$3"';
    await run('sh', ['-c', script, 'sh', path.join(work, 'root'), initrd, own]);
    await chmod(own, 0o644);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return (await domainXml(domain)).replace(xmlText(initrd), xmlText(own));
}
