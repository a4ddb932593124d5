import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineState } from '../../../shared/engine-status.ts';
import { EngineLink, usualTimes } from '../../inventory/engine-link.ts';
import { History } from '../../inventory/history.ts';
import { Inventory } from '../../inventory/inventory.ts';
import { MemoryAnnotations } from '../memory-annotations.ts';
import { MemoryIdentities } from '../memory-identities.ts';
import { DockerEngine } from './docker-engine.ts';
import { socketEndpoint } from './testing/endpoint.ts';
import { FakeDaemon } from './testing/fake-daemon.ts';

const longMs = 3_600_000;

describe('a daemon that hangs', () => {
  let daemon: FakeDaemon;
  let link: EngineLink;
  let states: EngineState[];

  beforeEach(async () => {
    daemon = await FakeDaemon.start();
    daemon.add('a', 'web');
    // Sockets are real; only our own patience is turned forward.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const inventory = new Inventory(() => undefined);
    states = [];
    vi.spyOn(inventory, 'setEngine').mockImplementation(({ state }) => {
      if (states.at(-1) !== state) states.push(state);
    });
    // With the times of the app: the link's patience and the engine's must go together.
    link = new EngineLink(
      new DockerEngine(socketEndpoint(daemon.socket), new MemoryIdentities(), new MemoryAnnotations()),
      inventory,
      new History(() => undefined),
    );
  });
  afterEach(async () => {
    await link.stop();
    vi.useRealTimers();
    daemon.thaw();
    await daemon.close();
  });

  const reach = (state: EngineState): Promise<void> => vi.waitFor(() => expect(states.at(-1)).toBe(state));

  /** Waits until it has been asked this in vain, and then for far longer than anybody's patience. */
  async function hangLong(request: RegExp, times: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(usualTimes.heartbeat);
    await vi.waitFor(() => expect(daemon.count(request)).toBe(times));
    await vi.advanceTimersByTimeAsync(longMs);
  }

  test('is silent until it answers, and is never given up', async () => {
    link.start();
    await reach('live');
    daemon.freeze();
    await hangLong(/_ping/, 2);
    daemon.thaw();
    await reach('live');
    expect(states).toEqual(['connecting', 'live', 'silent', 'live']);
  });

  test('from the first is silent until it answers', async () => {
    daemon.freeze();
    link.start();
    await hangLong(/_ping/, 1);
    daemon.thaw();
    await reach('live');
    expect(states).toEqual(['connecting', 'silent', 'live']);
  });

  test('halfway through opening is silent until it answers', async () => {
    daemon.on(/^GET \/_ping$/, (_request, response) => {
      daemon.freeze();
      response.writeHead(200, { 'Api-Version': '1.41' }).end('OK');
    });
    link.start();
    await hangLong(/version/, 1);
    daemon.thaw();
    await reach('live');
    expect(states).toEqual(['connecting', 'silent', 'live']);
  });

  test('and breaks its event stream is silent until it answers', async () => {
    link.start();
    await reach('live');
    daemon.freeze();
    daemon.streams.forEach((stream) => void stream.destroy());
    await hangLong(/_ping/, 3); // the stream's and the link's
    daemon.thaw();
    await reach('live');
    expect(states).toEqual(['connecting', 'live', 'silent', 'live']);
    await vi.waitFor(() => expect(daemon.streams.size).toBe(1));
  });

  test('and then dies is lost', async () => {
    link.start();
    await reach('live');
    daemon.freeze();
    await hangLong(/_ping/, 2);
    await daemon.die();
    await reach('reconnecting');
    expect(states).toEqual(['connecting', 'live', 'silent', 'reconnecting']);
  });
});
