import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuestId } from '../../../shared/ids.ts';
import type { PlainVerb } from '../../../shared/verbs.ts';
import { quietRun } from '../../journal/testing/quiet-run.ts';
import { domainState } from './client/index.ts';
import { type FakeClient, FakeServer } from './client/testing/fake-server.ts';
import { makeEndpoint } from './endpoint.ts';
import { LibvirtEngine } from './libvirt-engine.ts';
import { fakeDomain } from './testing/fakes.ts';

const domains = [1, 2, 3, 4, 5].map((id) => fakeDomain(id));
const action = quietRun();
const changed = vi.fn<(guests: readonly GuestId[]) => void>();

let server: FakeServer;
let engine: LibvirtEngine;
let ids: GuestId[];
/** Who takes the next connections: none when false. */
let takesMore: boolean;
let leases: string[];

beforeEach(async () => {
  takesMore = true;
  leases = [];
  server = await FakeServer.start();
  server.answer = (client, { name, args, frame }) => {
    const uuid = (args as { uuid?: string } | undefined)?.uuid;
    const params = [{ field: 'state.state', value: { type: 1, value: domainState.running } }];
    switch (name) {
      case 'AUTH_LIST':
        return takesMore ? false : client.refuse(frame, 1, 'too many clients');
      case 'CONNECT_GET_TYPE':
        return client.reply(frame, { type: 'QEMU' });
      case 'CONNECT_GET_LIB_VERSION':
        return client.reply(frame, { lib_ver: 9_000_000 });
      case 'CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY':
        return client.reply(frame, { callbackID: 1 });
      case 'CONNECT_GET_ALL_DOMAIN_STATS':
        return client.reply(frame, { retStats: domains.map((dom) => ({ dom, params })) });
      case 'DOMAIN_LOOKUP_BY_UUID':
        return client.reply(frame, { dom: domains.find((dom) => dom.uuid === uuid) });
      case 'DOMAIN_GET_STATE':
        return client.reply(frame, { state: domainState.running, reason: 1 });
      case 'DOMAIN_GET_XML_DESC':
        return client.reply(frame, {
          xml: "<domain type='kvm'><devices><interface type='bridge'/></devices></domain>",
        });
      case 'DOMAIN_INTERFACE_ADDRESSES': {
        const addrs = leases.map((addr) => ({ type: 0, addr, prefix: 24 }));
        return client.reply(frame, { ifaces: [{ name: 'vnet0', hwaddr: null, addrs }] });
      }
      case 'DOMAIN_SHUTDOWN':
        return undefined; // on dead storage: it never answers
      default:
        return false;
    }
  };
  changed.mockClear();
  engine = new LibvirtEngine(makeEndpoint('qemu:///system', false, server.path));
  await engine.open({ changed, changedAll: () => undefined, happened: () => undefined, lost: () => undefined });
  ids = (await engine.list()).map(({ id }) => id);
});
afterEach(async () => {
  vi.useRealTimers();
  await engine.close();
  await server.stop();
});

function clientsThat(call: string): FakeClient[] {
  return server.clients.filter(({ calls }) => calls.includes(call));
}

/** Fills the connection for actions with requests that hang. */
async function hang(verb: PlainVerb): Promise<void> {
  for (const id of ids.slice(0, 4)) void engine.act(id, { verb }, action).catch(() => undefined);
  await vi.waitFor(() =>
    expect(clientsThat('DOMAIN_SHUTDOWN')[0]?.calls.filter((name) => name === 'DOMAIN_SHUTDOWN')).toHaveLength(4),
  );
}

test('Force off waits behind nothing that hangs: it has a connection of its own, which is closed after it', async () => {
  await hang('shutDown');
  await engine.act(ids[0] as GuestId, { verb: 'forceOff' }, action);
  const [own, ...others] = clientsThat('DOMAIN_DESTROY');
  expect(others).toEqual([]);
  expect(own?.calls).not.toContain('DOMAIN_SHUTDOWN');
  await vi.waitFor(() => expect(own?.socket.destroyed).toBe(true));
  expect(server.clients.filter(({ socket }) => !socket.destroyed)).toHaveLength(3);
});

test('Force off goes over the connection for actions where the daemon takes no more of them', async () => {
  takesMore = false;
  await engine.act(ids[0] as GuestId, { verb: 'forceOff' }, action);
  expect(server.clients.filter(({ socket }) => !socket.destroyed)).toHaveLength(3);
  expect(clientsThat('DOMAIN_DESTROY')).toHaveLength(1);
});

test('a guest that has another address later is told, and its row has it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  leases = ['10.0.0.1'];
  expect((await engine.read(ids)).map(({ addresses }) => addresses[0])).toEqual(ids.map(() => '10.0.0.1'));
  changed.mockClear();
  leases = ['10.0.0.1', 'fd00::1'];
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(changed.mock.calls.flat(2).sort()).toEqual([...ids].sort()));
  expect((await engine.read(ids))[0]?.addresses).toEqual(leases);
});
