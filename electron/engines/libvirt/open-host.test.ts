import { mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { authType } from './client/index.ts';
import { FakeServer } from './client/testing/fake-server.ts';
import { type LibvirtEndpoint, makeEndpoint } from './endpoint.ts';
import { connectFailure } from './libvirt-failures.ts';
import { type HostSurroundings, openHost } from './open-host.ts';
import { WouldAskError } from './polkit.ts';

let server: FakeServer;
const startSession = vi.fn<HostSurroundings['startSession']>();
const check = vi.fn<() => Promise<boolean>>();
const polkit = {
  ...{ uid: 1000, user: 'me', groupIds: () => [1000], check },
  groupNamed: async () => ({ gid: 107, members: [] }),
};
const closing = new AbortController();

beforeEach(async () => {
  server = await FakeServer.start();
  startSession.mockReset().mockResolvedValue(false);
  check.mockReset().mockResolvedValue(false);
});
afterEach(async () => {
  await server.stop();
});

function open(endpoint: LibvirtEndpoint = makeEndpoint('qemu:///system', false, server.path)) {
  return openHost(endpoint, closing.signal, {}, { polkit, startSession });
}

function calls(): string[] {
  return server.clients.flatMap((client) => client.calls);
}

describe('a daemon that polkit guards', () => {
  beforeEach(() => {
    server.answer = (client, { name, frame }) => {
      if (name === 'AUTH_LIST') client.reply(frame, { types: [authType.polkit] });
      else if (name === 'AUTH_POLKIT') client.reply(frame, { complete: 1 });
      else return false;
    };
  });

  test('is not asked to let us in where it would ask for a password, with the group to join as the remedy', async () => {
    const error = await open().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WouldAskError);
    expect(calls()).toEqual(['AUTH_LIST']);
    const machine = {
      ...{ user: 'me', groupOf: async () => undefined, isMember: async () => false },
      ...{ hasProgram: async () => true, hasSystemd: async () => true },
    };
    expect(await connectFailure(error, makeEndpoint('qemu:///system'), machine)).toMatchObject({
      code: 'engine-forbidden',
      detail: { key: 'failure.detail.authWouldAsk', params: { user: 'me', group: 'libvirt' } },
      remedies: [
        { do: 'run', command: 'sudo usermod -aG libvirt me' },
        { do: 'read', text: { key: 'remedy.newLogin' } },
        { do: 'retry' },
      ],
    });
  });

  test('lets in whom it lets in without, over each connection, later ones too', async () => {
    check.mockResolvedValue(true);
    const host = await open();
    await host.spare();
    expect(calls().filter((name) => name === 'AUTH_POLKIT')).toHaveLength(4);
    host.close();
  });

  test('is asked before each connection, since it may not let us in for ever', async () => {
    check.mockResolvedValue(true);
    const host = await open();
    check.mockResolvedValue(false);
    await expect(host.spare()).rejects.toBeInstanceOf(WouldAskError);
    host.close();
  });
});

test('a daemon that asks for no log-in is open to all', async () => {
  const host = await open();
  expect(check).not.toHaveBeenCalled();
  expect(calls()).toContain('CONNECT_OPEN');
  host.close();
});

describe('a daemon that is not there', () => {
  let runtime: string;

  beforeEach(async () => {
    runtime = await mkdtemp(path.join(os.tmpdir(), 'posada-test-runtime-'));
    vi.stubEnv('XDG_RUNTIME_DIR', runtime);
    vi.stubEnv('HOME', runtime);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(runtime, { recursive: true });
  });

  test.each(['qemu:///session', 'qemu+unix:///session'])('is started where it is that of %s', async (uri) => {
    startSession.mockImplementation(async () => {
      await symlink(server.folder, path.join(runtime, 'libvirt'));
      return true;
    });
    const host = await open(makeEndpoint(uri, true));
    expect(startSession.mock.calls).toEqual([[closing.signal]]);
    expect(calls()).toContain('CONNECT_OPEN');
    host.close();
  });

  test('and cannot be started is missing', async () => {
    await expect(open(makeEndpoint('qemu:///session', true))).rejects.toMatchObject({ name: 'ConnectError' });
    expect(startSession).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['qemu:///system', '/nowhere/libvirt-sock'],
    ['lxc:///system', '/nowhere/libvirt-sock'],
    ['qemu:///session', '/nowhere/libvirt-sock'],
    ['qemu:///session?socket=/nowhere/libvirt-sock', undefined],
  ])('is not started where it is that of %s at %s', async (uri, socket) => {
    await expect(open(makeEndpoint(uri, false, socket))).rejects.toMatchObject({ name: 'ConnectError' });
    expect(startSession).not.toHaveBeenCalled();
  });
});
