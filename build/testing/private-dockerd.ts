import { mkdtemp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './execute.ts';
import { PrivateDaemon } from './private-daemon.ts';

/** A dockerd of the test's own: own data-root, exec-root, socket and bridge. It needs root. */
export class PrivateDockerd extends PrivateDaemon {
  protected readonly start;
  // Its containerd dies with it; where process 1 reaps nobody, the next dockerd would take the zombie for a live one.
  protected override readonly leavings = ['pid', 'exec/containerd/containerd.pid'];
  readonly #bridge = `pst${process.pid % 100_000}`; // at most 15 letters

  private constructor(folder: string) {
    super(folder, 'docker.sock');
    const inside = (name: string): string => path.join(folder, name);
    this.start = {
      command: [
        'dockerd',
        ...['--data-root', inside('data'), '--exec-root', inside('exec'), '--pidfile', inside('pid')],
        ...['--host', `unix://${this.socket}`, '--bridge', this.#bridge, '--storage-driver', 'vfs'],
        // Rules of the machine's own dockerd stay as they are.
        ...['--iptables=false', '--ip-masq=false'],
      ],
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    };
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

  override async close(): Promise<void> {
    await this.end('SIGTERM');
    await run('ip', ['link', 'delete', this.#bridge]).catch(() => undefined);
    await this.#unmount();
    await super.close();
  }

  /** It mounts its data-root upon itself and leaves that, and a killed one leaves what its containers had. */
  async #unmount(): Promise<void> {
    const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '');
    for (const mount of mounts.filter((name) => name.startsWith(`${this.folder}/`)).reverse()) {
      await run('umount', ['--lazy', mount]);
    }
  }
}
