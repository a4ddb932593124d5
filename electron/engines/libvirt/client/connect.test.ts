import { afterEach, describe, expect, test, vi } from 'vitest';
import { type ConnectOptions, connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { ConnectError, UnsupportedAuthError } from './errors.ts';
import type { Frame } from './frame.ts';
import { FakeServer } from './testing/fake-server.ts';

const servers: FakeServer[] = [];
const connections: RpcConnection[] = [];
const environment = { runtimeDirectory: undefined, home: '/nowhere' };

async function serve(name?: string): Promise<FakeServer> {
  const server = await FakeServer.start(name);
  servers.push(server);
  return server;
}

async function open(server: FakeServer, options: Partial<ConnectOptions> = {}, events = {}): Promise<RpcConnection> {
  const connection = await connect({ uri: 'test:///default', socketPaths: [server.path], ...options }, events);
  connections.push(connection);
  return connection;
}

afterEach(async () => {
  vi.useRealTimers();
  for (const connection of connections.splice(0)) connection.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe('opening', () => {
  test('asks for authentication first, then keepalive, and opens once with a string', async () => {
    const server = await serve();
    const names: unknown[] = [];
    server.answer = (_client, { name, args }) => {
      if (name === 'CONNECT_OPEN') names.push(args);
      return false;
    };
    await open(server);
    expect(server.clients[0]?.calls).toEqual(['AUTH_LIST', 'CONNECT_SUPPORTS_FEATURE', 'CONNECT_OPEN']);
    expect(names).toEqual([{ name: 'test:///default', flags: 0 }]);
  });

  test('says which sockets were tried and why each failed', async () => {
    const server = await serve();
    await server.stop();
    servers.pop();
    const error = await connect({ uri: '', socketPaths: [`${server.path}-a`, server.path] }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConnectError);
    expect((error as ConnectError).tried.map(({ code }) => code)).toEqual(['ENOENT', 'ENOENT']);
  });

  test('takes the socket of a modular daemon when there is one', async () => {
    const server = await serve('virtqemud-sock');
    const connection = await connect({
      uri: 'qemu:///system',
      environment: { ...environment, systemDirectory: server.folder },
    });
    connections.push(connection);
    expect(server.clients).toHaveLength(1);
  });

  test.each([
    ['granted', undefined],
    ['refused', 45],
    ['without an agent', 94],
    ['dismissed', 79],
  ])('with polkit %s', async (_title, code) => {
    const server = await serve();
    server.answer = (client, { name, frame }) => {
      if (name === 'AUTH_LIST') return client.reply(frame, { types: [2] });
      if (name !== 'AUTH_POLKIT') return false;
      return code === undefined ? client.reply(frame, { complete: 1 }) : client.refuse(frame, code);
    };
    const opening = open(server);
    if (code === undefined) await opening;
    else await expect(opening).rejects.toMatchObject({ name: 'LibvirtError', code });
  });

  test('says which authentication it lacks; one that is passed in is used', async () => {
    const server = await serve();
    server.answer = (client, { name, frame }) => (name === 'AUTH_LIST' ? client.reply(frame, { types: [1] }) : false);
    await expect(open(server)).rejects.toBeInstanceOf(UnsupportedAuthError);
    const sasl = vi.fn(async () => undefined);
    const connection = await connect({ uri: '', socketPaths: [server.path], authenticators: { 1: sasl } });
    connections.push(connection);
    expect(sasl).toHaveBeenCalledTimes(1);
  });
});

describe('a daemon that keeps silent while it is opened', () => {
  const fake = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });

  /** Asks a person, so that the test decides what comes of it. */
  async function asking(options: Partial<ConnectOptions> = {}) {
    const server = await serve();
    let question: Frame | undefined;
    server.answer = (client, { name, frame }) => {
      if (name === 'AUTH_LIST') return client.reply(frame, { types: [2] });
      if (name !== 'AUTH_POLKIT') return false;
      question = frame;
      return true;
    };
    fake();
    const opening = open(server, options);
    const settled = vi.fn();
    opening.then(settled, settled);
    const frame = await vi.waitFor(() => {
      if (!question) throw new Error('not asked yet');
      return question;
    });
    return { server, opening, settled, frame };
  }

  test.each(['AUTH_LIST', 'CONNECT_SUPPORTS_FEATURE', 'CONNECT_OPEN'])(
    'at %s is given up after 15 seconds, though it answers pings',
    async (silent) => {
      const server = await serve();
      server.answer = (_client, { name }) => name === silent;
      fake();
      const lost = vi.fn();
      const opening = open(server, {}, { lost }).catch((error: unknown) => error);
      await vi.waitFor(() => expect(server.clients[0]?.calls).toContain(silent));
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await opening).toMatchObject({ name: 'ConnectionLostError', reason: 'keepalive', silentSeconds: 15 });
      expect(lost).not.toHaveBeenCalled();
      await vi.waitFor(() => expect(server.clients[0]?.socket.destroyed).toBe(true));
    },
  );

  test('has the time that it is given', async () => {
    const server = await serve();
    server.answer = (_client, { name }) => name === 'CONNECT_OPEN';
    fake();
    const opening = open(server, { handshakeMs: 3000 }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(server.clients[0]?.calls).toContain('CONNECT_OPEN'));
    await vi.advanceTimersByTimeAsync(3000);
    expect(await opening).toMatchObject({ name: 'ConnectionLostError', silentSeconds: 3 });
  });

  test('because it asks a person is waited for', async () => {
    const { server, opening, settled, frame } = await asking({ keepalive: { intervalMs: 60_000, count: 6 } });
    await vi.advanceTimersByTimeAsync(120_000);
    expect(settled).not.toHaveBeenCalled();
    server.clients[0]?.reply(frame, { complete: 1 });
    expect((await opening).isLost).toBe(false);
  });

  test('and to pings as well while it asks a person is given up', async () => {
    const { server, opening } = await asking();
    server.alive = false;
    const failed = expect(opening).rejects.toMatchObject({ name: 'ConnectionLostError', reason: 'keepalive' });
    await vi.advanceTimersByTimeAsync(60_000);
    await failed;
  });

  test('leaves no timer behind once it is open', async () => {
    fake();
    const connection = await open(await serve());
    connection.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a daemon is asked for pings of its own unless they are not wanted', async () => {
  const server = await serve();
  await open(server, { daemonPings: false });
  expect(server.clients[0]?.calls).toEqual(['AUTH_LIST', 'CONNECT_OPEN']);
});
