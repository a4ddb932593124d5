import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Action } from '../../../shared/action.ts';
import { say } from '../../../shared/message.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import { type FakeContainer, refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

const run: ActionRun = quietRun();

let setup: FakeSetup;
let web: FakeContainer;

beforeEach(async () => {
  setup = await fakeSetup();
  web = setup.daemon.add('a', 'web');
  setup.daemon.on(/^(POST|DELETE) /, (_request, response) => void response.writeHead(204).end());
});
afterEach(() => setup.close());

const row = async () => {
  const [guest] = await setup.engine.list();
  if (!guest) throw new Error('no row');
  return guest;
};
const act = async (action: Action) => setup.engine.act((await row()).id, action, run);
const changes = () => setup.daemon.requests.filter((request) => !request.startsWith('GET'));

describe('rename', () => {
  beforeEach(() => setup.open());

  test('is POST …/rename, and the row is read anew', async () => {
    await act({ verb: 'rename', name: 'shop' });
    expect(changes()).toEqual([`POST /v1.41/containers/${web.id}/rename?name=shop`]);
    expect(setup.changed.flat()).toContain((await row()).id);
  });

  test('to its own name is done without asking: Docker would refuse', async () => {
    await act({ verb: 'rename', name: 'web' });
    expect(changes()).toEqual([]);
  });

  test.each(['-x', 'a', 'two words', 'a/b', 'ñandú', '.x'])(
    'to %s is refused before the engine is asked',
    async (name) => {
      const failure = await failureOf(act({ verb: 'rename', name }));
      expect(failure).toMatchObject({
        code: 'bad-input',
        title: { key: 'failure.title.act', params: { verb: 'verb.rename', name: 'web' } },
        detail: say('failure.detail.badName', { name }),
        remedies: [{ do: 'read', text: { key: 'remedy.otherName' } }],
      });
      expect(changes()).toEqual([]);
    },
  );

  test('to a taken name says so, with the words of the engine', async () => {
    const text = 'Conflict. The container name "/db" is already in use by container "b"';
    setup.daemon.on(/rename$/, (_request, response) => refuse(response, 409, text));
    expect(await failureOf(act({ verb: 'rename', name: 'db' }))).toMatchObject({
      code: 'bad-input',
      detail: say('failure.detail.nameTaken', { name: 'db' }),
      remedies: [{ do: 'read', text: { key: 'remedy.otherName' } }],
      raw: { source: 'docker', code: 409, text },
    });
  });

  test('of one that is being removed says that, not that the name is taken', async () => {
    setup.daemon.on(/rename$/, (_request, response) => refuse(response, 409, 'removal of container a is in progress'));
    expect(await failureOf(act({ verb: 'rename', name: 'db' }))).toMatchObject({ code: 'guest-busy' });
  });
});

