import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { EngineCli } from '../../../../build/testing/engine-cli.ts';

/** A Podman service of the test's own: own images, own containers, own socket, all in one temporary folder. */
export interface PrivatePodman {
  readonly socket: string;
  readonly cli: EngineCli;
  /** The service's own process, to be stopped and killed by tests. */
  readonly service: ChildProcess;
  /** Whether containers have control groups; without root and with version 1 of them they have none. */
  readonly hasCgroups: boolean;
  /** Ends the service, removes its containers and its folder. */
  close(): Promise<void>;
}

export async function startPrivatePodman(): Promise<PrivatePodman> {
  const folder = await mkdtemp(path.join(tmpdir(), 'posada-test-podman-'));
  const socket = path.join(folder, 'podman.sock');
  const config = path.join(folder, 'containers.conf');
  // Podman raises limits for its containers; inside a container without CAP_SYS_RESOURCE that is refused.
  await writeFile(config, '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\n');
  const env = { ...process.env, CONTAINERS_CONF: config };
  const leading = [
    ...[
      '--root',
      path.join(folder, 'root'),
      '--runroot',
      path.join(folder, 'run'),
      '--tmpdir',
      path.join(folder, 'tmp'),
    ],
    // overlay on overlay is refused in containers; cgroupfs and file need no systemd and no journal.
    ...['--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'file'],
  ];
  const log = await open(path.join(folder, 'log'), 'w');
  const service = spawn('podman', [...leading, 'system', 'service', '--time=0', `unix://${socket}`], {
    env,
    stdio: ['ignore', log.fd, log.fd],
  });
  await log.close();
  const cli = new EngineCli('podman', leading, env);
  const close = async (): Promise<void> => {
    await cli.run('rm', '--all', '--force', '--time', '0');
    await stopped(service);
    // Files of containers belong to other users, where it is not root's.
    if (process.getuid?.() !== 0) await cli.run('unshare', 'rm', '-rf', path.join(folder, 'root'));
    await rm(folder, { recursive: true, force: true });
  };
  while (!(await isThere(socket))) {
    if (service.exitCode !== null) {
      throw new Error(`podman ended with ${service.exitCode}: ${await readFile(path.join(folder, 'log'), 'utf8')}`);
    }
    await pause(50);
  }
  const info = z.object({ host: z.object({ cgroupVersion: z.string() }) });
  const { host } = info.parse(JSON.parse(await cli.run('info', '--format', 'json')));
  const hasCgroups = process.getuid?.() === 0 || host.cgroupVersion === 'v2';
  return { socket, cli, service, hasCgroups, close };
}

/** Ends a process of ours, also one that is stopped (SIGSTOP), and waits for its end. */
export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(hard);
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
