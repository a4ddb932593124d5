import type { ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { end, listening, startDaemon } from '../../../../build/testing/child.ts';
import { type ConnectOptions, connect, type RpcConnection } from './index.ts';

/** Nobody's, since root's own libvirtd is always the system's; an ordinary person has a session. */
const nobody = 65534;
const uid = process.getuid?.() === 0 ? nobody : undefined;
const patience = { timeout: 20_000, interval: 20 };

let folder: string;
let daemon: ChildProcess | undefined;
let session: RpcConnection | undefined;
const lost = vi.fn();

beforeEach(async () => {
  lost.mockClear();
  folder = await mkdtemp('/var/tmp/posada-test-session-');
  for (const name of ['', 'runtime']) {
    await mkdir(path.join(folder, name), { recursive: true });
    if (uid !== undefined) await chown(path.join(folder, name), uid, uid);
  }
});
afterEach(async () => {
  session?.close();
  if (daemon) await end(daemon);
  await rm(folder, { recursive: true, force: true });
});

/** Starts the daemon of a person with this home and, where named, this runtime folder, and connects to it. */
async function openSession(
  runtimeDirectory: string | undefined,
  keepalive: NonNullable<ConnectOptions['keepalive']> = { intervalMs: 5000, count: 6 },
): Promise<{ daemon: ChildProcess; session: RpcConnection }> {
  const env = { PATH: `${process.env.PATH}:/usr/sbin`, HOME: folder };
  const log = path.join(folder, 'log');
  daemon = await startDaemon(
    ['libvirtd'],
    log,
    { ...env, ...(runtimeDirectory && { XDG_RUNTIME_DIR: runtimeDirectory }) },
    uid,
  );
  const sockets = runtimeDirectory ?? path.join(folder, '.cache');
  await listening(path.join(sockets, 'libvirt/libvirt-sock'), daemon, log);
  const environment = { runtimeDirectory, home: folder };
  session = await connect({ uri: 'qemu:///session', environment, keepalive }, { lost });
  return { daemon, session };
}

test.each([
  ['in its runtime folder', 'runtime'],
  ['in its home without one', undefined],
])('a session is found %s', async (_where, name) => {
  const opened = await openSession(name && path.join(folder, name));
  expect((await opened.session.call('CONNECT_GET_URI')).uri).toBe('qemu:///session');
});

test('a daemon that is killed ends the connection and every call that waits', async () => {
  const opened = await openSession(path.join(folder, 'runtime'));
  opened.daemon.kill('SIGSTOP');
  const calls = [1, 2, 3, 4, 5, 6].map(() => opened.session.call('CONNECT_GET_TYPE'));
  const ended = Promise.allSettled(calls);
  opened.daemon.kill('SIGKILL');
  for (const { status } of await ended) expect(status).toBe('rejected');
  expect(lost).toHaveBeenCalledTimes(1);
  expect(lost.mock.lastCall?.[0]).toMatchObject({
    name: 'ConnectionLostError',
    reason: expect.stringMatching(/^(ended|socket)$/),
  });
});

test('a daemon that stands still gives no sign of life', async () => {
  const opened = await openSession(path.join(folder, 'runtime'), { intervalMs: 300, count: 3 });
  opened.daemon.kill('SIGSTOP');
  await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1), patience);
  expect(lost.mock.lastCall?.[0]).toMatchObject({ name: 'ConnectionLostError', reason: 'keepalive', silentSeconds: 1 });
  await expect(opened.session.call('CONNECT_GET_TYPE')).rejects.toMatchObject({ reason: 'keepalive' });
});
