import { randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { PrivateLibvirtd } from '../../../../build/testing/private-libvirtd.ts';
import { encodeStruct } from './codec.ts';
import { emptyFrame, prefixBytes, writeHeader } from './frame.ts';
import { type ConnectOptions, connect, feature, type LibvirtStream, type RpcConnection } from './index.ts';
import { procedureNamed } from './procedures.ts';

const uri = 'qemu:///session';
const patience = { timeout: 20_000, interval: 20 };
const content = randomBytes(24 << 20);
const connections: RpcConnection[] = [];
let daemon: PrivateLibvirtd;

beforeAll(async () => {
  daemon = await PrivateLibvirtd.start();
  // Drops a client that has said nothing for two seconds.
  await appendFile(path.join(daemon.folder, 'libvirtd.conf'), '\nkeepalive_interval = 1\nkeepalive_count = 1\n');
  await daemon.kill();
  await daemon.begin();
  await mkdir(path.join(daemon.folder, 'pool'));
  await writeFile(path.join(daemon.folder, 'pool/v.raw'), content);
  await chmod(path.join(daemon.folder, 'pool/v.raw'), 0o644);
});
afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
});
afterAll(() => daemon?.close());

/** A download that nobody reads, at the moment at which its connection is paused. */
async function heldUp(
  options: Partial<ConnectOptions>,
  lost: () => void,
): Promise<{ connection: RpcConnection; stream: LibvirtStream }> {
  const socket = net.connect(daemon.socket);
  const connection = await connect({ uri, transport: async () => socket, ...options }, { lost });
  connections.push(connection);
  const folder = path.join(daemon.folder, 'pool');
  const xml = `<pool type='dir'><name>pool</name><target><path>${folder}</path></target></pool>`;
  await connection.call('STORAGE_POOL_CREATE_XML', { xml, flags: 0 }).catch(() => undefined);
  const { vol } = await connection.call('STORAGE_VOL_LOOKUP_BY_PATH', { path: path.join(folder, 'v.raw') });
  const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', { vol, offset: 0, length: 0, flags: 0 });
  await vi.waitFor(() => expect(socket.isPaused()).toBe(true), patience);
  return { connection, stream };
}

/** A client that lets the daemon ping it and never answers; resolves when the daemon has had enough. */
async function muteClientIsDropped(): Promise<void> {
  const socket = net.connect(daemon.socket);
  const headerOf = (name: string, serial: number) => {
    const { program, number, args } = procedureNamed(name);
    return { args, header: { program, version: 1, procedure: number, type: 0, serial, status: 0 } };
  };
  const ask = headerOf('CONNECT_SUPPORTS_FEATURE', 2);
  socket.write(emptyFrame(headerOf('AUTH_LIST', 1).header));
  socket.write(writeHeader(encodeStruct(ask.args, { feature: feature.keepalive }, prefixBytes), ask.header));
  await new Promise((resolve) => socket.resume().once('close', resolve));
}

test.each<[string, Partial<ConnectOptions>]>([
  ['which the daemon pings', { keepalive: { intervalMs: 300, count: 10 } }],
  ['for bulk, which says nothing of its own', { daemonPings: false, keepalive: { intervalMs: 600_000, count: 1 } }],
])('a connection %s outlives a reader that is slower than all patience', async (_title, options) => {
  const lost = vi.fn();
  const { connection, stream } = await heldUp(options, lost);
  // The daemon's own clock: it has dropped somebody who has said nothing for as long as this one is paused.
  await muteClientIsDropped();
  await muteClientIsDropped();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
  expect(await connection.call('CONNECT_GET_TYPE')).toEqual({ type: 'QEMU' });
  expect(lost).not.toHaveBeenCalled();
});

test('pings of ours are answered by a daemon that was never asked for its own', async () => {
  const lost = vi.fn();
  const options = { uri, socketPaths: [daemon.socket], daemonPings: false, keepalive: { intervalMs: 300, count: 4 } };
  const connection = await connect(options, { lost });
  connections.push(connection);
  await muteClientIsDropped();
  expect(lost).not.toHaveBeenCalled();
  daemon.freeze();
  await vi.waitFor(() => expect(lost).toHaveBeenCalled(), patience);
  daemon.thaw();
});
