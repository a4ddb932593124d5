import { numberParam, type ParamRecord } from './client/index.ts';

/** Bytes that a domain has moved since it started, over all its disks and interfaces; left out where it is not told. */
export interface Traffic {
  readonly diskRead?: number;
  readonly diskWrite?: number;
  readonly networkReceive?: number;
  readonly networkSend?: number;
}

const counters = {
  diskRead: ['block', 'rd.bytes'],
  diskWrite: ['block', 'wr.bytes'],
  networkReceive: ['net', 'rx.bytes'],
  networkSend: ['net', 'tx.bytes'],
} as const satisfies Record<keyof Traffic, readonly [group: string, counter: string]>;
const names = Object.keys(counters) as (keyof Traffic)[];

/** Sums the counters of one domain's bulk statistics (groups block and interface). */
export function trafficOf(params: ParamRecord): Traffic {
  const traffic: Partial<Record<keyof Traffic, number>> = {};
  for (const name of names) {
    const [group, counter] = counters[name];
    const total = sum(params, group, counter);
    if (total !== undefined) traffic[name] = total;
  }
  return traffic;
}

/**
 * Bytes per second between two readings.
 * @param ms milliseconds between them
 * @returns without a counter that has fallen: the domain was started again, or a device was taken away
 */
export function trafficRates(before: Traffic, now: Traffic, ms: number): Traffic {
  const rates: Partial<Record<keyof Traffic, number>> = {};
  for (const name of names) {
    const [from, to] = [before[name], now[name]];
    if (ms > 0 && from !== undefined && to !== undefined && to >= from) rates[name] = ((to - from) / ms) * 1000;
  }
  return rates;
}

/** undefined where devices are counted and none tells: the domain is busy with another question. */
function sum(params: ParamRecord, group: string, counter: string): number | undefined {
  const count = numberParam(params, `${group}.count`);
  if (count === undefined) return undefined;
  let total = 0;
  let told = count === 0;
  for (let at = 0; at < count; at += 1) {
    const value = numberParam(params, `${group}.${at}.${counter}`);
    if (value === undefined) continue;
    total += value;
    told = true;
  }
  return told ? total : undefined;
}
