import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A daemon of the test's own, in a folder of its own: to be killed, stopped and started again. */
export abstract class PrivateDaemon {
  readonly folder: string;
  readonly socket: string;
  #child: ChildProcess | undefined;

  protected constructor(folder: string, socket: string) {
    this.folder = folder;
    this.socket = path.join(folder, socket);
  }

  /** Program and arguments, and as whom to run it. */
  protected abstract readonly start: { command: readonly string[]; env: NodeJS.ProcessEnv; uid?: number | undefined };
  /** What a killed daemon leaves behind and its successor stumbles over, inside the folder. */
  protected readonly leavings: readonly string[] = [];

  /** Starts it (again) and waits until it takes connections. */
  async begin(): Promise<void> {
    const { command, env, uid } = this.start;
    const log = path.join(this.folder, 'log');
    const output = await open(log, 'a');
    const child = spawn(command[0] ?? '', command.slice(1), {
      stdio: ['ignore', output.fd, output.fd],
      env,
      ...(uid !== undefined && { uid, gid: uid }),
    });
    this.#child = child;
    await output.close();
    while (!(await takesConnection(this.socket))) {
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new Error(`${child.spawnfile} ended (${child.exitCode}): ${await readFile(log, 'utf8')}`);
      }
      await pause(50);
    }
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.socket, { force: true });
    for (const name of this.leavings) await rm(path.join(this.folder, name), { force: true });
  }

  /** Stops it where it stands: it keeps its connections and answers nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async close(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Also ends one that is stopped. */
  protected async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(hard);
  }
}

function takesConnection(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = net.connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', () => resolve(false));
  });
}
