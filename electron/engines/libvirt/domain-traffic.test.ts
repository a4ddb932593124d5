import { describe, expect, test } from 'vitest';
import { trafficOf, trafficRates } from './domain-traffic.ts';

/** Two disks and one interface, as bulk statistics tell them. */
const stats = (read: number, write: number, receive: number, send: number) => ({
  ...{ 'block.count': 2, 'block.0.name': 'vda', 'block.0.rd.bytes': read, 'block.0.wr.bytes': write },
  ...{ 'block.1.name': 'vdb', 'block.1.rd.bytes': 1000, 'block.1.wr.bytes': 0n },
  ...{ 'net.count': 1, 'net.0.name': 'vnet0', 'net.0.rx.bytes': receive, 'net.0.tx.bytes': send },
});

function between(before: Record<string, number | bigint | string>, now: typeof before, ms: number) {
  return trafficRates(trafficOf(before), trafficOf(now), ms);
}

describe('the traffic of a domain', () => {
  test('is summed over all disks and interfaces', () => {
    expect(trafficOf(stats(5000, 1, 300, 64))).toEqual({
      ...{ diskRead: 6000, diskWrite: 1, networkReceive: 300, networkSend: 64 },
    });
  });

  test('is bytes per second between two readings', () => {
    expect(between(stats(5000, 0, 300, 0), stats(25_000, 4096, 300, 64), 2000)).toEqual({
      ...{ diskRead: 10_000, diskWrite: 2048, networkReceive: 0, networkSend: 32 },
    });
  });

  test('that falls is left out: it was started again, or a device was taken away', () => {
    expect(between(stats(5000, 5000, 300, 300), stats(100, 6000, 400, 300), 1000)).toEqual({
      ...{ diskWrite: 1000, networkReceive: 100, networkSend: 0 },
    });
  });

  test('of a busy domain is not known: it counts its devices and tells nothing of them', () => {
    const busy = {
      'block.count': 2,
      'block.0.name': 'vda',
      'block.1.name': 'vdb',
      'net.count': 1,
      'net.0.rx.bytes': 5,
    };
    expect(trafficOf(busy)).toEqual({ networkReceive: 5 });
    expect(trafficOf({})).toEqual({});
  });

  test('is nothing where there are no devices', () => {
    const none = { 'block.count': 0, 'net.count': 0 };
    expect(between(none, none, 1000)).toEqual({ diskRead: 0, diskWrite: 0, networkReceive: 0, networkSend: 0 });
  });

  test('has no rate where no time has passed', () => {
    expect(between(stats(0, 0, 0, 0), stats(1, 1, 1, 1), 0)).toEqual({});
  });
});
