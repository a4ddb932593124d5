import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from './client/index.ts';
import { type SessionSurroundings, startSession, thisSession } from './session-daemon.ts';

/** Nobody's, since root has no session. */
const nobody = 65534;
const uid = process.getuid?.() === 0 ? nobody : undefined;

let home: string;
let daemon: ChildProcess | undefined;

beforeEach(async () => {
  home = await mkdtemp('/var/tmp/posada-test-session-');
  for (const name of ['', 'runtime', 'config', 'config/libvirt', 'config/libvirt/qemu']) {
    await mkdir(path.join(home, name), { recursive: true });
    if (uid !== undefined) await chown(path.join(home, name), uid, uid);
  }
});
afterEach(async () => {
  if (daemon?.exitCode === null) {
    const ended = once(daemon, 'exit');
    daemon.kill();
    await ended;
  }
  await rm(home, { recursive: true, force: true });
});

test('the daemon of a session with a domain is started and answers', async () => {
  const env = {
    ...{ PATH: '/usr/bin:/bin', HOME: home },
    ...{ XDG_RUNTIME_DIR: path.join(home, 'runtime'), XDG_CONFIG_HOME: path.join(home, 'config') },
  };
  const around: SessionSurroundings = {
    ...{ ...thisSession, uid: nobody, home, env },
    start: (program) => {
      daemon = spawn(program, ['--timeout=120'], { cwd: '/', stdio: 'ignore', env, ...(uid && { uid, gid: uid }) });
    },
  };
  const { signal } = new AbortController();
  expect(await startSession(signal, around)).toBe(false);
  expect(daemon).toBeUndefined();

  const domain =
    "<domain type='qemu'><name>posada-test-session</name><memory>65536</memory><os><type>hvm</type></os></domain>";
  await writeFile(path.join(home, 'config/libvirt/qemu/posada-test-session.xml'), domain);
  expect(await startSession(signal, around)).toBe(true);
  const environment = { runtimeDirectory: env.XDG_RUNTIME_DIR, home };
  const session = await connect({ uri: 'qemu:///session', environment });
  const { domains } = await session.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
  expect(domains.map(({ name }) => name)).toEqual(['posada-test-session']);
  session.close();
});
