import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { electron } from '../setup/electron/runtime.mjs';
import { run } from '../testing/execute.ts';

const root = path.join(import.meta.dirname, '../..');

/**
 * A user of the test's own, with a home and a copy of the app that it may read: the project's folder may be root's.
 * Making one needs root.
 */
export class OrdinaryUser {
  readonly name: string;
  readonly #folder: string;
  readonly env: Readonly<Record<string, string>>;

  private constructor(name: string, folder: string) {
    this.name = name;
    this.#folder = folder;
    this.env = { HOME: folder, USER: name, LOGNAME: name };
  }

  /** @param groups the groups that it is in besides its own */
  static async make(groups: readonly string[]): Promise<OrdinaryUser> {
    const folder = await mkdtemp('/var/tmp/posada-test-user-');
    const name = `posada-test-${process.pid}`;
    await run('useradd', ['--system', '--home-dir', folder, '--no-create-home', '--groups', groups.join(','), name]);
    const user = new OrdinaryUser(name, folder);
    await chmod(folder, 0o755);
    await mkdir(user.appFolder);
    for (const part of ['out', 'package.json']) {
      await cp(path.join(root, part), path.join(user.appFolder, part), { recursive: true });
    }
    const runtime = path.join(folder, 'electron');
    await cp(path.dirname(electron().program), runtime, { recursive: true });
    // Playwright starts a program; this one becomes the user first. Group membership counts as after a new login.
    const become = `#!/bin/sh\nexec setpriv --reuid=${name} --regid=${name} --init-groups "${runtime}/electron" "$@"\n`;
    await writeFile(user.program, become, { mode: 0o755 });
    await run('chown', [`${name}:`, folder]);
    return user;
  }

  get program(): string {
    return path.join(this.#folder, 'start');
  }
  get appFolder(): string {
    return path.join(this.#folder, 'app');
  }

  /** A folder of the user's own. */
  async makeFolder(name: string): Promise<string> {
    const folder = await mkdtemp(path.join(this.#folder, `${name}-`));
    await run('chown', [`${this.name}:`, folder]);
    return folder;
  }

  async remove(): Promise<void> {
    await run('userdel', [this.name]);
    await rm(this.#folder, { recursive: true, force: true });
  }
}
