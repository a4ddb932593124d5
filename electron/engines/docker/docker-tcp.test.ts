import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import { MemoryAnnotations } from '../memory-annotations.ts';
import { MemoryIdentities } from '../memory-identities.ts';
import { DockerEngine } from './docker-engine.ts';
import { usualTimes } from './docker-times.ts';
import { tcpEndpoint } from './testing/endpoint.ts';
import { type FakeSetup, fakeSetup } from './testing/fake-engine.ts';

const run = quietRun();

describe('an engine over TCP', () => {
  let local: FakeSetup;
  let relay: Server;
  let engine: DockerEngine;
  let relisted: number;

  beforeEach(async () => {
    local = await fakeSetup(usualTimes);
    local.daemon.add('a', 'web');
    relay = createServer((near) => {
      const far = connect(local.daemon.socket);
      near.on('error', () => far.destroy()).pipe(far);
      far.on('error', () => near.destroy()).pipe(near);
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    engine = new DockerEngine(
      tcpEndpoint((relay.address() as AddressInfo).port),
      new MemoryIdentities(),
      new MemoryAnnotations(),
    );
    relisted = 0;
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    await engine.close();
    await local.close();
    relay.close();
  });

  const watcher = {
    changed: () => undefined,
    changedAll: () => {
      relisted += 1;
    },
    happened: () => undefined,
    lost: () => undefined,
  };

  test('has its sockets probed by the system, so that one which is dropped without a word ends', async () => {
    local.daemon.on(/^POST /, (_request, response) => void response.writeHead(204).end());
    const probed = vi.spyOn(Socket.prototype, 'setKeepAlive');
    await engine.open(watcher);
    const [row] = await engine.list();
    if (!row) throw new Error('no row');
    await engine.act(row.id, { verb: 'start' }, run);
    // Ping, version, events, list and start wait for as long as it takes, or for nearly so.
    expect(probed.mock.calls.length).toBeGreaterThanOrEqual(local.daemon.requests.length);
    expect(probed.mock.calls.every(([on, delay]) => on === true && (delay ?? 0) >= 1000)).toBe(true);
  });

  test('is listed again every minute, since events may stay away unnoticed, until it is closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await engine.open(watcher);
    expect(relisted).toBe(0);
    vi.advanceTimersByTime(60_000);
    expect(relisted).toBe(1);
    vi.advanceTimersByTime(120_000);
    expect(relisted).toBe(3);
    await engine.close();
    vi.advanceTimersByTime(600_000);
    expect(relisted).toBe(3);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that was never open is not listed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await local.daemon.die();
    await engine.open(watcher).catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('an engine on a socket of this machine is not listed without need', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const setup = await fakeSetup();
  try {
    await setup.open();
    vi.advanceTimersByTime(600_000);
    expect(setup.counts.changedAll).toBe(0);
  } finally {
    vi.useRealTimers();
    await setup.close();
  }
});
