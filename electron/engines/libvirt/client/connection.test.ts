import { afterEach, describe, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { ConnectionLostError, LibvirtError } from './errors.ts';
import { emptyFrame, type Frame } from './frame.ts';
import { FakeServer } from './testing/fake-server.ts';

const servers: FakeServer[] = [];
const connections: RpcConnection[] = [];

async function serve(): Promise<FakeServer> {
  const server = await FakeServer.start();
  servers.push(server);
  return server;
}

async function open(server: FakeServer, events = {}) {
  const connection = await connect({ uri: 'test:///default', socketPaths: [server.path] }, events);
  connections.push(connection);
  return connection;
}

const domain = { name: 'a', uuid: '00000000-0000-4000-8000-00000000000a', id: -1 };
const lifecycle = { callbackID: 1, msg: { dom: domain, event: 2, detail: 0 } };

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

  test('that are given up before their turn are never sent', async () => {
    const server = await serve();
    const frames: Frame[] = [];
    server.answer = (_client, { name, frame }) => (name === 'DOMAIN_GET_XML_DESC' ? frames.push(frame) : false);
    const connection = await open(server);
    const first = Promise.all([0, 1, 2, 3].map((id) => callXml(connection, id)));
    const abort = new AbortController();
    const start = connection.call('DOMAIN_CREATE', { dom: domain }, { signal: abort.signal });
    const last = connection.call('DOMAIN_SUSPEND', { dom: domain });
    await vi.waitFor(() => expect(frames).toHaveLength(4));
    abort.abort();
    await expect(start).rejects.toMatchObject({ name: 'AbortError' });
    for (const frame of frames) server.clients[0]?.reply(frame, { xml: '' });
    await Promise.all([first, last]);
    expect(server.clients[0]?.calls).not.toContain('DOMAIN_CREATE');
  });

  test('that are given up in the turn that made them are not sent, and take no place', async () => {
    const server = await serve();
    server.answer = (client, { name, frame }) =>
      name === 'DOMAIN_GET_XML_DESC' ? client.reply(frame, { xml: '' }) : false;
    const connection = await open(server);
    const abort = new AbortController();
    const given = [0, 1, 2, 3, 4, 5].map(() =>
      connection.call('DOMAIN_CREATE', { dom: domain }, { signal: abort.signal }),
    );
    const results = Promise.allSettled(given);
    abort.abort();
    expect((await results).every(({ status }) => status === 'rejected')).toBe(true);
    await callXml(connection, 1);
    expect(server.clients[0]?.calls.slice(3)).toEqual(['DOMAIN_GET_XML_DESC']);
  });

  test('an event may come before the reply of the call that caused it', async () => {
    const server = await serve();
    server.answer = (client, { name, frame }) => {
      if (name !== 'DOMAIN_CREATE') return false;
      client.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', lifecycle);
      return client.reply(frame);
    };
    const heard: unknown[] = [];
    const connection = await open(server, { event: (name: string, message: unknown) => heard.push(name, message) });
    await connection.call('DOMAIN_CREATE', { dom: domain });
    expect(heard).toEqual(['DOMAIN_EVENT_CALLBACK_LIFECYCLE', lifecycle]);
  });
});

describe('a listener that fails', () => {
  const mistake = new Error('a mistake of the listener');
  const event = (): void => {
    throw mistake;
  };

  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('is told apart, and the connection lives', async () => {
    const server = await serve();
    const [lost, listenerFailed] = [vi.fn(), vi.fn()];
    const connection = await open(server, { event, lost, listenerFailed });
    server.clients[0]?.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', lifecycle);
    await connection.call('DOMAIN_CREATE', { dom: domain });
    expect(listenerFailed.mock.calls).toEqual([[mistake]]);
    expect(lost).not.toHaveBeenCalled();
  });

  test('fails outside of the connection where nobody wants to be told', async () => {
    const server = await serve();
    const connection = await open(server, { event });
    const outside = vi.spyOn(globalThis, 'queueMicrotask').mockReturnValue(undefined);
    server.clients[0]?.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', lifecycle);
    await connection.call('DOMAIN_CREATE', { dom: domain });
    expect(outside).toHaveBeenCalledTimes(1);
    expect(outside.mock.calls[0]?.[0]).toThrow(mistake);
  });

  test('when it hears of the end is told apart too', async () => {
    const server = await serve();
    const listenerFailed = vi.fn();
    await open(server, { lost: event, listenerFailed });
    server.clients[0]?.socket.destroy();
    await vi.waitFor(() => expect(listenerFailed.mock.calls).toEqual([[mistake]]));
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
