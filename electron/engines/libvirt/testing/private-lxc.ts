import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PrivateDaemon } from '../../../../build/testing/private-daemon.ts';
import { xmlText } from '../../../../build/testing/test-domains.ts';

/** Root's libvirtd takes the system's folders whatever it is told: the private one sees empty ones in their place. */
const systemFolders = ['/run/libvirt', '/var/lib/libvirt', '/etc/libvirt', '/var/log/libvirt', '/var/cache/libvirt'];

/**
 * A libvirtd of the test's own for containers, which need root; in mounts and a network of its own. The machine's would
 * do, were it not for machines with both versions of cgroups, where libvirt 9.0 starts none ("Unable to create directory
 * /sys/fs/cgroup/unified"): here, the newer version is out of sight.
 */
export class PrivateLxc extends PrivateDaemon {
  protected readonly start;

  private constructor(folder: string) {
    super(folder, 'libvirt-sock');
    const script = [
      'umount /sys/fs/cgroup/unified 2>/dev/null',
      ...systemFolders.map((each) => `mkdir -p ${each} && mount -t tmpfs tmpfs ${each}`),
      `exec libvirtd --config ${folder}/libvirtd.conf --pid-file ${folder}/pid`,
    ];
    this.start = {
      command: ['unshare', '--mount', '--net', 'sh', '-c', script.join('\n')],
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    };
  }

  static async start(): Promise<PrivateLxc> {
    const folder = await mkdtemp('/var/tmp/posada-test-lxc-');
    for (const name of ['bin', 'dev', 'proc', 'sys']) await mkdir(path.join(folder, 'root', name), { recursive: true });
    await cp('/bin/busybox', path.join(folder, 'root/bin/busybox'));
    const lines = [`unix_sock_dir = "${folder}"`, 'auth_unix_rw = "none"', 'auth_unix_ro = "none"'];
    await writeFile(path.join(folder, 'libvirtd.conf'), lines.join('\n'));
    const daemon = new PrivateLxc(folder);
    await daemon.begin();
    return daemon;
  }

  /** A container that does nothing. */
  xml(name: string): string {
    return `<domain type='lxc'><name>${xmlText(name)}</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
      <os><type>exe</type><init>/bin/busybox</init>
        <initarg>sleep</initarg><initarg>100000</initarg></os>
      <devices><filesystem type='mount'><source dir='${this.folder}/root'/><target dir='/'/></filesystem>
        <console type='pty'/></devices></domain>`;
  }
}
