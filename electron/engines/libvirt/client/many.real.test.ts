import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allDomainStats, connect, domainState, errorCode, LibvirtHost, numberParam, statsGroup } from './index.ts';

const count = 1000;
const numbers = Array.from({ length: count }, (_, index) => index);
const nameOf = (index: number): string => `posada-test-many-${index}`;
const uuidOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
/** Sizes differ, so that a figure tells whose it is. */
const memoryOf = (index: number): number => 65_536 + index;

let folder: string;
let host: LibvirtHost;

beforeAll(async () => {
  folder = await mkdtemp('/var/tmp/posada-test-many-');
  await chmod(folder, 0o755);
  const domains = numbers.map(
    (index) =>
      `<domain type='test'><name>${nameOf(index)}</name><uuid>${uuidOf(index)}</uuid>` +
      `<memory>${memoryOf(index)}</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>`,
  );
  await writeFile(path.join(folder, 'node.xml'), `<node>${domains.join('')}</node>`);
  host = await LibvirtHost.open({ uri: `test://${folder}/node.xml` });
});
afterAll(async () => {
  host?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a node file is a world of its own for each connection, so that a host has one', async () => {
  expect(host.polling).toBe(host.events);
  const other = await connect({ uri: `test://${folder}/node.xml` });
  await other.call('DOMAIN_DESTROY', { dom: (await other.call('DOMAIN_LOOKUP_BY_NAME', { name: nameOf(0) })).dom });
  other.close();
  const { dom } = await host.events.call('DOMAIN_LOOKUP_BY_NAME', { name: nameOf(0) });
  expect(await host.events.call('DOMAIN_GET_STATE', { dom, flags: 0 })).toMatchObject({ state: domainState.running });
});

test('a thousand domains are listed in one call', async () => {
  const { domains } = await host.events.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
  const found = new Map(domains.map(({ name, uuid }) => [name, uuid]));
  expect(domains).toHaveLength(count);
  expect(found).toEqual(new Map(numbers.map((index) => [nameOf(index), uuidOf(index)])));
});

test('the states of a thousand domains come in one call', async () => {
  const stats = await allDomainStats(host.polling, statsGroup.state);
  expect(new Set(stats.map(({ uuid }) => uuid))).toEqual(new Set(numbers.map(uuidOf)));
  expect(stats.map(({ params }) => numberParam(params, 'state.state'))).toEqual(stats.map(() => domainState.running));
});

test('the states of a thousand named domains come in order, those that are gone left out', async () => {
  const { domains } = await host.polling.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
  const gone = { name: 'nobody', uuid: '99999999-0000-4000-8000-000000000000', id: -1 };
  const named = domains.toSpliced(500, 0, gone);
  const stats = await allDomainStats(host.polling, statsGroup.state, named);
  expect(stats.map(({ uuid }) => uuid)).toEqual(domains.map(({ uuid }) => uuid));
});

test('a thousand calls at once get each its own answer', async () => {
  const answers = await Promise.all(
    numbers.map(async (index) => {
      const { dom } = await host.events.call('DOMAIN_LOOKUP_BY_UUID', { uuid: uuidOf(index) });
      const { maxMem } = await host.events.call('DOMAIN_GET_INFO', { dom });
      return [dom.name, Number(maxMem)];
    }),
  );
  expect(answers).toEqual(numbers.map((index) => [nameOf(index), memoryOf(index)]));
});

test('of a thousand calls at once each second one is refused, and each first one answered', async () => {
  const answers = await Promise.allSettled(
    numbers.map((index) =>
      host.events.call('DOMAIN_LOOKUP_BY_NAME', { name: index % 2 === 0 ? nameOf(index) : `${nameOf(index)}-not` }),
    ),
  );
  const told = answers.map((each) => (each.status === 'fulfilled' ? each.value.dom.uuid : each.reason.code));
  expect(told).toEqual(numbers.map((index) => (index % 2 === 0 ? uuidOf(index) : errorCode.noDomain)));
});
