import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './execute.ts';
import { guestKernel } from './guest-kernel.ts';
import { domainXml, type TestDomain, xmlText } from './test-domains.ts';

/**
 * A guest that does something of its own before it says that it is up.
 * @param folder where its own initramfs is put: QEMU's user must be able to look into it
 * @param script lines for its shell
 */
export async function scriptedDomainXml(domain: TestDomain, folder: string, script: string): Promise<string> {
  const { initrd } = await guestKernel();
  const init = await readFile(path.join(import.meta.dirname, 'guest-init.sh'), 'utf8');
  const own = path.join(folder, 'initrd-scripted');
  const work = await mkdtemp(path.join(folder, 'work-'));
  try {
    await mkdir(path.join(work, 'root'));
    const more = init.replace('echo posada-guest-ready', () => `${script}\necho posada-guest-ready`);
    await writeFile(path.join(work, 'root/init'), more, { mode: 0o755 });
    // The kernel unpacks one archive after the other: a file that both have is the later one's.
    const pack = 'cd "$1" && echo init | cpio -o -H newc --quiet | gzip -1 | cat "$2" - > "$3"';
    await run('sh', ['-c', pack, 'sh', path.join(work, 'root'), initrd, own]);
    await chmod(own, 0o644);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return (await domainXml(domain)).replace(xmlText(initrd), xmlText(own));
}
