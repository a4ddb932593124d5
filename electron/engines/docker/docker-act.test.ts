import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failure as failureSchema } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import type { PlainVerb } from '../../../shared/verbs.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../engine.ts';
import { refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

const run: ActionRun = quietRun();

describe('verbs', () => {
  let setup: FakeSetup;
  let web: GuestId;

  beforeEach(async () => {
    setup = await fakeSetup();
    setup.daemon.add('a', 'web');
    await setup.open();
    const [row] = await setup.settle();
    if (!row) throw new Error('no row');
    web = row.id;
  });
  afterEach(() => setup.close());

  test.each<[PlainVerb, string]>([
    ['start', 'start'],
    ['shutDown', 'stop'],
    ['restart', 'restart'],
    ['pause', 'pause'],
    ['resume', 'unpause'],
    ['forceOff', 'kill'],
  ])('%s is POST …/%s', async (verb, path) => {
    setup.daemon.on(/^POST /, (_request, response) => void response.writeHead(204).end());
    await setup.engine.act(web, { verb }, run);
    expect(setup.daemon.requests.at(-1)).toMatch(new RegExp(`^POST /v1\\.41/containers/ax+/${path}$`));
  });

  test('a failure names verb, guest and the command that does the same', async () => {
    setup.daemon.on(/^POST /, (_request, response) => refuse(response, 500, 'something odd'));
    const failure = await failureOf(setup.engine.act(web, { verb: 'shutDown' }, run));
    expect(failureSchema.safeParse(failure).error).toBeUndefined();
    expect(failure).toMatchObject({
      code: 'refused',
      guest: web,
      title: { key: 'failure.title.act', params: { verb: 'verb.stop', name: 'web' } },
      raw: { source: 'docker', code: 500, text: 'something odd' },
    });
    expect(failure.remedies[0]).toMatchObject({
      do: 'run',
      command: `docker -H unix://${setup.daemon.socket} stop ${'a'.padEnd(64, 'x')}`,
    });
  });

  test('a guest that never was is gone', async () => {
    expect(await failureOf(setup.engine.act('nobody' as GuestId, { verb: 'start' }, run))).toMatchObject({
      code: 'guest-gone',
    });
  });

  test('cancel ends the request, and the failure says so', async () => {
    let left = false;
    setup.daemon.on(/^POST /, (request) => {
      request.socket.on('close', () => {
        left = true;
      });
    });
    const cancel = new AbortController();
    const acting = failureOf(setup.engine.act(web, { verb: 'shutDown' }, { ...run, signal: cancel.signal }));
    await vi.waitFor(() => expect(setup.daemon.count(/POST/)).toBe(1));
    cancel.abort();
    expect(await acting).toMatchObject({ code: 'cancelled', guest: web });
    await vi.waitFor(() => expect(left).toBe(true));
    const late = failureOf(setup.engine.act(web, { verb: 'shutDown' }, { ...run, signal: cancel.signal }));
    expect(await late).toMatchObject({ code: 'cancelled' });
    expect(setup.daemon.count(/POST/)).toBe(1);
  });

  test('an action whose answer is cut off by a dying daemon ends with a failure', async () => {
    setup.daemon.on(/^POST /, () => undefined);
    const acting = failureOf(setup.engine.act(web, { verb: 'shutDown' }, run));
    await vi.waitFor(() => expect(setup.daemon.count(/POST/)).toBe(1));
    await setup.daemon.die();
    expect(await acting).toMatchObject({ code: 'engine-lost', guest: web });
  });

  test('an action whose engine is closed has failed: nobody cancelled it', async () => {
    setup.daemon.on(/^POST /, () => undefined);
    const acting = failureOf(setup.engine.act(web, { verb: 'shutDown' }, run));
    await vi.waitFor(() => expect(setup.daemon.count(/POST/)).toBe(1));
    await setup.engine.close();
    const failure = await acting;
    expect(failureSchema.safeParse(failure).error).toBeUndefined();
    expect(failure).toMatchObject({
      code: 'engine-lost',
      guest: web,
      detail: { key: 'failure.detail.lost' },
      remedies: [{ do: 'retry' }],
      raw: { source: 'posada', code: 'closed' },
    });
  });

  test('an action whose engine is lost has failed: nobody cancelled it', async () => {
    setup.daemon.on(/^POST /, () => undefined);
    const acting = failureOf(setup.engine.act(web, { verb: 'shutDown' }, run));
    await vi.waitFor(() => expect(setup.daemon.count(/POST/)).toBe(1));
    setup.daemon.on(/^GET \/_ping$/, (_request, response) => refuse(response, 503, 'going down'));
    setup.daemon.streams.forEach((stream) => void stream.destroy());
    expect(await acting).toMatchObject({ code: 'engine-lost', guest: web });
    expect(setup.lost).toMatchObject([{ code: 'refused' }]);
  });
});
