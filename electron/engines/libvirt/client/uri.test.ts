import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { ConnectError } from './errors.ts';
import { FakeServer } from './testing/fake-server.ts';
import { socketsFor } from './uri.ts';

const environment = { runtimeDirectory: '/run/user/1000', home: '/home/me' };

describe('the sockets of a URI', () => {
  test.each([
    ['qemu:///system', ['/run/libvirt/virtqemud-sock', '/run/libvirt/libvirt-sock']],
    ['lxc:///', ['/run/libvirt/virtlxcd-sock', '/run/libvirt/libvirt-sock']],
    ['lxc:///system', ['/run/libvirt/virtlxcd-sock', '/run/libvirt/libvirt-sock']],
    ['xen:///system', ['/run/libvirt/virtxend-sock', '/run/libvirt/libvirt-sock']],
  ])('of %s are those of its own daemon first, then of the one for all', (uri, paths) => {
    expect(socketsFor(uri, environment)).toEqual({ paths, name: uri });
  });

  test.each(['test:///default', ''])('of %j, which has no daemon of its own, is that of the one for all', (uri) => {
    expect(socketsFor(uri, environment)).toEqual({ paths: ['/run/libvirt/libvirt-sock'], name: uri });
  });

  test('of a driver that nobody knows are those of the one for all, whatever its name', () => {
    expect(socketsFor('constructor:///system', environment).paths).toEqual(['/run/libvirt/libvirt-sock']);
  });

  test('for looking only are others', () => {
    expect(socketsFor('qemu:///system', environment, true).paths).toEqual([
      '/run/libvirt/virtqemud-sock-ro',
      '/run/libvirt/libvirt-sock-ro',
    ]);
  });

  test('of a session are in the runtime folder first, then in the home folder', () => {
    const paths = [
      '/run/user/1000/libvirt/virtqemud-sock',
      '/run/user/1000/libvirt/libvirt-sock',
      '/home/me/.cache/libvirt/virtqemud-sock',
      '/home/me/.cache/libvirt/libvirt-sock',
    ];
    expect(socketsFor('qemu:///session', environment)).toEqual({ paths, name: 'qemu:///session' });
    // A session has no sockets for looking only: its owner may do everything.
    expect(socketsFor('qemu:///session', environment, true).paths).toEqual(paths);
    expect(socketsFor('qemu:///session', { ...environment, runtimeDirectory: undefined }).paths).toEqual(
      paths.slice(2),
    );
  });

  test('may be in another folder than the usual one', () => {
    expect(socketsFor('qemu:///system', { ...environment, systemDirectory: '/var/run/libvirt' }).paths).toEqual([
      '/var/run/libvirt/virtqemud-sock',
      '/var/run/libvirt/libvirt-sock',
    ]);
  });

  test.each([
    ['qemu:///system?socket=/tmp/a', '/tmp/a'],
    ['qemu+unix:///system?socket=/tmp/a', '/tmp/a'],
    ['qemu:///system?mode=legacy&socket=/tmp/a%20b%3F', '/tmp/a b?'],
    ['qemu:///system?socket=/tmp/c++/sock', '/tmp/c++/sock'],
  ])('of %s is the one that it names', (uri, socket) => {
    expect(socketsFor(uri, environment)).toEqual({ paths: [socket], name: 'qemu:///system' });
  });

  test('are the same with the transport named, which the daemon is not told', () => {
    expect(socketsFor('qemu+unix:///system', environment)).toEqual(socketsFor('qemu:///system', environment));
    expect(socketsFor('test+unix:///default?mode=direct', environment).name).toBe('test:///default');
  });

  test.each(['qemu+ssh://host/system', 'qemu+tls:///system', 'qemu://host/system', 'qemu+ssh:///system'])(
    'of %s are not on this machine',
    (uri) => {
      expect(() => socketsFor(uri, environment)).toThrow(new RangeError(`not on this machine: ${uri}`));
    },
  );

  test.each(['qemu', 'qemu:/system', '/run/libvirt/libvirt-sock', 'QEMU:///system', ' qemu:///system'])(
    'are nowhere for %j, which is no URI',
    (uri) => {
      expect(() => socketsFor(uri, environment)).toThrow(new RangeError(`not a libvirt URI: ${uri}`));
    },
  );
});

describe('connecting', () => {
  const ends: (() => Promise<unknown> | undefined)[] = [];

  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function serve(name: string): Promise<FakeServer> {
    const server = await FakeServer.start(name);
    ends.push(() => server.stop());
    return server;
  }

  /** A folder as /run/libvirt is: the sockets of several daemons side by side. */
  async function folderOf(...servers: FakeServer[]): Promise<string> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'posada-sockets-'));
    ends.push(() => rm(folder, { recursive: true }));
    for (const { path: socket } of servers) await symlink(socket, path.join(folder, path.basename(socket)));
    return folder;
  }

  async function open(systemDirectory: string, uri = 'qemu:///system', readOnly = false): Promise<RpcConnection> {
    const connection = await connect({ uri, readOnly, environment: { ...environment, systemDirectory } });
    ends.push(async () => connection.close());
    return connection;
  }

  test.each([
    ['qemu:///system', 'virtqemud-sock'],
    ['lxc:///system', 'virtlxcd-sock'],
  ])("to %s takes the driver's own daemon where the one for all is not there", async (uri, name) => {
    const modular = await serve(name);
    await open(await folderOf(modular), uri);
    expect(modular.clients[0]?.calls).toContain('CONNECT_OPEN');
  });

  test('takes the daemon for all where the driver has none of its own', async () => {
    const [monolithic, other] = [await serve('libvirt-sock'), await serve('virtlxcd-sock')];
    await open(await folderOf(monolithic, other));
    expect([monolithic.clients.length, other.clients.length]).toEqual([1, 0]);
  });

  test("takes the driver's own daemon where both are there", async () => {
    const [monolithic, modular] = [await serve('libvirt-sock'), await serve('virtqemud-sock')];
    await open(await folderOf(monolithic, modular));
    expect([monolithic.clients.length, modular.clients.length]).toEqual([0, 1]);
  });

  test('goes past a socket that nobody answers any more', async () => {
    const monolithic = await serve('libvirt-sock');
    const folder = await folderOf(monolithic);
    await writeFile(path.join(folder, 'virtqemud-sock'), '');
    await open(folder);
    expect(monolithic.clients).toHaveLength(1);
  });

  test('to look only takes the socket for that and says so to the daemon', async () => {
    const [full, looking] = [await serve('virtqemud-sock'), await serve('virtqemud-sock-ro')];
    const opened: unknown[] = [];
    looking.answer = (_client, { name, args }) => {
      if (name === 'CONNECT_OPEN') opened.push(args);
      return false;
    };
    await open(await folderOf(full, looking), 'qemu:///system', true);
    expect(full.clients).toHaveLength(0);
    expect(opened).toEqual([{ name: 'qemu:///system', flags: 1 }]);
  });

  test('tells what was tried, in order', async () => {
    const folder = await folderOf();
    await writeFile(path.join(folder, 'virtqemud-sock'), '');
    const error = await open(folder).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConnectError);
    expect((error as ConnectError).tried).toEqual([
      { path: path.join(folder, 'virtqemud-sock'), code: 'ECONNREFUSED' },
      { path: path.join(folder, 'libvirt-sock'), code: 'ENOENT' },
    ]);
  });
});
