import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { domainXml, Virsh } from '../../../../build/testing/test-domains.ts';
import { connect, type RpcConnection, type remote_nonnull_storage_vol } from './index.ts';

const patience = { timeout: 60_000, interval: 50 };
const mib = 1 << 20;
const sha = (...chunks: readonly Uint8Array[]): string =>
  chunks.reduce((hash, chunk) => hash.update(chunk), createHash('sha256')).digest('hex');

let socket: net.Socket;
let connection: RpcConnection;

beforeEach(async () => {
  socket = net.connect('/run/libvirt/libvirt-sock');
  connection = await connect({ uri: 'qemu:///system', transport: async () => socket });
});
afterEach(() => {
  connection.close();
});

describe('a volume', () => {
  const name = `posada-test-pool-${process.pid}`;
  const size = 24 * mib;
  const content = randomBytes(size);
  const all = { offset: 0, length: 0, flags: 0 };
  let folder: string;
  let vol: remote_nonnull_storage_vol;
  const virsh = new Virsh();

  beforeAll(async () => {
    folder = await mkdtemp('/var/tmp/posada-test-pool-');
    await chmod(folder, 0o755);
    const maker = await connect({ uri: 'qemu:///system' });
    try {
      const xml = `<pool type='dir'><name>${name}</name><target><path>${folder}</path></target></pool>`;
      const { pool } = await maker.call('STORAGE_POOL_DEFINE_XML', { xml, flags: 0 });
      await maker.call('STORAGE_POOL_CREATE', { pool, flags: 0 });
      const volume = `<volume><name>v.raw</name><capacity>${size}</capacity><target><format type='raw'/><permissions><mode>0644</mode></permissions></target></volume>`;
      ({ vol } = await maker.call('STORAGE_VOL_CREATE_XML', { pool, xml: volume, flags: 0 }));
    } finally {
      maker.close();
    }
  });
  afterAll(async () => {
    await virsh.run('pool-destroy', '--pool', name).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
    await virsh.run('pool-undefine', '--pool', name);
  });

  test('is uploaded whole, and no more than a little of it waits in our memory', async () => {
    const { stream } = await connection.openStream('STORAGE_VOL_UPLOAD', { vol, ...all });
    let mostWaiting = 0;
    for (let at = 0; at < size; at += mib) {
      await stream.write(content.subarray(at, at + mib));
      const taken = socket.bytesWritten - socket.writableLength;
      mostWaiting = Math.max(mostWaiting, at + mib - taken);
    }
    await stream.finish();
    expect(mostWaiting).toBeLessThan(4 * mib);
    expect(sha(await readFile(path.join(folder, 'v.raw')))).toBe(sha(content));
  });

  test('is downloaded as it is on the disk', async () => {
    const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', { vol, ...all });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(sha(...chunks)).toBe(sha(content));
  });

  test('that is not read holds the daemon up, and comes whole when it is read', async () => {
    const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', { vol, ...all });
    await vi.waitFor(() => expect(socket.isPaused()).toBe(true), patience);
    expect(socket.bytesRead).toBeLessThan(4 * mib);
    // Answers come on the same socket, so this one comes when the stream is read.
    const type = connection.call('CONNECT_GET_TYPE');
    const hash = createHash('sha256');
    for await (const chunk of stream) hash.update(chunk);
    expect(hash.digest('hex')).toBe(sha(content));
    expect(await type).toEqual({ type: 'QEMU' });
  });

  test('given up in the middle leaves the connection usable', async () => {
    const { stream } = await connection.openStream('STORAGE_VOL_DOWNLOAD', { vol, ...all });
    await vi.waitFor(() => expect(socket.isPaused()).toBe(true), patience);
    stream.abort();
    expect((await connection.call('CONNECT_GET_TYPE')).type).toBe('QEMU');
  });
});

describe('the serial console of a guest', () => {
  const name = `posada-test-console-${process.pid}`;
  const virsh = new Virsh();

  beforeAll(async () => {
    const xml = await domainXml({ name });
    await virsh.define(xml.replace(/<serial .*<\/serial>/, "<serial type='pty'/>"));
  });
  afterAll(() => virsh.remove(name));

  test('says what the guest says, and hears what is typed', { timeout: 120_000 }, async ({ onTestFailed }) => {
    const { dom } = await connection.call('DOMAIN_LOOKUP_BY_NAME', { name });
    const { dom: paused } = await connection.call('DOMAIN_CREATE_WITH_FLAGS', { dom, flags: 1 });
    const { stream } = await connection.openStream('DOMAIN_OPEN_CONSOLE', { dom: paused, dev_name: null, flags: 0 });
    await connection.call('DOMAIN_RESUME', { dom: paused });
    let text = '';
    onTestFailed(() => console.error(`The guest said: ${text}`));
    const until = async (words: string): Promise<void> => {
      while (!text.includes(words)) {
        const chunk = await stream.read();
        if (!chunk) throw new Error(`it ended: ${text}`);
        text += chunk.toString();
      }
    };
    await until('posada-guest-ready');
    // As a person would: once more where nothing happens, since a guest may be busy when the first key comes.
    const typing = setInterval(() => void stream.write(Buffer.from('posada-typed\n')), 500);
    await until('posada-typed').finally(() => clearInterval(typing));
    await connection.call('DOMAIN_DESTROY', { dom: paused });
    // It ends with the guest, and nothing else does.
    while (await stream.read());
    expect((await connection.call('CONNECT_GET_TYPE')).type).toBe('QEMU');
  });
});
