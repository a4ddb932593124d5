import { afterEach, describe, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { ConnectError, ConnectionLostError, LibvirtError, UnsupportedAuthError } from './errors.ts';
import { emptyFrame, type Frame } from './frame.ts';
import { LibvirtHost } from './host.ts';
import { FakeServer } from './testing/fake-server.ts';

const servers: FakeServer[] = [];
const connections: RpcConnection[] = [];
const environment = { runtimeDirectory: undefined, home: '/nowhere' };

async function serve(name?: string): Promise<FakeServer> {
  const server = await FakeServer.start(name);
  servers.push(server);
  return server;
}

async function open(server: FakeServer, events = {}, keepalive = { intervalMs: 60_000, count: 6 }) {
  const connection = await connect({ uri: 'test:///default', socketPaths: [server.path], keepalive }, events);
  connections.push(connection);
  return connection;
}

const callXml = (connection: RpcConnection, id: number, signal?: AbortSignal) =>
  connection.call(
    'DOMAIN_GET_XML_DESC',
    { dom: { name: `d${id}`, uuid: '00000000-0000-4000-8000-000000000000', id }, flags: 0 },
    { signal },
  );

afterEach(async () => {
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

describe('calls', () => {
  test('are answered in any order, four at a time, and the rest follow', async () => {
    const server = await serve();
    const waiting: { frame: Frame; id: number }[] = [];
    server.answer = (_client, { name, args, frame }) => {
      if (name !== 'DOMAIN_GET_XML_DESC') return false;
      return waiting.push({ frame, id: (args as { dom: { id: number } }).dom.id });
    };
    const connection = await open(server);
    const replies = Promise.all([0, 1, 2, 3, 4, 5].map((id) => callXml(connection, id)));
    await vi.waitFor(() => expect(waiting).toHaveLength(4));
    const answerLast = (): void => {
      const { frame, id } = waiting.pop() as { frame: Frame; id: number };
      server.clients[0]?.reply(frame, { xml: `<domain id="${id}"/>` });
    };
    for (let count = 0; count < 6; count += 1) {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
      answerLast();
    }
    expect((await replies).map(({ xml }) => xml)).toEqual([0, 1, 2, 3, 4, 5].map((id) => `<domain id="${id}"/>`));
  });

  test('reject with all that the daemon says', async () => {
    const server = await serve();
    server.answer = (client, { name, frame }) =>
      name === 'DOMAIN_GET_XML_DESC' ? client.refuse(frame, 42, 'no such') : false;
    const error = await callXml(await open(server), 1).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(LibvirtError);
    expect(error).toMatchObject({ code: 42, message: 'no such', level: 2, str1: null });
  });

  test('that nobody waits for any more keep their place until they end', async () => {
    const server = await serve();
    const frames: Frame[] = [];
    server.answer = (_client, { name, frame }) => (name === 'DOMAIN_GET_XML_DESC' ? frames.push(frame) : false);
    const connection = await open(server);
    const abort = new AbortController();
    const given = [0, 1, 2, 3].map((id) => callXml(connection, id, abort.signal));
    const results = Promise.allSettled(given);
    const fifth = callXml(connection, 4);
    await vi.waitFor(() => expect(frames).toHaveLength(4));
    abort.abort(new Error('enough'));
    expect((await results).every((result) => result.status === 'rejected')).toBe(true);
    expect(frames).toHaveLength(4);
    server.clients[0]?.reply(frames[0] as Frame, { xml: 'late' });
    await vi.waitFor(() => expect(frames).toHaveLength(5));
    server.clients[0]?.reply(frames[4] as Frame, { xml: 'fifth' });
    expect(await fifth).toEqual({ xml: 'fifth' });
  });

  test('an event may come before the reply of the call that caused it', async () => {
    const server = await serve();
    const dom = { name: 'a', uuid: '00000000-0000-4000-8000-00000000000a', id: -1 };
    server.answer = (client, { name, frame }) => {
      if (name !== 'DOMAIN_CREATE') return false;
      client.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', { callbackID: 1, msg: { dom, event: 2, detail: 0 } });
      return client.reply(frame);
    };
    const heard: unknown[] = [];
    const connection = await open(server, { event: (name: string, message: unknown) => heard.push(name, message) });
    await connection.call('DOMAIN_CREATE', { dom });
    expect(heard).toEqual(['DOMAIN_EVENT_CALLBACK_LIFECYCLE', { callbackID: 1, msg: { dom, event: 2, detail: 0 } }]);
  });
});

describe('a connection that ends', () => {
  test('rejects what waits, tells once, and refuses what comes later', async () => {
    const server = await serve();
    server.answer = (client, { name, frame }) => {
      if (name !== 'DOMAIN_GET_XML_DESC') return false;
      client.socket.write(frame.bytes.subarray(0, 30)); // cut in the middle of a message
      return client.socket.end();
    };
    const lost = vi.fn();
    const connection = await open(server, { lost });
    const results = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((id) => callXml(connection, id)));
    for (const result of results) {
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(ConnectionLostError);
    }
    await expect(callXml(connection, 7)).rejects.toBeInstanceOf(ConnectionLostError);
    expect(lost).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['a length too small', Buffer.from([0, 0, 0, 8, 0, 0, 0, 0])],
    ['a length too large', Buffer.from([0x7f, 0, 0, 0])],
    [
      'a reply to no call',
      emptyFrame({ program: 0x20008086, version: 1, procedure: 14, type: 1, serial: 999, status: 0 }),
    ],
    ['a wrong version', emptyFrame({ program: 0x20008086, version: 9, procedure: 14, type: 1, serial: 1, status: 0 })],
    [
      'a type that is none',
      emptyFrame({ program: 0x20008086, version: 1, procedure: 14, type: 77, serial: 1, status: 0 }),
    ],
    [
      'an event without its content',
      emptyFrame({ program: 0x20008086, version: 1, procedure: 318, type: 2, serial: 0, status: 0 }),
    ],
  ])('ends by %s as a protocol failure', async (_title, bytes) => {
    const server = await serve();
    const lost = vi.fn();
    const connection = await open(server, { lost });
    server.clients[0]?.socket.write(bytes);
    await vi.waitFor(() => expect(lost).toHaveBeenCalled());
    expect(lost.mock.calls[0]?.[0]).toMatchObject({ reason: 'protocol' });
    expect(connection.isLost).toBe(true);
  });

  test('by us rejects what waits and tells nobody', async () => {
    const server = await serve();
    server.answer = (_client, { name }) => name === 'DOMAIN_GET_XML_DESC';
    const lost = vi.fn();
    const connection = await open(server, { lost });
    const call = callXml(connection, 1);
    connection.close();
    await expect(call).rejects.toMatchObject({ reason: 'closed' });
    expect(lost).not.toHaveBeenCalled();
  });
});

describe('keepalive', () => {
  test('answers pings of the daemon at once', async () => {
    const server = await serve();
    await open(server);
    server.clients[0]?.ping();
    await vi.waitFor(() => expect(server.clients[0]?.pongs).toBe(1));
  });

  test('pings a quiet daemon and gives it up when it stays quiet', async () => {
    const server = await serve();
    const lost = vi.fn();
    await open(server, { lost }, { intervalMs: 10, count: 3 });
    await vi.waitFor(() => expect(server.clients[0]?.pings).toBeGreaterThan(4));
    expect(lost).not.toHaveBeenCalled();
    server.alive = false;
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
    expect(lost.mock.calls[0]?.[0]).toMatchObject({ reason: 'keepalive' });
  });
});

describe('a host', () => {
  test('has three connections, one for a private node file, and loses them together', async () => {
    const server = await serve();
    const lost = vi.fn();
    const options = { socketPaths: [server.path] };
    const host = await LibvirtHost.open({ uri: 'qemu:///system', ...options }, { lost });
    expect(server.clients).toHaveLength(3);
    server.clients[1]?.socket.destroy();
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
    expect([host.events, host.polling, host.actions].every((connection) => connection.isLost)).toBe(true);
    const own = await LibvirtHost.open({ uri: 'test:///some/node.xml', ...options });
    expect(server.clients).toHaveLength(4);
    expect(own.polling).toBe(own.events);
    own.close();
  });
});
