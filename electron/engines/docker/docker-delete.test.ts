import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Action } from '../../../shared/action.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import type { ActionRun } from '../engine.ts';
import { type FakeContainer, refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

const run: ActionRun = quietRun();
const [one = '', two = ''] = ['1', '2'].map((digit) => digit.repeat(64));

let setup: FakeSetup;
let web: FakeContainer;
let id: GuestId;
let volumes: Set<string>;

beforeEach(async () => {
  setup = await fakeSetup();
  web = setup.daemon.add('a', 'web');
  web.volumes = [one, two, 'data'];
  volumes = new Set(web.volumes);
  setup.daemon.on(/^DELETE \/containers\/([^/]+)$/, (request, response, [, container = '']) => {
    setup.daemon.containers.delete(container);
    if (request.url?.includes('v=1')) for (const name of [one, two]) volumes.delete(name);
    response.writeHead(204).end();
  });
  setup.daemon.on(/^(GET|DELETE) \/volumes\/([^/]+)$/, (request, response, [, , name = '']) => {
    if (!volumes.has(name)) return refuse(response, 404, 'no such volume');
    if (request.method === 'GET') return { Name: name };
    volumes.delete(name);
    return void response.writeHead(204).end();
  });
  setup.daemon.on(/^GET \/system\/df$/, () => ({
    Volumes: [
      { Name: one, UsageData: { Size: 42, RefCount: 1 } },
      { Name: two, UsageData: { Size: -1, RefCount: 1 } },
    ],
  }));
  await setup.open();
  const [row] = await setup.settle();
  if (!row) throw new Error('no row');
  id = row.id;
});
afterEach(() => setup.close());

const remove = (...parts: string[]) =>
  setup.engine.act(id, { verb: 'delete', parts: ['writableLayer', ...parts], endsRunning: true }, run);
const changes = () => setup.daemon.requests.filter((request) => !request.startsWith('GET'));

test('a plan has sizes where the engine knows them, and one measuring serves many plans', async () => {
  expect((await setup.engine.planDelete(id)).map(({ name, size }) => [name, size])).toEqual([
    ['', undefined],
    [one, 42],
    [two, undefined],
    ['data', undefined],
  ]);
  await setup.engine.planDelete(id);
  expect(setup.daemon.count(/system\/df/)).toBe(1);
});

test.each([
  ['refuses', (): void => setup.daemon.on(/system\/df/, (_r, response) => refuse(response, 409, 'already running'))],
  ['hangs', (): void => setup.daemon.on(/system\/df/, () => undefined)],
  [
    'speaks API 1.53',
    (): void =>
      setup.daemon.on(/system\/df/, () => ({ VolumeUsage: { Items: [{ Name: one, UsageData: { Size: 42 } }] } })),
  ],
])('a plan is made also where the measuring %s', async (how, prepare) => {
  prepare();
  const plan = await setup.engine.planDelete(id);
  expect(plan.find(({ name }) => name === one)?.size).toBe(how === 'speaks API 1.53' ? 42 : undefined);
  expect(plan).toHaveLength(4);
});

test('all anonymous volumes go by v=1; those with a name stay', async () => {
  await remove(one, two);
  expect(changes()).toEqual([`DELETE /v1.41/containers/${web.id}?force=1&v=1`]);
  expect([...volumes]).toEqual(['data']);
});

test('of some the chosen ones go one by one', async () => {
  await remove(two);
  expect(changes()).toEqual([`DELETE /v1.41/containers/${web.id}?force=1&v=0`, `DELETE /v1.41/volumes/${two}`]);
  expect([...volumes]).toEqual([one, 'data']);
});

test('without volumes nothing but the container goes', async () => {
  await remove();
  expect(changes()).toEqual([`DELETE /v1.41/containers/${web.id}?force=1&v=0`]);
});

test.each([
  ['one that is no part', 'nonsense'],
  ['one with a name', 'data'],
])('%s is refused before anything is done', async (_which, part) => {
  expect(await failureOf(remove(one, part))).toMatchObject({
    code: 'wrong-state',
    detail: { key: 'failure.detail.changedMeanwhile' },
    remedies: [{ do: 'read', text: { key: 'remedy.lookAgain' } }],
  });
  expect(changes()).toEqual([]);
});

test('one that another container has taken since the plan was made is refused', async () => {
  await setup.engine.planDelete(id);
  setup.daemon.add('b', 'db').volumes = [one];
  expect(await failureOf(remove(one, two))).toMatchObject({ detail: { key: 'failure.detail.changedMeanwhile' } });
  expect(changes()).toEqual([]);
});

test('volumes that stayed are named, with the command that deletes them', async () => {
  setup.daemon.on(/^DELETE \/volumes/, (_request, response) => refuse(response, 409, 'volume is in use'));
  expect(await failureOf(remove(two))).toMatchObject({
    code: 'refused',
    title: { key: 'failure.title.act', params: { verb: 'verb.remove', name: 'web' } },
    detail: { key: 'failure.detail.leftovers', params: { paths: two } },
    remedies: [{ do: 'run', command: `docker -H unix://${setup.daemon.socket} volume rm ${two}` }],
    raw: { code: 409 },
  });
});

test('a volume that v=1 left without a word is found', async () => {
  setup.daemon.on(/^DELETE \/containers/, (_request, response) => void response.writeHead(204).end());
  await remove(one, two);
  expect(changes().slice(1).sort()).toEqual([`DELETE /v1.41/volumes/${one}`, `DELETE /v1.41/volumes/${two}`]);
  expect([...volumes]).toEqual(['data']);
});

test('a volume that is gone already is no leftover', async () => {
  volumes.delete(two);
  await remove(two);
  expect([...volumes]).toEqual([one, 'data']);
});

test('a container that is removed as it stops may be gone before it is removed', async () => {
  web.host = { AutoRemove: true };
  setup.daemon.on(/^DELETE \/containers/, (_request, response) => refuse(response, 404, 'No such container: a'));
  await remove(two);
  expect([...volumes]).toEqual([one, 'data']);
  web.host = {};
  expect(await failureOf(remove())).toMatchObject({ code: 'guest-gone' });
});

test('a container that cannot be removed keeps its volumes', async () => {
  setup.daemon.on(/^DELETE \/containers/, (_request, response) => refuse(response, 500, 'device busy'));
  expect(await failureOf(remove(one))).toMatchObject({ code: 'refused', raw: { text: 'device busy' } });
  expect(volumes.size).toBe(3);
});

test('commands follow the plan where there is one', async () => {
  const docker = `docker -H unix://${setup.daemon.socket}`;
  const commands = (...parts: string[]) => setup.engine.commands(id, { verb: 'delete', parts, endsRunning: true });
  expect(commands(one)).toEqual([`${docker} rm --force web`, `${docker} volume rm ${one}`]);
  await setup.engine.planDelete(id);
  expect(commands('writableLayer', one, two)).toEqual([`${docker} rm --force --volumes web`]);
  expect(commands('writableLayer')).toEqual([`${docker} rm --force web`]);
});

test('leaves alone one that another client has started since it was agreed to', async () => {
  web.state = 'running';
  const action: Action = { verb: 'delete', parts: [], endsRunning: false };
  expect(await failureOf(setup.engine.act(id, action, run))).toMatchObject({
    detail: { key: 'failure.detail.changedMeanwhile' },
  });
  expect(changes()).toEqual([]);
  web.state = 'exited';
  await setup.engine.act(id, action, run);
  expect(changes()).toHaveLength(1);
});
