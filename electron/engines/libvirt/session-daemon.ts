import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { socketsFor } from './client/index.ts';

/** The driver's own daemon first, as libvirt's own client has it. */
const daemons = ['virtqemud', 'libvirtd'];
/** Where daemons are, also when PATH is an ordinary user's. */
const daemonFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];
/** It ends by itself when nobody has been connected for so many seconds, as when virsh starts it. */
const idleSeconds = 120;
const waitMs = 10_000;
const pauseMs = 50;

export interface SessionSurroundings {
  readonly uid: number;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What is in a folder; nothing where it cannot be read. */
  namesIn(folder: string): Promise<string[]>;
  isProgram(file: string): Promise<boolean>;
  /** Starts a daemon that outlives us. */
  start(program: string): void;
  answers(socket: string): Promise<boolean>;
}

export const thisSession: SessionSurroundings = {
  uid: os.userInfo().uid,
  home: os.homedir(),
  env: process.env,
  namesIn: (folder) => readdir(folder).catch(() => []),
  isProgram: (file) =>
    access(file, constants.X_OK).then(
      () => true,
      () => false,
    ),
  start: (program) => {
    const child = spawn(program, [`--timeout=${idleSeconds}`], { cwd: '/', detached: true, stdio: 'ignore' });
    // Whether it came up is told by its socket.
    child.on('error', () => undefined);
    child.unref();
  },
  answers: (socket) =>
    new Promise((resolve) => {
      const connection = net.connect(socket);
      connection.once('connect', () => {
        connection.destroy();
        resolve(true);
      });
      connection.once('error', () => resolve(false));
    }),
};

/**
 * Starts the daemon of the user's own session, as virsh does when it connects: nobody else would. Only where that
 * session has domains, so that looking around starts nothing.
 * @returns whether somebody answers at its socket now
 */
export async function startSession(signal: AbortSignal, around: SessionSurroundings = thisSession): Promise<boolean> {
  const { uid, home, env } = around;
  // Root's daemon is the system's, and that is not ours to start.
  if (uid === 0 || !(await hasDomains(around))) return false;
  const program = await findDaemon(around);
  if (program === undefined) return false;
  around.start(program);
  const { paths } = socketsFor('qemu:///session', { runtimeDirectory: env.XDG_RUNTIME_DIR, home });
  for (let waited = 0; waited < waitMs && !signal.aborted; waited += pauseMs) {
    if ((await Promise.all(paths.map(around.answers))).includes(true)) return true;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return false;
}

async function hasDomains({ home, env, namesIn }: SessionSurroundings): Promise<boolean> {
  const folder = path.join(env.XDG_CONFIG_HOME || path.join(home, '.config'), 'libvirt/qemu');
  return (await namesIn(folder)).some((name) => name.endsWith('.xml'));
}

async function findDaemon({ env, isProgram }: SessionSurroundings): Promise<string | undefined> {
  const folders = [...(env.PATH ?? '').split(':').filter((folder) => path.isAbsolute(folder)), ...daemonFolders];
  for (const file of daemons.flatMap((name) => folders.map((folder) => path.join(folder, name)))) {
    if (await isProgram(file)) return file;
  }
  return undefined;
}
