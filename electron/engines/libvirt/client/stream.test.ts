import net from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { encodeStruct } from './codec.ts';
import { connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { type Frame, messageStatus, messageType, prefixBytes, rawFrame } from './frame.ts';
import { type FakeClient, FakeServer } from './testing/fake-server.ts';

const dom = { name: 'a', uuid: '00000000-0000-4000-8000-00000000000a', id: 1 };
const volume = { pool: 'p', name: 'v', key: '/p/v' };
let server: FakeServer;
let connection: RpcConnection;
/** The call that opened the stream, and what has come on it since. */
let opened: { client: FakeClient; frame: Frame } | undefined;
let packets: { status: number; payload: Buffer }[];

beforeEach(async () => {
  opened = undefined;
  packets = [];
  server = await FakeServer.start();
  server.answer = (client, { name, frame }) => {
    if (frame.type === messageType.stream) {
      return packets.push({ status: frame.status, payload: Buffer.from(frame.bytes.subarray(prefixBytes)) });
    }
    if (!/OPEN_CONSOLE|UPLOAD|DOWNLOAD/.test(name)) return false;
    opened = { client, frame };
    return client.reply(frame);
  };
  connection = await connect({ uri: '', socketPaths: [server.path] });
});
afterEach(async () => {
  connection.close();
  await server.stop();
});

const send = (status: number, payload?: Uint8Array) => opened?.client.packet(opened.frame, status, payload);
const openConsole = () => connection.openStream('DOMAIN_OPEN_CONSOLE', { dom, dev_name: null, flags: 0 });

describe('a stream', () => {
  test('reads until the empty packet and finishes', async () => {
    const { stream } = await openConsole();
    send(messageStatus.continue, Buffer.from('hello '));
    send(messageStatus.continue, Buffer.from('there'));
    send(messageStatus.continue);
    let text = '';
    const reading = (async () => {
      for await (const chunk of stream) text += chunk.toString();
    })();
    await vi.waitFor(() => expect(packets).toEqual([{ status: messageStatus.ok, payload: Buffer.alloc(0) }]));
    send(messageStatus.ok);
    await reading;
    expect(text).toBe('hello there');
  });

  test('has what the daemon sends before its reply, as its threads may do', async () => {
    server.answer = (client, { frame }) => {
      if (frame.type === messageType.stream) return client.packet(frame, messageStatus.ok);
      client.packet(frame, messageStatus.continue, Buffer.from('early '));
      client.reply(frame);
      client.packet(frame, messageStatus.continue, Buffer.from('late'));
      return client.packet(frame, messageStatus.continue);
    };
    const { stream } = await openConsole();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('early late');
  });

  test('writes in packets of a size that every daemon takes', async () => {
    const { stream } = await connection.openStream('STORAGE_VOL_UPLOAD', {
      vol: volume,
      offset: 0,
      length: 0,
      flags: 0,
    });
    const bytes = Buffer.alloc(600_000, 7);
    await stream.write(bytes);
    const finished = stream.finish();
    await vi.waitFor(() => expect(packets.at(-1)?.status).toBe(messageStatus.ok));
    send(messageStatus.ok);
    await finished;
    expect(Buffer.concat(packets.map(({ payload }) => payload)).equals(bytes)).toBe(true);
    expect(Math.max(...packets.map(({ payload }) => payload.length))).toBe(262_120);
  });

  test('that writes faster than the daemon takes waits for it, within one write too', async () => {
    const socket = net.connect(server.path);
    const own = await connect({ uri: '', transport: async () => socket });
    const { stream } = await own.openStream('STORAGE_VOL_UPLOAD', { vol: volume, offset: 0, length: 0, flags: 0 });
    opened?.client.socket.pause();
    const bytes = Buffer.alloc(16 << 20, 7);
    const written = vi.fn();
    const writing = stream.write(bytes).then(written);
    await vi.waitFor(() => expect(socket.writableNeedDrain).toBe(true));
    expect(written).not.toHaveBeenCalled();
    expect(socket.bytesWritten).toBeLessThan(4 << 20);
    opened?.client.socket.resume();
    await writing;
    await vi.waitFor(() => expect(packets.reduce((sum, { payload }) => sum + payload.length, 0)).toBe(bytes.length));
    own.close();
  });

  test('ends with the error of the daemon, for the reader and the writer', async () => {
    const { stream } = await openConsole();
    const read = stream.read();
    const failed = encodeStruct('remote_error', {
      code: 9,
      domain: 10,
      message: 'console is busy',
      level: 2,
      dom: null,
      str1: null,
      str2: null,
      str3: null,
      int1: 0,
      int2: 0,
      net: null,
    });
    send(messageStatus.error, failed);
    await expect(read).rejects.toMatchObject({ code: 9, message: 'console is busy' });
    await expect(stream.write(Buffer.from('x'))).rejects.toMatchObject({ code: 9 });
    await expect(stream.finish()).rejects.toMatchObject({ code: 9 });
  });

  test('is aborted: late packets do no harm, calls go on', async () => {
    const { stream } = await openConsole();
    stream.abort();
    await vi.waitFor(() => expect(packets).toEqual([{ status: messageStatus.error, payload: Buffer.alloc(0) }]));
    send(messageStatus.continue, Buffer.from('late'));
    send(messageStatus.continue);
    send(messageStatus.continue, Buffer.from('later still'));
    await connection.call('DOMAIN_CREATE', { dom });
    await expect(stream.read()).rejects.toThrow(/aborted/);
  });

  test('that is left early is aborted', async () => {
    const { stream } = await openConsole();
    send(messageStatus.continue, Buffer.from('one'));
    for await (const chunk of stream) {
      expect(chunk.toString()).toBe('one');
      break;
    }
    await vi.waitFor(() => expect(packets.map(({ status }) => status)).toEqual([messageStatus.error]));
  });

  test('that nobody reads stops the daemon, and goes on when it is read', async () => {
    const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', {
      vol: volume,
      offset: 0,
      length: 0,
      flags: 0,
    });
    const packet = Buffer.alloc(262_120, 1);
    const total = 64;
    let sent = 0;
    const pump = (): void => {
      while (sent < total) {
        sent += 1;
        if (!send(messageStatus.continue, packet)) break;
      }
    };
    opened?.client.socket.on('drain', pump);
    pump();
    // The daemon cannot get rid of all: its buffers and ours are full long before.
    await vi.waitFor(() => expect(opened?.client.socket.writableNeedDrain).toBe(true));
    expect(sent).toBeLessThan(total);
    let read = 0;
    while (read < total * packet.length) read += (await stream.read())?.length ?? 0;
    expect(sent).toBe(total);
    expect(read).toBe(total * packet.length);
  });

  test('that is finished while it holds up the connection gives up what is unread, and the connection goes on', async () => {
    const socket = net.connect(server.path);
    const own = await connect({ uri: '', transport: async () => socket });
    const { stream } = await own.openStream('STORAGE_VOL_DOWNLOAD', { vol: volume, offset: 0, length: 0, flags: 0 });
    const sendFive = (): void => {
      for (let count = 0; count < 5; count += 1) send(messageStatus.continue, Buffer.alloc(262_120));
    };
    sendFive();
    await vi.waitFor(() => expect(socket.isPaused()).toBe(true));
    const finished = Promise.all([stream.finish(), stream.finish()]);
    await vi.waitFor(() => expect(packets).toEqual([{ status: messageStatus.ok, payload: Buffer.alloc(0) }]));
    sendFive();
    send(messageStatus.ok);
    await finished;
    expect(await stream.read()).toBeUndefined();
    await own.call('DOMAIN_CREATE', { dom });
    own.close();
  });

  test('takes nothing more to send once it is finished', async () => {
    const { stream } = await openConsole();
    const finished = stream.finish();
    await expect(stream.write(Buffer.from('late'))).rejects.toThrow('the stream is closed');
    await vi.waitFor(() => expect(packets).toHaveLength(1));
    send(messageStatus.ok);
    await finished;
  });

  test('that the daemon closes unasked holds nothing up any more', async () => {
    const socket = net.connect(server.path);
    const own = await connect({ uri: '', transport: async () => socket });
    const { stream } = await own.openStream('STORAGE_VOL_DOWNLOAD', { vol: volume, offset: 0, length: 0, flags: 0 });
    const packet = (status: number, payload: Uint8Array) =>
      rawFrame({ ...(opened as { frame: Frame }).frame, type: messageType.stream, status }, payload);
    // In one write, so that the end may be in the same bytes as what pauses.
    const packets = Array.from({ length: 5 }, () => packet(messageStatus.continue, Buffer.alloc(262_120)));
    socket.emit('data', Buffer.concat([...packets, packet(messageStatus.ok, Buffer.alloc(0))]));
    await own.call('DOMAIN_CREATE', { dom });
    for (let count = 0; count < 5; count += 1) expect((await stream.read())?.length).toBe(262_120);
    expect(await stream.read()).toBeUndefined();
    own.close();
  });

  test.each([
    ['an error that is none', messageStatus.error],
    ['a status that is none', 77],
  ])('ends with its connection at %s', async (_title, status) => {
    const { stream } = await openConsole();
    const read = stream.read();
    send(status, Buffer.from('no sense'));
    await expect(read).rejects.toMatchObject({ name: 'ConnectionLostError', reason: 'protocol' });
  });

  test('ends with its connection', async () => {
    const { stream } = await openConsole();
    const read = stream.read();
    opened?.client.socket.destroy();
    await expect(read).rejects.toMatchObject({ name: 'ConnectionLostError' });
  });
});
