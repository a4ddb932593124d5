import net from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from './connect.ts';
import type { RpcConnection } from './connection.ts';
import { type Frame, messageStatus, mostStreamBytes } from './frame.ts';
import { FakeServer } from './testing/fake-server.ts';

let server: FakeServer;
let socket: net.Socket;
const connections: RpcConnection[] = [];

async function open(events = {}, keepalive = { intervalMs: 5000, count: 6 }): Promise<RpcConnection> {
  socket = net.connect(server.path);
  const connection = await connect({ uri: 'test:///default', transport: async () => socket, keepalive }, events);
  connections.push(connection);
  return connection;
}

beforeEach(async () => {
  server = await FakeServer.start();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const connection of connections.splice(0)) connection.close();
  await server.stop();
});

describe('keepalive', () => {
  test('answers pings of the daemon at once', async () => {
    await open();
    server.clients[0]?.ping();
    await vi.waitFor(() => expect(server.clients[0]?.pongs).toBe(1));
  });

  test('pings a quiet daemon and gives it up when it stays quiet', async () => {
    const lost = vi.fn();
    await open({ lost }, { intervalMs: 10, count: 3 });
    await vi.waitFor(() => expect(server.clients[0]?.pings).toBeGreaterThan(4));
    expect(lost).not.toHaveBeenCalled();
    server.alive = false;
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
    expect(lost.mock.calls[0]?.[0]).toMatchObject({ reason: 'keepalive' });
  });
});

describe('keepalive while a slow reader holds up the connection', () => {
  /** A download that nobody reads, at the moment at which the socket is paused. */
  async function heldUp(lost: () => void) {
    server.answer = (client, { name, frame }) => (name === 'STORAGE_VOL_DOWNLOAD' ? download(client, frame) : false);
    const download = (client: FakeServer['clients'][number], frame: Frame): void => {
      client.reply(frame);
      for (let count = 0; count < 6; count += 1) {
        client.packet(frame, messageStatus.continue, Buffer.alloc(mostStreamBytes));
      }
      client.packet(frame, messageStatus.continue);
    };
    const connection = await open({ lost });
    const vol = { pool: 'p', name: 'v', key: '/p/v' };
    const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', { vol, offset: 0, length: 0, flags: 0 });
    await vi.waitFor(() => expect(socket.isPaused()).toBe(true));
    return { stream, client: server.clients[0] };
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  });

  test('asks nothing, since the answer would not be read, and says that we are there', async () => {
    const lost = vi.fn();
    const { client } = await heldUp(lost);
    const asked = client?.pings;
    await vi.advanceTimersByTimeAsync(600_000);
    await vi.waitFor(() => expect(client?.pongs).toBeGreaterThan(100));
    expect(client?.pings).toBe(asked);
    expect(lost).not.toHaveBeenCalled();
  });

  test('has its whole patience again when the reader goes on', async () => {
    const lost = vi.fn();
    const { stream, client } = await heldUp(lost);
    await vi.advanceTimersByTimeAsync(600_000);
    server.alive = false;
    while (await stream.read());
    expect(socket.isPaused()).toBe(false);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(lost).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(client?.pings).toBeGreaterThan(0));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(lost.mock.calls[0]?.[0]).toMatchObject({ reason: 'keepalive', silentSeconds: 30 });
  });
});
