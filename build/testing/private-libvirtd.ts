import type { ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { end, listening, startDaemon } from './child.ts';

/** Root's libvirtd takes the system's folders whatever its configuration says; another user's has its own. */
const nobody = 65534;
const asRoot = (): boolean => process.getuid?.() === 0;

/** A libvirtd of the test's own: own configuration, sockets and state, for the test driver. */
export class PrivateLibvirtd {
  readonly folder: string;
  readonly socket: string;
  #child: ChildProcess | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.socket = path.join(folder, 'libvirt-sock');
  }

  static async start(): Promise<PrivateLibvirtd> {
    const folder = await mkdtemp('/var/tmp/posada-test-libvirtd-');
    const daemon = new PrivateLibvirtd(folder);
    if (asRoot()) await chown(folder, nobody, nobody);
    await chmod(folder, 0o755);
    for (const name of ['runtime', 'config', 'cache']) {
      await mkdir(path.join(folder, name));
      if (asRoot()) await chown(path.join(folder, name), nobody, nobody);
    }
    await writeFile(
      path.join(folder, 'libvirtd.conf'),
      `unix_sock_dir = "${folder}"\nauth_unix_rw = "none"\nauth_unix_ro = "none"\nunix_sock_rw_perms = "0777"\nlog_level = 3\n`,
    );
    await daemon.begin();
    return daemon;
  }

  /** Starts it (again). A session daemon keeps its state under these folders, apart from everybody else's. */
  async begin(): Promise<void> {
    const env = {
      PATH: `${process.env.PATH}:/usr/sbin`,
      HOME: this.folder,
      XDG_RUNTIME_DIR: path.join(this.folder, 'runtime'),
      XDG_CONFIG_HOME: path.join(this.folder, 'config'),
      XDG_CACHE_HOME: path.join(this.folder, 'cache'),
      LIBVIRT_DEFAULT_URI: 'test:///default',
    };
    const log = path.join(this.folder, 'log');
    const command = [
      'libvirtd',
      '--config',
      path.join(this.folder, 'libvirtd.conf'),
      '--pid-file',
      path.join(this.folder, 'pid'),
    ];
    this.#child = await startDaemon(command, log, env, asRoot() ? nobody : undefined);
    await listening(this.socket, this.#child, log);
  }

  async kill(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGKILL');
    await rm(this.socket, { force: true });
  }

  /** Stops it where it stands: it keeps its connections and answers nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async close(): Promise<void> {
    if (this.#child) await end(this.#child);
    await rm(this.folder, { recursive: true, force: true });
  }
}
