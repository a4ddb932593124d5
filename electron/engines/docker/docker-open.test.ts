import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryAnnotations } from '../memory-annotations.ts';
import { MemoryIdentities } from '../memory-identities.ts';
import { DockerEngine } from './docker-engine.ts';
import { socketEndpoint } from './testing/endpoint.ts';
import { refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup, quickTimes } from './testing/fake-engine.ts';

const watcher = {
  changed: () => undefined,
  changedAll: () => undefined,
  happened: () => undefined,
  lost: () => undefined,
};

describe('opening an engine', () => {
  let setup: FakeSetup;

  beforeEach(async () => {
    setup = await fakeSetup();
  });
  afterEach(() => setup.close());

  function pretend(api: string, minimum: string): void {
    setup.daemon.on(/^GET \/_ping$/, (_request, response) => {
      response.writeHead(200, { 'Api-Version': api }).end('OK');
    });
    setup.daemon.on(/^GET \/version$/, () => ({ Version: '99.1', ApiVersion: api, MinAPIVersion: minimum }));
  }

  test('speaks the version of an older engine, and no request but the ping without a version', async () => {
    expect((await setup.open()).version).toBe('Docker 20.10.24 (API 1.41)');
    await setup.engine.list();
    expect(setup.daemon.requests[0]).toBe('GET /_ping');
    expect(setup.daemon.requests.slice(1).every((request) => request.includes(' /v1.41/'))).toBe(true);
  });

  test('speaks our newest version to a newer engine', async () => {
    pretend('1.60', '1.44');
    expect((await setup.open()).version).toBe('Docker 99.1 (API 1.53)');
    expect(setup.daemon.count(/ \/v1\.53\/events/)).toBe(1);
  });

  test('says that an engine is too old', async () => {
    pretend('1.39', '1.12');
    const failure = await failureOf(setup.open());
    expect(failure).toMatchObject({
      code: 'engine-unsupported',
      detail: { key: 'failure.detail.apiTooOld', params: { version: '1.39', minimum: '1.40' } },
    });
  });

  test('says that an engine is too new, by its minimum', async () => {
    pretend('1.70', '1.54');
    const failure = await failureOf(setup.open());
    expect(failure).toMatchObject({
      code: 'engine-unsupported',
      detail: { key: 'failure.detail.apiTooNew', params: { version: '1.54' } },
    });
  });

  test('says that an engine is too new when it refuses our version altogether', async () => {
    pretend('1.70', '1.54');
    setup.daemon.on(/^GET \/version$/, (_request, response) => refuse(response, 400, 'client version 1.53 is too old'));
    expect(await failureOf(setup.open())).toMatchObject({ code: 'engine-unsupported' });
  });

  test('knows Podman by its components', async () => {
    setup.daemon.on(/^GET \/version$/, () => ({
      ...{ Version: '4.3.1', ApiVersion: '1.41', MinAPIVersion: '1.24' },
      Components: [{ Name: 'Podman Engine', Version: '4.3.1' }],
    }));
    expect((await setup.open()).version).toBe('Podman 4.3.1 (API 1.41)');
  });

  test('takes another HTTP server for what it is', async () => {
    setup.daemon.on(/^GET \/_ping$/, (_request, response) => void response.writeHead(200).end('<html>'));
    expect(await failureOf(setup.open())).toMatchObject({ code: 'protocol' });
  });

  test('takes an answer of another shape for what it is', async () => {
    setup.daemon.on(/^GET \/version$/, () => ({ Version: 20 }));
    expect(await failureOf(setup.open())).toMatchObject({ code: 'protocol' });
  });

  test('says that nobody answers on the socket', async () => {
    await setup.daemon.die();
    const failure = await failureOf(setup.open());
    expect(failure).toMatchObject({ code: 'engine-stopped', raw: { code: 'ECONNREFUSED' } });
    expect(failure.remedies.some((remedy) => remedy.do === 'run' && remedy.command.includes('start'))).toBe(true);
  });

  test('says that there is no socket', async () => {
    const engine = new DockerEngine(
      socketEndpoint('/nowhere/docker.sock'),
      new MemoryIdentities(),
      new MemoryAnnotations(),
    );
    expect(await failureOf(engine.open(watcher))).toMatchObject({ code: 'engine-missing', raw: { code: 'ENOENT' } });
  });

  test('can be opened again after a failure', async () => {
    await setup.daemon.die();
    await failureOf(setup.open());
    await setup.daemon.listen();
    await setup.open();
    await setup.engine.ping();
  });

  test('rejects when it is closed while it opens, and tells nothing afterwards', async () => {
    setup.daemon.on(/^GET \/version$/, () => undefined);
    const opening = failureOf(setup.open());
    await vi.waitFor(() => expect(setup.daemon.count(/version/)).toBe(1));
    await setup.engine.close();
    expect(await opening).toMatchObject({ code: 'engine-lost' });
    expect(setup.lost).toEqual([]);
  });

  test('closes its event stream when it is closed', async () => {
    await setup.open();
    await vi.waitFor(() => expect(setup.daemon.streams.size).toBe(1));
    await setup.engine.close();
    await setup.engine.close();
    await vi.waitFor(() => expect(setup.daemon.streams.size).toBe(0));
    expect(setup.lost).toEqual([]);
  });
});

test('takes bytes that are no HTTP for what they are', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'posada-test-garbage-'));
  const socket = path.join(folder, 'engine.sock');
  const server = createServer((connection) => connection.on('error', () => undefined).end('\x00\x01SSH-2.0-hello\r\n'));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  try {
    const engine = new DockerEngine(
      socketEndpoint(socket),
      new MemoryIdentities(),
      new MemoryAnnotations(),
      quickTimes,
    );
    expect(await failureOf(engine.open(watcher))).toMatchObject({ code: 'protocol' });
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
});
