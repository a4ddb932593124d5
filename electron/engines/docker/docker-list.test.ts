import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guest as guestSchema } from '../../../shared/guest.ts';
import { Gate } from '../../testing/scripted-engine.ts';
import { inspected, refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

describe('listing and reading', () => {
  let setup: FakeSetup;

  beforeEach(async () => {
    setup = await fakeSetup();
    await setup.open();
  });
  afterEach(() => setup.close());

  test('lists hundreds with one request and waits for no inspect', async () => {
    for (let index = 0; index < 300; index += 1) setup.daemon.add(`c${index}`, `web-${index}`);
    setup.daemon.on(/^GET \/containers\/([^/]+)\/json$/, () => undefined);
    const list = await setup.engine.list();
    expect(list).toHaveLength(300);
    expect(setup.daemon.count(/containers\/json/)).toBe(1);
  });

  test('reads details afterwards, two at a time, once each', async () => {
    for (let index = 0; index < 9; index += 1) setup.daemon.add(`c${index}`, `web-${index}`);
    let now = 0;
    let most = 0;
    const gate = new Gate();
    setup.daemon.on(/^GET \/containers\/([^/]+)\/json$/, (_request, response, [, id = '']) => {
      now += 1;
      most = Math.max(most, now);
      void gate.passed().then(() => {
        now -= 1;
        const container = setup.daemon.containers.get(id);
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(container && inspected(container)));
      });
    });
    const settling = setup.settle();
    await vi.waitFor(() => expect(now).toBe(2));
    gate.open();
    const rows = await settling;
    expect(most).toBe(2);
    // The read that follows the hint takes what was read ahead: it asks nothing more.
    expect(setup.daemon.count(/GET .*\/containers\/c/)).toBe(9);
    expect(rows.every((row) => row.startedAt === Date.parse('2023-11-14T22:13:21Z'))).toBe(true);
    // A second list has the details from the first time, and asks for none again.
    expect((await setup.engine.list()).every((row) => row.startedAt !== undefined)).toBe(true);
    expect(setup.daemon.count(/GET .*\/containers\/c/)).toBe(9);
  });

  test('gives old details no longer to a container whose status changed', async () => {
    const web = setup.daemon.add('a', 'web');
    await setup.settle();
    web.state = 'exited';
    const [row] = await setup.engine.list();
    expect(row).toMatchObject({ state: 'stopped' });
    expect(row?.startedAt).toBeUndefined();
    await vi.waitFor(() => expect(setup.daemon.count(/GET .*\/containers\/a/)).toBe(2));
  });

  test('makes a container whose inspect fails a row with its failure', async () => {
    setup.daemon.add('a', 'good');
    const bad = setup.daemon.add('b', 'bad');
    setup.daemon.on(new RegExp(`^GET /containers/(${bad.id})/json$`), (_request, response) =>
      refuse(response, 500, 'layer not found'),
    );
    const rows = await setup.settle();
    expect(rows.map((row) => [row.name, row.failure?.code])).toEqual([
      ['good', undefined],
      ['bad', 'guest-broken'],
    ]);
    for (const row of rows) expect(guestSchema.safeParse(row).error).toBeUndefined();
    expect(rows[1]?.failure?.raw).toEqual({ source: 'docker', code: 500, text: 'layer not found' });
    // It stays with the row when the list is made again, and goes when the inspect succeeds.
    expect((await setup.engine.list())[1]?.failure?.code).toBe('guest-broken');
    setup.daemon.on(/^GET \/containers\/([^/]+)\/json$/, () => inspected(bad));
    await vi.waitFor(async () => expect((await setup.engine.list())[1]?.failure).toBeUndefined());
  });

  test('makes a list item of another shape a row with its failure', async () => {
    const good = setup.daemon.add('a', 'good');
    setup.daemon.on(/^GET \/containers\/json$/, () => [
      { Id: 'b'.repeat(64), Names: 5 },
      { Id: good.id, Names: ['/good'], Created: 1, State: 'running' },
    ]);
    const list = await setup.engine.list();
    expect(list.map((row) => [row.name, row.state, row.failure?.code])).toEqual([
      ['bbbbbbbbbbbb', 'unknown', 'guest-broken'],
      ['good', 'running', undefined],
    ]);
    expect(list[0]?.offers.every((offer) => !offer.ready && offer.because.key === 'because.broken')).toBe(true);
  });

  test('refuses a list that is none, and one with ids that are none', async () => {
    setup.daemon.on(/^GET \/containers\/json$/, () => ({ containers: [] }));
    expect(await failureOf(setup.engine.list())).toMatchObject({ code: 'protocol' });
    setup.daemon.on(/^GET \/containers\/json$/, () => [{ Id: '../../images/json?' }]);
    expect(await failureOf(setup.engine.list())).toMatchObject({ code: 'protocol' });
  });

  test('refuses an answer that is cut off, and one that is no JSON', async () => {
    setup.daemon.on(/^GET \/containers\/json$/, (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 1000 });
      response.write('[{"Id":', () => response.destroy());
    });
    expect(await failureOf(setup.engine.list())).toMatchObject({ code: 'engine-lost' });
    setup.daemon.on(/^GET \/containers\/json$/, (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('[{"Id":');
    });
    expect(await failureOf(setup.engine.list())).toMatchObject({ code: 'protocol' });
  });

  test('gives up on a list that does not come', async () => {
    setup.daemon.on(/^GET \/containers\/json$/, () => undefined);
    expect(await failureOf(setup.engine.list())).toMatchObject({ code: 'engine-hung' });
  });

  test('does not follow a redirect', async () => {
    setup.daemon.on(/^GET \/containers\/json$/, (_request, response) => {
      response.writeHead(302, { Location: 'file:///etc/passwd' }).end();
    });
    expect(await failureOf(setup.engine.list())).toMatchObject({ code: 'refused' });
  });

  test('leaves out what is gone, and reads at most four at once', async () => {
    for (let index = 0; index < 12; index += 1) setup.daemon.add(`c${index}`, `web-${index}`);
    const rows = await setup.settle();
    let now = 0;
    let most = 0;
    const gate = new Gate();
    setup.daemon.on(/^GET \/containers\/([^/]+)\/json$/, (_request, response, [, id = '']) => {
      now += 1;
      most = Math.max(most, now);
      void gate.passed().then(() => {
        now -= 1;
        const container = setup.daemon.containers.get(id);
        if (!container) return refuse(response, 404, `No such container: ${id}`);
        response.setHeader('Content-Type', 'application/json');
        return response.end(JSON.stringify(inspected(container)));
      });
    });
    for (const id of [...setup.daemon.containers.keys()].slice(0, 2)) setup.daemon.containers.delete(id);
    const reading = setup.engine.read(rows.map((row) => row.id));
    await vi.waitFor(() => expect(now).toBe(4));
    gate.open();
    expect(await reading).toHaveLength(10);
    expect(most).toBe(4);
  });

  test('keeps the guest of a label over a recreate, and gives a copied label to one only', async () => {
    const label = { 'io.posada.guest': 'web-1' };
    const first = setup.daemon.add('a', 'web', 'running', label);
    setup.daemon.add('b', 'copy', 'running', label);
    const [web, copy] = await setup.settle();
    expect(web?.id).not.toBe(copy?.id);

    setup.daemon.containers.delete(first.id);
    setup.daemon.emit('destroy', first);
    const second = setup.daemon.add('c', 'web', 'created', label);
    setup.daemon.emit('create', second);
    await vi.waitFor(async () => {
      const [row] = web ? await setup.engine.read([web.id]) : [];
      expect(row?.nativeId).toBe(second.id);
    });
  });

  test('does not list what went while the list was under way, nor forget what came', async () => {
    const old = setup.daemon.add('a', 'old');
    await setup.settle();
    const gate = new Gate();
    let answered = false;
    setup.daemon.on(/^GET \/containers\/json$/, (_request, response) => {
      void gate.passed().then(() => {
        answered = true;
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify([{ Id: old.id, Names: ['/old'], Created: 1, State: 'running' }]));
      });
    });
    const listing = setup.engine.list();
    await vi.waitFor(() => expect(setup.daemon.count(/containers\/json/)).toBe(2));
    setup.daemon.containers.delete(old.id);
    setup.daemon.emit('destroy', old);
    const young = setup.daemon.add('b', 'young');
    setup.daemon.emit('create', young);
    await vi.waitFor(() => expect(setup.changed.flat()).toHaveLength(2));
    const [, youngId] = setup.changed.flat();
    expect(answered).toBe(false);
    gate.open();
    expect(await listing).toEqual([]);
    const read = youngId ? await setup.engine.read([youngId]) : [];
    expect(read.map((row) => row.name)).toEqual(['young']);
  });
});
