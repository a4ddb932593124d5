import { expect, test } from 'vitest';
import { NetworkRate, parseNetDev } from './network-rate.ts';

const head = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const lines = (receive: number, send: number): string => `${head}    lo: 5000 1 0 0 0 0 0 0 5000 1 0 0 0 0 0 0
  eth0: ${receive} 10 0 0 0 0 0 0 ${send} 9 0 0 0 0 0 0
docker0:100 1 0 0 0 0 0 0 200 2 0 0 0 0 0 0
`;

test('adds up all interfaces but loopback', () => {
  expect(parseNetDev(lines(1000, 2000))).toEqual({ receive: 1100, send: 2200 });
});

test('tells bytes per second between two readings, and nothing at the first', async () => {
  const readings = [lines(1000, 2000), lines(5000, 3000)];
  const rate = new NetworkRate(async () => readings.shift() ?? '');
  expect(await rate.measure(1000)).toEqual({ receive: 0, send: 0 });
  expect(await rate.measure(3000)).toEqual({ receive: 2000, send: 500 });
});

test('an interface that goes away makes no negative rate', async () => {
  const readings = [lines(1000, 2000), head];
  const rate = new NetworkRate(async () => readings.shift() ?? '');
  await rate.measure(0);
  expect(await rate.measure(1000)).toEqual({ receive: 0, send: 0 });
});
