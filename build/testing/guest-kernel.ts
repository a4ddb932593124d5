import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './execute.ts';

/** Kernel and initramfs of a test guest, where QEMU's user can read them. */
export interface GuestKernel {
  readonly kernel: string;
  readonly initrd: string;
}

/** Packages that stand for the newest small kernel: Debian's, then Ubuntu's. */
const metaPackages = ['linux-image-cloud-amd64', 'linux-image-virtual'];
const modules = [
  ...['virtio', 'virtio_ring', 'virtio_pci_modern_dev', 'virtio_pci_legacy_dev', 'virtio_pci', 'virtio_balloon'],
  ...['virtio_blk', 'failover', 'net_failover', 'virtio_net', 'button', 'evdev', 'pvpanic', 'pvpanic-mmio'],
];
const store = path.join(import.meta.dirname, '../../.cache/test-guest');
/** QEMU runs as a user of its own, which may not look into the project's folder. */
export const sharedFolder = `/var/tmp/posada-test-guest-${process.getuid?.()}`;

/** Makes the guest where it is not made yet: downloads Debian's kernel package, unpacks it, installs nothing. */
export async function guestKernel(): Promise<GuestKernel> {
  const made = { kernel: path.join(store, 'vmlinuz'), initrd: path.join(store, 'initrd') };
  const init = await readFile(path.join(import.meta.dirname, 'guest-init.sh'), 'utf8');
  const known = await readFile(path.join(store, 'init'), 'utf8').catch(() => undefined);
  const wanted = `${init}# Modules: ${modules.join(' ')}\n`;
  if (known !== wanted) {
    await make(made, init);
    await writeFile(path.join(store, 'init'), wanted);
  }
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  const { mtimeMs } = await stat(made.initrd);
  const kernel = path.join(sharedFolder, 'vmlinuz');
  const initrd = path.join(sharedFolder, `initrd-${Math.round(mtimeMs)}`);
  for (const [from, to] of [
    [made.kernel, kernel],
    [made.initrd, initrd],
  ] as const) {
    if (await stat(to).catch(() => undefined)) continue;
    const half = `${to}.${process.pid}`;
    await copyFile(from, half);
    await chmod(half, 0o644);
    await rename(half, to);
  }
  return { kernel, initrd };
}

async function make(goal: GuestKernel, init: string): Promise<void> {
  await mkdir(store, { recursive: true });
  const work = await mkdtemp(path.join(store, 'work-'));
  try {
    await chmod(work, 0o777); // apt downloads as its own user
    await run('sh', ['-c', 'cd "$1" && shift && apt-get download -q "$@"', 'sh', work, await kernelPackage()]);
    const [deb] = (await readdir(work)).filter((name) => name.endsWith('.deb'));
    const unpacked = path.join(work, 'kernel');
    await run('dpkg-deb', ['-x', path.join(work, deb ?? ''), unpacked]);
    const root = path.join(work, 'root');
    await mkdir(path.join(root, 'modules'), { recursive: true });
    await mkdir(path.join(root, 'bin'), { recursive: true });
    const names = new Set(modules.map((name) => `${name}.ko`));
    for (const file of await readdir(unpacked, { recursive: true })) {
      const name = path.basename(file);
      if (names.has(name)) await copyFile(path.join(unpacked, file), path.join(root, 'modules', name));
      if (name.startsWith('vmlinuz-')) await copyFile(path.join(unpacked, file), goal.kernel);
    }
    await copyFile('/bin/busybox', path.join(root, 'bin/busybox'));
    await writeFile(path.join(root, 'init'), init, { mode: 0o755 });
    await run('sh', ['-c', 'cd "$1" && find . | cpio -o -H newc --quiet | gzip -1 > "$2"', 'sh', root, goal.initrd]);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The package that holds the kernel itself: what the meta package depends on. */
async function kernelPackage(): Promise<string> {
  for (const meta of metaPackages) {
    const depends = await run('apt-cache', ['depends', '--important', meta]).catch(() => '');
    const found = /Depends: (linux-image-\d\S+)/.exec(depends)?.[1];
    if (found) return found;
  }
  throw new Error(`No kernel package is known here (looked for ${metaPackages.join(', ')}).`);
}
