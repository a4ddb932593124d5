import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Starts a daemon of the test's own, its output in a file. */
export async function startDaemon(
  command: readonly string[],
  log: string,
  env: NodeJS.ProcessEnv,
  uid?: number,
): Promise<ChildProcess> {
  const output = await open(log, 'a');
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', output.fd, output.fd],
    env,
    ...(uid !== undefined && { uid, gid: uid }),
  });
  await output.close();
  return child;
}

/** Waits until somebody takes connections at the socket. @throws where the daemon ends before, with its log */
export async function listening(socket: string, child: ChildProcess, log: string): Promise<void> {
  while (!(await takesConnection(socket))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${child.spawnfile} ended (${child.exitCode}): ${await readFile(log, 'utf8')}`);
    }
    await pause(50);
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

/** Sends a signal to a daemon of ours, also to one that is stopped, and waits for its end. */
export async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill(signal);
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(hard);
}