describe('restart policy', () => {
  beforeEach(() => setup.open());

  test('is POST …/update with nothing else in it', async () => {
    await act({ verb: 'setRestartPolicy', policy: 'on-failure', maximumRetries: 3 });
    await act({ verb: 'setRestartPolicy', policy: 'always', maximumRetries: 3 });
    expect(changes()).toEqual(Array(2).fill(`POST /v1.41/containers/${web.id}/update`));
    expect(setup.daemon.bodies).toEqual([
      { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
      { RestartPolicy: { Name: 'always', MaximumRetryCount: 0 } },
    ]);
  });

  test('of a container that is removed when it stops is not offered, and refused', async () => {
    web.host = { AutoRemove: true };
    const [guest] = await setup.settle();
    expect(guest).toMatchObject({ transient: true });
    expect(guest?.offers.find(({ verb }) => verb === 'setRestartPolicy')).toMatchObject({
      ready: false,
      because: { key: 'because.autoRemove' },
    });
    expect(await failureOf(act({ verb: 'setRestartPolicy', policy: 'always' }))).toMatchObject({
      code: 'refused',
      detail: { key: 'because.autoRemove' },
    });
    expect(changes()).toEqual([]);
  });
});

test.each([
  ['4.3.1', false],
  ['5.0.3', false],
  ['5.1.0', true],
  ['6.0.0-rc1', true],
])('Podman %s changes restart policies: %s', async (version, can) => {
  setup.daemon.on(/^GET \/_ping$/, (_request, response) => {
    response.writeHead(200, { 'Api-Version': '1.41', 'Libpod-Api-Version': version }).end('OK');
  });
  const Components = [{ Name: 'Podman Engine', Version: version }];
  setup.daemon.on(/^GET \/version$/, () => ({ Version: version, ApiVersion: '1.41', Components }));
  await setup.open();
  const offer = (await row()).offers.find(({ verb }) => verb === 'setRestartPolicy');
  expect(offer?.ready).toBe(can);
  if (can) return act({ verb: 'setRestartPolicy', policy: 'always' });
  const because = say('because.engineOlder', { engine: 'Podman', version, needed: '5.1' });
  expect(offer).toMatchObject({ because });
  const failure = await failureOf(act({ verb: 'setRestartPolicy', policy: 'always' }));
  expect(failure).toMatchObject({ code: 'not-supported', detail: because });
});

test.each([
  ['1', ['name=seccomp,profile=default', 'name=rootless'], false],
  ['2', ['name=rootless'], true],
  ['1', ['name=seccomp,profile=default'], true],
])('Podman with control groups %s and %j freezes and measures containers: %s', async (version, security, can) => {
  setup.daemon.on(/^GET \/_ping$/, (_request, response) => {
    response.writeHead(200, { 'Api-Version': '1.41', 'Libpod-Api-Version': '4.3.1' }).end('OK');
  });
  setup.daemon.on(/^GET \/info$/, () => ({ CgroupVersion: version, SecurityOptions: security }));
  web.state = 'running';
  await setup.open();
  const guest = await row();
  const offer = guest.offers.find(({ verb }) => verb === 'pause');
  expect(offer?.ready).toBe(can);
  if (!can) {
    expect(offer).toMatchObject({ because: say('because.noCgroups') });
    expect(await setup.engine.sample([guest.id])).toEqual([]);
  }
});

describe('title, tags and protection', () => {
  beforeEach(async () => {
    web.labels = {
      'io.posada.tags': 'prod, db,two words,prod',
      'io.posada.title': 'Shop',
      'io.posada.protected': 'true',
    };
    await setup.open();
  });

  test('are what the labels say until the person changes anything', async () => {
    expect(await row()).toMatchObject({ title: 'Shop', tags: ['db', 'prod'], protected: true });
    await act({ verb: 'setTags', add: ['año'], remove: ['db'] });
    expect(await row()).toMatchObject({ title: 'Shop', tags: ['año', 'prod'], protected: true });
    await act({ verb: 'setTitle', title: '' });
    await act({ verb: 'unprotect' });
    const now = await row();
    expect(now).not.toHaveProperty('title');
    expect(now).toMatchObject({ tags: ['año', 'prod'], protected: false });
    await act({ verb: 'setTags', add: [], remove: ['año', 'prod'] });
    expect((await row()).tags).toEqual([]);
    expect(changes()).toEqual([]);
  });

  test('are told as a change of the row, since no engine tells of them', async () => {
    const { id } = await row();
    setup.changed.length = 0;
    await act({ verb: 'setTitle', title: 'New' });
    expect(setup.changed.flat()).toContain(id);
  });

  test('that are too many, or of several lines, are refused', async () => {
    const add = Array.from({ length: 32 }, (_, index) => `t${index}`);
    expect(await failureOf(act({ verb: 'setTags', add, remove: [] }))).toMatchObject({
      detail: { key: 'failure.detail.tooManyTags', params: { most: 32 } },
    });
    expect(await failureOf(act({ verb: 'setTitle', title: 'two\nlines' }))).toMatchObject({
      detail: { key: 'failure.detail.badTitle' },
    });
    expect(await row()).toMatchObject({ title: 'Shop', tags: ['db', 'prod'] });
  });

  test('offer protection one way or the other, and no delete of what is protected', async () => {
    const ready = async (verb: string) => (await row()).offers.find((offer) => offer.verb === verb)?.ready;
    expect([await ready('protect'), await ready('unprotect'), await ready('delete')]).toEqual([false, true, false]);
    await act({ verb: 'unprotect' });
    expect([await ready('protect'), await ready('unprotect'), await ready('delete')]).toEqual([true, false, true]);
  });

  test('keep what is protected from being deleted, whoever asks', async () => {
    expect(await failureOf(act({ verb: 'delete', parts: [], endsRunning: true }))).toMatchObject({
      code: 'refused',
      detail: { key: 'failure.detail.protected' },
      remedies: [{ do: 'read', text: { key: 'remedy.unprotect' } }],
    });
    expect(changes()).toEqual([]);
  });

  test('that cannot be written fail as the verb that was asked for', async () => {
    setup.annotations.keep = async () => {
      const detail = say('failure.detail.notKept', { path: '/x' });
      throw new FailureError({ code: 'no-resources', title: say('failure.title.keep'), detail, remedies: [] });
    };
    expect(await failureOf(act({ verb: 'protect' }))).toMatchObject({
      title: { key: 'failure.title.act', params: { verb: 'verb.protect', name: 'web' } },
      detail: { key: 'failure.detail.notKept' },
    });
  });

  test('are forgotten with the container and not with the connection', async () => {
    const { id } = await row();
    await act({ verb: 'setTitle', title: 'New' });
    await setup.daemon.die();
    await failureOf(setup.engine.list());
    expect(setup.annotations.read(id)?.title).toBe('New');
    await setup.daemon.listen();
    await setup.open();
    expect((await row()).title).toBe('New');
    setup.daemon.containers.clear();
    expect(await setup.engine.list()).toEqual([]);
    expect(setup.annotations.read(id)).toBeUndefined();
  });

  test('stay with the label when the container is recreated', async () => {
    web.labels = { 'io.posada.guest': 'shop' };
    const { id } = await row();
    setup.daemon.containers.clear();
    const next = setup.daemon.add('b', 'web', 'running', { 'io.posada.guest': 'shop' });
    setup.annotations.retain = () => undefined; // the side store remembers for 30 days (side-store.test.ts)
    await setup.annotations.keep(id, { tags: ['prod'], protected: true });
    expect(await row()).toMatchObject({ id, nativeId: next.id, tags: ['prod'], protected: true });
  });
});
