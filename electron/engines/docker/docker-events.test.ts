import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FakeContainer } from './testing/fake-daemon.ts';
import { refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

describe('following events', () => {
  let setup: FakeSetup;
  let web: FakeContainer;

  beforeEach(async () => {
    setup = await fakeSetup();
    web = setup.daemon.add('a', 'web');
    await setup.open();
    await setup.settle();
  });
  afterEach(() => setup.close());

  /** Says which containers were told as changed, by an event that comes after all others. */
  async function toldBefore(last: FakeContainer): Promise<string[]> {
    setup.daemon.emit('rename', last);
    await vi.waitFor(() => expect(names()).toContain(last.id));
    return names().filter((id) => id !== last.id);
  }

  const names = (): string[] => setup.changed.flat().map((id) => setup.identities.nativeFor(id) ?? 'gone');

  test.each(['start', 'die', 'oom', 'pause', 'unpause', 'rename', 'update', 'health_status: healthy', 'destroy'])(
    '%s touches the row',
    async (action) => {
      setup.daemon.emit(action, web);
      await vi.waitFor(() => expect(setup.changed.flat()).toHaveLength(1));
    },
  );

  test.each(['connect', 'disconnect'])('network %s touches the row', async (action) => {
    setup.daemon.emit(action, web, 'network');
    await vi.waitFor(() => expect(names()).toEqual([web.id]));
  });

  test('probes, execs and other networks touch no row', async () => {
    setup.daemon.emit('exec_create: /bin/sh -c true', web);
    setup.daemon.emit('exec_start: /bin/sh -c true', web);
    setup.daemon.emit('exec_die', web);
    setup.daemon.emit('top', web);
    setup.daemon.emit('create', web, 'network');
    setup.daemon.emit('pull', web, 'image');
    expect(await toldBefore(setup.daemon.add('z', 'last'))).toEqual([]);
  });

  test('many events of one container in one piece are told once', async () => {
    const actor = { ID: web.id, Attributes: {} };
    const line = (Action: string): string => `${JSON.stringify({ Type: 'container', Action, Actor: actor })}\n`;
    setup.daemon.send(line('kill') + line('die') + line('stop'));
    await vi.waitFor(() => expect(setup.changed).toHaveLength(1));
    expect(await toldBefore(setup.daemon.add('z', 'last'))).toEqual([web.id]);
  });

  test('an event may be cut anywhere, also within a letter', async () => {
    const actor = { ID: web.id, Attributes: { name: 'posada-ñandú-🐳' } };
    const bytes = Buffer.from(`${JSON.stringify({ Type: 'container', Action: 'start', Actor: actor })}\n`);
    for (const byte of bytes) setup.daemon.send(Uint8Array.of(byte));
    await vi.waitFor(() => expect(names()).toEqual([web.id]));
    expect(setup.counts.changedAll).toBe(0);
  });

  test('a row read ahead is dropped when an event touches it', async () => {
    const other = setup.daemon.add('b', 'other');
    await setup.engine.list();
    await vi.waitFor(() => expect(names()).toEqual([other.id]));
    other.state = 'paused';
    setup.changed.length = 0;
    setup.daemon.emit('pause', other);
    await vi.waitFor(() => expect(setup.changed).toHaveLength(1));
    const [row] = await setup.engine.read(setup.changed.flat());
    expect(row?.state).toBe('paused');
  });

  /** Each way in which a stream can end while the engine lives. */
  const endings: [string, () => void][] = [
    ['ends', () => setup.daemon.streams.forEach((stream) => void stream.end())],
    ['breaks', () => setup.daemon.streams.forEach((stream) => void stream.destroy())],
    [
      'ends within an event',
      () => setup.daemon.streams.forEach((stream) => void stream.end('{"Type":"container","Action":"sta')),
    ],
    ['brings garbage', () => setup.daemon.send('<html>\n')],
    ['brings what is no event', () => setup.daemon.send('{"Type":7}\n')],
    ['brings an endless line', () => setup.daemon.send('x'.repeat(1024 * 1024 + 1))],
  ];

  test.each(endings)('a stream that %s is followed anew and everything is read again', async (_name, end) => {
    end();
    await vi.waitFor(() => expect(setup.counts.changedAll).toBe(1));
    expect(setup.daemon.count(/events/)).toBe(2);
    await vi.waitFor(() => expect(setup.daemon.streams.size).toBe(1));
    setup.daemon.emit('start', web);
    await vi.waitFor(() => expect(names()).toContain(web.id));
    expect(setup.lost).toEqual([]);
    await setup.engine.ping();
  });

  test('after a gap every detail is asked for again', async () => {
    const before = setup.daemon.count(/containers\/a/);
    setup.daemon.streams.forEach((stream) => void stream.end());
    await vi.waitFor(() => expect(setup.counts.changedAll).toBe(1));
    await setup.engine.list();
    await vi.waitFor(() => expect(setup.daemon.count(/containers\/a/)).toBe(before + 1));
  });

  test('while an engine refuses its events it is listed again and again, and stays open', async () => {
    setup.daemon.on(/^GET \/events$/, (_request, response) => refuse(response, 500, 'no'));
    setup.daemon.streams.forEach((stream) => void stream.end());
    await vi.waitFor(() => expect(setup.counts.changedAll).toBeGreaterThan(2));
    expect(setup.lost).toEqual([]);
  });

  test('a daemon that dies is told as lost once, and the engine is closed then', async () => {
    await setup.daemon.die();
    await vi.waitFor(() => expect(setup.lost).toHaveLength(1));
    expect(setup.lost[0]).toMatchObject({ code: 'engine-stopped', raw: { code: 'ECONNREFUSED' } });
    await expect(setup.engine.list()).rejects.toMatchObject({ failure: { code: 'engine-lost' } });
    await setup.daemon.listen();
    await setup.open();
    expect(await setup.engine.list()).toHaveLength(1);
    expect(setup.lost).toHaveLength(1);
  });

  test('a daemon that goes away with its socket is told so', async () => {
    await setup.daemon.die();
    await rm(setup.daemon.socket);
    await vi.waitFor(() => expect(setup.lost).toHaveLength(1));
    expect(['engine-missing', 'engine-stopped']).toContain(setup.lost[0]?.code);
    expect(setup.lost[0]?.raw?.source).toBe('system');
  });

  test('a daemon that breaks the stream and then hangs is followed anew when it answers', async () => {
    const pings = setup.daemon.count(/_ping/);
    setup.daemon.freeze();
    setup.daemon.streams.forEach((stream) => void stream.destroy());
    await vi.waitFor(() => expect(setup.daemon.count(/_ping/)).toBe(pings + 1));
    setup.daemon.thaw();
    await vi.waitFor(() => expect(setup.counts.changedAll).toBe(1));
    expect(setup.lost).toEqual([]);
  });

  test('questions under way end when the engine is lost', async () => {
    setup.daemon.on(/^GET \/containers\/json$/, () => undefined);
    setup.daemon.on(/^GET \/_ping$/, (_request, response) => refuse(response, 503, 'going down'));
    setup.daemon.on(/^GET \/containers\/ax+\/json$/, () => undefined);
    const listing = failureOf(setup.engine.list());
    const reading = failureOf(setup.engine.read([setup.identities.guestFor(setup.engine.info.id, web.id)]));
    setup.daemon.streams.forEach((stream) => void stream.destroy());
    expect(await listing).toMatchObject({ code: 'engine-lost' });
    expect(await reading).toMatchObject({ code: 'engine-lost' });
  });
});

test('an engine that sends no head before its first event is open all the same', async () => {
  const setup = await fakeSetup();
  try {
    setup.daemon.on(/^GET \/events$/, (_request, response) => void setup.daemon.streams.add(response));
    await setup.open();
    const web = setup.daemon.add('a', 'web');
    setup.daemon.emit('start', web);
    await vi.waitFor(() => expect(setup.changed).toHaveLength(1));
  } finally {
    await setup.close();
  }
});
