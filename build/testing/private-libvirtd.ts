import { chmod, chown, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PrivateDaemon } from './private-daemon.ts';

/** Root's libvirtd takes the system's folders whatever its configuration says; another user's has its own. */
const nobody = 65534;
const isRoot = process.getuid?.() === 0;

/** A libvirtd of the test's own: own configuration, sockets and state, for the test driver. */
export class PrivateLibvirtd extends PrivateDaemon {
  protected readonly start;

  private constructor(folder: string) {
    super(folder, 'libvirt-sock');
    const inside = (name: string): string => path.join(folder, name);
    this.start = {
      command: ['libvirtd', '--config', inside('libvirtd.conf'), '--pid-file', inside('pid')],
      // A session daemon keeps its state under these folders, apart from everybody else's.
      env: {
        PATH: `${process.env.PATH}:/usr/sbin`,
        HOME: folder,
        XDG_RUNTIME_DIR: inside('runtime'),
        XDG_CONFIG_HOME: inside('config'),
        XDG_CACHE_HOME: inside('cache'),
      },
      uid: isRoot ? nobody : undefined,
    };
  }

  static async start(): Promise<PrivateLibvirtd> {
    const folder = await mkdtemp('/var/tmp/posada-test-libvirtd-');
    await chmod(folder, 0o755);
    for (const name of ['runtime', 'config', 'cache']) await mkdir(path.join(folder, name));
    if (isRoot)
      for (const name of ['', 'runtime', 'config', 'cache']) await chown(path.join(folder, name), nobody, nobody);
    const lines = [
      `unix_sock_dir = "${folder}"`,
      'unix_sock_rw_perms = "0777"',
      'auth_unix_rw = "none"',
      'auth_unix_ro = "none"',
    ];
    await writeFile(path.join(folder, 'libvirtd.conf'), lines.join('\n'));
    const daemon = new PrivateLibvirtd(folder);
    await daemon.begin();
    return daemon;
  }
}
