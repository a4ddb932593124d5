import { afterEach, describe, expect, test, vi } from 'vitest';
import { testDriverXml, Virsh } from '../../../../build/testing/test-domains.ts';
import {
  type ConnectOptions,
  connect,
  domainEventId,
  errorCode,
  LibvirtError,
  LibvirtHost,
  lifecycleEvent,
  type RpcConnection,
} from './index.ts';

const patience = { timeout: 20_000, interval: 50 };
const open: RpcConnection[] = [];

async function opened(options: ConnectOptions, events?: Parameters<typeof connect>[1]): Promise<RpcConnection> {
  const connection = await connect(options, events);
  open.push(connection);
  return connection;
}

afterEach(() => {
  for (const connection of open.splice(0)) connection.close();
});

describe('a connection to the real daemon', () => {
  test.each([
    ['qemu:///system', 'QEMU', 'qemu:///system'],
    ['lxc:///system', 'LXC', 'lxc:///system'],
    ['test:///default', 'TEST', 'test:///default'],
    ['', 'QEMU', 'qemu:///system'],
  ])('opens %j: it is %s at %s', async (uri, type, told) => {
    const connection = await opened({ uri });
    expect((await connection.call('CONNECT_GET_TYPE')).type).toBe(type);
    expect((await connection.call('CONNECT_GET_URI')).uri).toBe(told);
  });

  test('has three of them for a host, and bulk statistics of all its domains', async () => {
    const host = await LibvirtHost.open({ uri: 'test:///default' });
    try {
      expect(new Set([host.events, host.polling, host.actions]).size).toBe(3);
      const names = [host.events, host.polling, host.actions].map(async (connection) => {
        const { domains } = await connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
        return domains.map(({ name }) => name);
      });
      // The node of the test driver's own that all of its connections share.
      for (const each of await Promise.all(names)) expect(each).toContain('test');
    } finally {
      host.close();
    }
  });

  test.each([
    ['no such driver', 'bhyve:///system', errorCode.noConnect],
    ['no such node', 'test:///var/tmp/posada-test-nowhere.xml', errorCode.xmlError],
  ])('is refused for %s with its number', async (_title, uri, code) => {
    const error = await opened({ uri }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LibvirtError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(/\w/) });
  });

  test('ends with a structured error for a domain that is not there, and goes on', async () => {
    const connection = await opened({ uri: 'qemu:///system' });
    const uuid = '00000000-0000-4000-8000-00000000dead';
    const error = await connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LibvirtError);
    expect(error).toMatchObject({ code: errorCode.noDomain, level: 2, message: expect.stringContaining(uuid) });
    expect((await connection.call('CONNECT_GET_TYPE')).type).toBe('QEMU');
  });
});

describe('looking without touching', () => {
  const name = `posada-test-readonly-${process.pid}`;

  test.each<[string, ConnectOptions]>([
    ['the read-only socket', { uri: 'test:///default', readOnly: true }],
    [
      'the read-only socket, asked for by path',
      { uri: 'test:///default', socketPaths: ['/run/libvirt/libvirt-sock-ro'] },
    ],
    ['the other socket', { uri: 'test:///default', readOnly: true, socketPaths: ['/run/libvirt/libvirt-sock'] }],
  ])('over %s reads, and writing is denied with error 29', async (_title, options) => {
    const connection = await opened(options);
    const { domains } = await connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
    expect(domains.map((domain) => domain.name)).toContain('test');
    const error = await connection
      .call('DOMAIN_DEFINE_XML', { xml: testDriverXml(name) })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(LibvirtError);
    expect(error).toMatchObject({ code: 29, level: 2, message: expect.stringContaining('read only') });
    expect(errorCode.operationDenied).toBe(29);
  });

  test('is what the same writing over an ordinary connection is not', async () => {
    const connection = await opened({ uri: 'test:///default' });
    const { dom } = await connection.call('DOMAIN_DEFINE_XML', { xml: testDriverXml(name) });
    expect(dom.name).toBe(name);
    await connection.call('DOMAIN_UNDEFINE', { dom });
  });
});

describe('events', () => {
  const name = `posada-test-events-${process.pid}`;
  const virsh = new Virsh('test+unix:///default?socket=/run/libvirt/libvirt-sock');
  afterEach(() => virsh.remove(name).catch(() => undefined));

  test('tell in order what somebody else does to a domain', async () => {
    const heard: number[] = [];
    const connection = await opened(
      { uri: 'test:///default' },
      {
        event(event, message) {
          if (event !== 'DOMAIN_EVENT_CALLBACK_LIFECYCLE') return;
          const { dom, event: type } = (message as { msg: { dom: { name: string }; event: number } }).msg;
          if (dom.name === name) heard.push(type);
        },
      },
    );
    await connection.call('CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', {
      eventID: domainEventId.lifecycle,
      dom: null,
    });
    await virsh.define(testDriverXml(name));
    for (const word of ['start', 'suspend', 'resume', 'destroy', 'undefine']) await virsh.run(word, '--domain', name);
    const { defined, started, suspended, resumed, stopped, undefined: gone } = lifecycleEvent;
    await vi.waitFor(() => expect(heard).toEqual([defined, started, suspended, resumed, stopped, gone]), patience);
  });
});
