import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { end, listening, startDaemon } from './child.ts';
import { run } from './execute.ts';

/** A dockerd of the test's own: own data-root, exec-root, socket and bridge. */
export class PrivateDockerd {
  readonly folder: string;
  readonly socket: string;
  readonly #bridge: string;
  #child: ChildProcess | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.socket = path.join(folder, 'docker.sock');
    this.#bridge = `pst${process.pid % 100_000}`; // at most 15 letters
  }

  static async start(): Promise<PrivateDockerd> {
    const daemon = new PrivateDockerd(await mkdtemp('/var/tmp/posada-test-dockerd-'));
    try {
      await run('ip', ['link', 'add', daemon.#bridge, 'type', 'bridge']);
      await run('ip', ['addr', 'add', '10.231.77.1/24', 'dev', daemon.#bridge]);
      await run('ip', ['link', 'set', daemon.#bridge, 'up']);
      await daemon.begin();
    } catch (error) {
      await daemon.close();
      throw error;
    }
    return daemon;
  }

  async begin(): Promise<void> {
    const log = path.join(this.folder, 'log');
    const command = [
      'dockerd',
      ...['--data-root', path.join(this.folder, 'data'), '--exec-root', path.join(this.folder, 'exec')],
      ...['--pidfile', path.join(this.folder, 'pid'), '--host', `unix://${this.socket}`, '--bridge', this.#bridge],
      // Rules of the machine's own dockerd stay as they are.
      ...['--iptables=false', '--ip-masq=false', '--storage-driver', 'vfs'],
    ];
    const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
    this.#child = await startDaemon(command, log, env);
    await listening(this.socket, this.#child, log);
  }

  async kill(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGKILL');
    await rm(path.join(this.folder, 'pid'), { force: true });
    // Its containerd dies with it; where process 1 reaps nobody, the next dockerd would take the zombie for a live one.
    await rm(path.join(this.folder, 'exec/containerd/containerd.pid'), { force: true });
    await rm(this.socket, { force: true });
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async close(): Promise<void> {
    if (this.#child) await end(this.#child);
    await run('ip', ['link', 'delete', this.#bridge]).catch(() => undefined);
    await this.#unmount();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** It mounts its data-root upon itself and leaves that, and a killed one leaves what its containers had. */
  async #unmount(): Promise<void> {
    const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
    for (const mount of mounts.filter((name) => name.startsWith(`${this.folder}/`)).reverse()) {
      await run('umount', ['--lazy', mount]);
    }
  }
}
