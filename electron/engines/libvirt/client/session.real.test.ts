import { chown, mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PrivateDaemon } from '../../../../build/testing/private-daemon.ts';
import { type ConnectOptions, connect, type RpcConnection } from './index.ts';

/** Nobody's, since root's own libvirtd is always the system's; an ordinary person has a session. */
const nobody = 65534;
const uid = process.getuid?.() === 0 ? nobody : undefined;
const patience = { timeout: 20_000, interval: 20 };

/** The session daemon of a person with a home and, where named, a runtime folder inside it. */
class SessionDaemon extends PrivateDaemon {
  protected readonly start;

  constructor(home: string, runtime: string | undefined) {
    super(home, `${runtime ?? '.cache'}/libvirt/libvirt-sock`);
    const env = { PATH: `${process.env.PATH}:/usr/sbin`, HOME: home };
    this.start = {
      command: ['libvirtd'],
      env: { ...env, ...(runtime && { XDG_RUNTIME_DIR: path.join(home, runtime) }) },
      uid,
    };
  }
}

let folder: string;
let daemon: SessionDaemon | undefined;
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
  await daemon?.close();
});

/** Starts the daemon and connects to it. */
async function openSession(
  runtime: string | undefined,
  keepalive: NonNullable<ConnectOptions['keepalive']> = { intervalMs: 5000, count: 6 },
): Promise<{ daemon: SessionDaemon; session: RpcConnection }> {
  daemon = new SessionDaemon(folder, runtime);
  await daemon.begin();
  const environment = { runtimeDirectory: runtime && path.join(folder, runtime), home: folder };
  session = await connect({ uri: 'qemu:///session', environment, keepalive }, { lost });
  return { daemon, session };
}

test.each([
  ['in its runtime folder', 'runtime'],
  ['in its home without one', undefined],
])('a session is found %s', async (_where, name) => {
  const opened = await openSession(name);
  expect((await opened.session.call('CONNECT_GET_URI')).uri).toBe('qemu:///session');
});

test('a daemon that is killed ends the connection and every call that waits', async () => {
  const opened = await openSession('runtime');
  opened.daemon.freeze();
  const calls = [1, 2, 3, 4, 5, 6].map(() => opened.session.call('CONNECT_GET_TYPE'));
  const ended = Promise.allSettled(calls);
  await opened.daemon.kill();
  for (const { status } of await ended) expect(status).toBe('rejected');
  expect(lost).toHaveBeenCalledTimes(1);
  expect(lost.mock.lastCall?.[0]).toMatchObject({
    name: 'ConnectionLostError',
    reason: expect.stringMatching(/^(ended|socket)$/),
  });
});

test('a daemon that stands still gives no sign of life', async () => {
  const opened = await openSession('runtime', { intervalMs: 300, count: 3 });
  opened.daemon.freeze();
  await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1), patience);
  expect(lost.mock.lastCall?.[0]).toMatchObject({ name: 'ConnectionLostError', reason: 'keepalive', silentSeconds: 1 });
  await expect(opened.session.call('CONNECT_GET_TYPE')).rejects.toMatchObject({ reason: 'keepalive' });
});
