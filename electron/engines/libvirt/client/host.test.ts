import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type HostEvents, LibvirtHost } from './host.ts';
import { FakeServer } from './testing/fake-server.ts';

const uri = 'qemu:///system';
let server: FakeServer;
const hosts: LibvirtHost[] = [];

async function open(events: HostEvents = {}, address = uri): Promise<LibvirtHost> {
  const host = await LibvirtHost.open({ uri: address, socketPaths: [server.path] }, events);
  hosts.push(host);
  return host;
}

beforeEach(async () => {
  server = await FakeServer.start();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const host of hosts.splice(0)) host.close();
  await server.stop();
});

describe('a host', () => {
  test('has three connections, and loses them together', async () => {
    const lost = vi.fn();
    const host = await open({ lost });
    expect(server.clients).toHaveLength(3);
    server.clients[1]?.socket.destroy();
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1));
    expect([host.events, host.polling, host.actions].every((connection) => connection.isLost)).toBe(true);
  });

  test('has one connection for a private node file', async () => {
    const host = await open({}, 'test:///some/node.xml');
    expect(server.clients).toHaveLength(1);
    expect(host.polling).toBe(host.events);
  });

  test('has spare connections that the daemon does not ping, since bulk may pause them; we do', async () => {
    const host = await open();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    await host.spare();
    const client = server.clients[3];
    expect(client?.calls).toEqual(['AUTH_LIST', 'CONNECT_OPEN']);
    await vi.advanceTimersByTimeAsync(20_000);
    await vi.waitFor(() => expect(client?.pings).toBeGreaterThan(0));
  });

  test('that a listener fails stays open, and says so', async () => {
    const mistake = new Error('a mistake of the listener');
    const [lost, listenerFailed] = [vi.fn(), vi.fn()];
    const event = (): void => {
      throw mistake;
    };
    const host = await open({ event, lost, listenerFailed });
    const dom = { name: 'a', uuid: '00000000-0000-4000-8000-00000000000a', id: 1 };
    const lifecycle = { callbackID: 1, msg: { dom, event: 2, detail: 0 } };
    server.clients[0]?.event('DOMAIN_EVENT_CALLBACK_LIFECYCLE', lifecycle);
    await vi.waitFor(() => expect(listenerFailed.mock.calls).toEqual([[mistake]]));
    expect(host.events.isLost).toBe(false);
    expect(lost).not.toHaveBeenCalled();
  });

  test('one of whose connections cannot be opened leaves none open', async () => {
    let opened = 0;
    server.answer = (client, { name, frame }) => {
      if (name !== 'CONNECT_OPEN') return false;
      opened += 1;
      // The second is refused at once, the third granted only when it has been refused.
      if (opened === 2) return client.refuse(frame, 38);
      if (opened === 3) return setImmediate(() => client.reply(frame));
      return false;
    };
    await expect(open()).rejects.toMatchObject({ name: 'LibvirtError', code: 38 });
    await vi.waitFor(() => expect(server.clients.map(({ socket }) => socket.destroyed)).toEqual([true, true, true]));
  });

  test('whose daemon does not say whether it tells of a lost hypervisor is given up', async () => {
    server.answer = (_client, { name }) => name === 'CONNECT_REGISTER_CLOSE_CALLBACK';
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
    const opening = open().catch((error: unknown) => error);
    await vi.waitFor(() => expect(server.clients[0]?.calls).toContain('CONNECT_REGISTER_CLOSE_CALLBACK'));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await opening).toMatchObject({ name: 'ConnectionLostError', silentSeconds: 15 });
  });
});
