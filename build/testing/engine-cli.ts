import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { GuestState } from '../../shared/guest.ts';

const execute = promisify(execFile);

/** An engine's own command line, as tests use it to change and see containers without the engine under test. */
export class EngineCli {
  readonly #command: string;
  readonly #leading: readonly string[];
  readonly #env: NodeJS.ProcessEnv;

  /** @param leading arguments before each command, as `-H unix:///…` */
  constructor(command: string, leading: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.#command = command;
    this.#leading = leading;
    this.#env = env;
  }

  async run(...words: string[]): Promise<string> {
    const { stdout } = await execute(this.#command, [...this.#leading, ...words], { env: this.#env });
    return stdout.trim();
  }

  /** The state of a container in our words. */
  async state(name: string): Promise<GuestState> {
    const told = await this.run('inspect', '--format', '{{.State.Status}}', name);
    if (told === 'running' || told === 'paused' || told === 'restarting') return told;
    return told === 'exited' || told === 'created' || told === 'stopped' ? 'stopped' : 'unknown';
  }

  async names(): Promise<string[]> {
    return (await this.run('ps', '--all', '--format', '{{.Names}}')).split('\n').filter(Boolean);
  }

  async restartPolicy(name: string): Promise<string> {
    return (await this.run('inspect', '--format', '{{.HostConfig.RestartPolicy.Name}}', name)) || 'no';
  }

  async remove(name: string): Promise<void> {
    await this.run('rm', '--force', '--time', '0', name).catch(() => this.run('rm', '--force', name));
  }

  /** Makes an image of Debian's static busybox, that needs no registry. */
  async importBusybox(image: string): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), 'posada-test-image-'));
    try {
      await mkdir(path.join(folder, 'root/bin'), { recursive: true });
      await cp('/bin/busybox', path.join(folder, 'root/bin/busybox'));
      for (const name of ['sh', 'sleep', 'true', 'false', 'cat']) {
        await symlink('busybox', path.join(folder, 'root/bin', name));
      }
      const archive = path.join(folder, 'image.tar');
      await execute('tar', ['-C', path.join(folder, 'root'), '-cf', archive, '.']);
      await this.run('import', '--change', 'CMD ["/bin/sleep","100000"]', archive, image);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
