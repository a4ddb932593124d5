import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GuestSample, guestSample } from '../../../shared/metrics.ts';
import { ConnectionLostError } from './client/index.ts';
import { DomainSampler } from './domain-sampler.ts';
import { FakeFigures } from './testing/fake-figures.ts';
import { fakeDomain } from './testing/fakes.ts';

const begun = Date.UTC(2026, 0, 1);
const never = new Promise<never>(() => undefined);

let fake: FakeFigures;
let sampler: DomainSampler;

beforeEach(() => {
  vi.useFakeTimers({ now: begun });
  fake = new FakeFigures();
  sampler = new DomainSampler(fake.host);
});

afterEach(() => {
  vi.useRealTimers();
});

async function sampleAll(): Promise<GuestSample[]> {
  const samples = await sampler.sample(fake.domains);
  for (const each of samples) expect(guestSample.safeParse(each).error).toBeUndefined();
  return samples;
}

/** Two samples with `ms` between them; the second one. */
async function secondSample(ms: number, cpu: number): Promise<GuestSample | undefined> {
  await sampleAll();
  vi.setSystemTime(begun + ms);
  fake.figures.set(1, { cpu, balloon: { current: 1 } });
  return (await sampleAll())[0];
}

describe('the processor time of a domain', () => {
  beforeEach(() => {
    fake.figures.set(1, { cpu: 10, balloon: { current: 1 } });
  });

  test('is no percentage yet in the first sample', async () => {
    expect(await sampleAll()).toEqual([{ guest: 'g1', at: begun, memory: 1024 }]);
  });

  test.each([
    [2000, 11, 50],
    [2000, 14, 200],
    [500, 10.005, 1],
    [2000, 10, 0],
  ])('over %i ms that goes from 10 to %f seconds is %f percent of one core', async (ms, cpu, percent) => {
    expect((await secondSample(ms, cpu))?.cpu).toBeCloseTo(percent, 6);
  });

  test('that falls is a guest that was started again: no figure until there are two of the same run', async () => {
    expect(await secondSample(1000, 0.5)).not.toHaveProperty('cpu');
    vi.setSystemTime(begun + 2000);
    fake.figures.set(1, { cpu: 0.75, balloon: { current: 1 } });
    expect((await sampleAll())[0]?.cpu).toBeCloseTo(25);
  });

  test('in another run counts from nothing, also where it has used more by now than in all of the last', async () => {
    const traffic = (read: number) => ({ 'block.count': 1, 'block.0.rd.bytes': read, 'net.count': 0 });
    const rounds = [
      { cpu: 1, run: 7, more: traffic(1000) },
      { cpu: 2, run: 8, more: traffic(5000) },
      { cpu: 3, run: 8, more: traffic(7000) },
    ];
    const found: (readonly (number | undefined)[])[] = [];
    for (const [at, figures] of rounds.entries()) {
      vi.setSystemTime(begun + at * 2000);
      fake.figures.set(1, { ...figures, balloon: { current: 1 } });
      const [sample] = await sampleAll();
      found.push([sample?.cpu, sample?.diskRead]);
    }
    expect(found).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [50, 1000],
    ]);
  });

  test('is no percentage when no time has passed', async () => {
    expect(await secondSample(0, 11)).not.toHaveProperty('cpu');
  });
});

test('a domain that is not asked for any more is forgotten after a minute, and not while it is off screen', async () => {
  for (const id of [1, 2]) fake.figures.set(id, { cpu: 1, balloon: { current: 1 } });
  await sampleAll();
  const onScreen = new Map([...fake.domains].slice(0, 1));
  for (const [ms, figure] of [
    [10_000, { cpu: 0 }],
    [71_000, { at: begun + 71_000 }],
  ] as const) {
    vi.setSystemTime(begun + ms - 1000);
    await sampler.sample(onScreen);
    vi.setSystemTime(begun + ms);
    expect((await sampleAll())[1]).toEqual({ guest: 'g2', at: begun + ms, memory: 1024, ...figure });
  }
});

describe('the memory of a domain', () => {
  test.each([
    ['available less usable', { available: 2000, usable: 1500, unused: 100, rss: 1800, current: 2048 }, 500],
    [
      'available less unused where usable is not told',
      { available: 2000, unused: 600, rss: 1800, current: 2048 },
      1400,
    ],
    ['resident where the balloon says nothing', { rss: 1800, current: 2048 }, 1800],
    ['resident where the balloon says half', { available: 2000, rss: 1800, current: 2048 }, 1800],
    ['what it was given where that is all there is', { current: 2048, maximum: 4096 }, 2048],
    ['never less than nothing', { available: 1000, usable: 1500, current: 2048 }, 0],
  ])('is %s', async (_title, balloon, kib) => {
    fake.figures.set(1, { cpu: 1, balloon });
    const [sample] = await sampleAll();
    expect(sample?.memory).toBe(kib * 1024);
    expect(sample?.memoryResident).toBe('rss' in balloon ? balloon.rss * 1024 : undefined);
  });
});

test('the traffic of a domain is bytes per second once there are two readings', async () => {
  const more = { 'block.count': 1, 'block.0.rd.bytes': 0, 'block.0.wr.bytes': 5000, 'net.count': 0 };
  fake.figures.set(1, { cpu: 1, balloon: { current: 1 }, more });
  expect((await sampleAll())[0]).not.toHaveProperty('diskWrite');
  vi.setSystemTime(begun + 2000);
  fake.figures.set(1, { cpu: 1, balloon: { current: 1 }, more: { ...more, 'block.0.wr.bytes': 7000 } });
  expect((await sampleAll())[0]).toMatchObject({ diskRead: 0, diskWrite: 1000, networkReceive: 0, networkSend: 0 });
});

describe('a domain that is busy with another question', () => {
  test('has its processor time, and no memory made up from what it was given', async () => {
    for (const id of [1, 2]) fake.figures.set(id, { cpu: 1, balloon: { current: 4096, rss: 1000 } });
    await sampleAll();
    vi.setSystemTime(begun + 2000);
    fake.figures.set(1, { cpu: 2, balloon: { current: 4096 } });
    const [busy, other] = await sampleAll();
    expect(busy).toEqual({ guest: 'g1', at: begun + 2000, cpu: 50 });
    expect(other?.memory).toBe(1000 * 1024);
  });

  test('is no reason to ask each for itself, even when all are busy', async () => {
    fake.figures.set(1, { cpu: 1, balloon: { current: 4096, rss: 1000 } });
    await sampleAll();
    fake.figures.set(1, { cpu: 1, balloon: { current: 4096 } });
    await sampleAll();
    await sampleAll();
    expect([fake.count('CONNECT_GET_ALL_DOMAIN_STATS'), fake.count('DOMAIN_GET_INFO')]).toEqual([3, 0]);
  });
});

describe('asking', () => {
  beforeEach(() => {
    for (const id of [1, 2, 3]) fake.figures.set(id, { cpu: id, balloon: { current: id } });
  });

  test('is one question for all, which waits for no busy domain', async () => {
    expect((await sampleAll()).map(({ guest, memory }) => [guest, memory])).toEqual([
      ['g1', 1024],
      ['g2', 2048],
      ['g3', 3072],
    ]);
    expect(fake.polling.calls).toEqual([
      {
        name: 'CONNECT_GET_ALL_DOMAIN_STATS',
        // CPU, balloon, interfaces and disks; NOWAIT.
        args: { doms: [1, 2, 3].map((id) => fakeDomain(id)), stats: 2 | 4 | 16 | 32, flags: 1 << 29 },
      },
    ]);
  });

  test('for nobody asks nothing', async () => {
    expect(await sampler.sample(new Map())).toEqual([]);
    expect(fake.polling.calls).toEqual([]);
  });

  test.each([
    ['has no such question', () => (fake.bulkError = 3)],
    ['tells no memory', () => [1, 2, 3].map((id) => fake.figures.set(id, { cpu: id }))],
  ])('a driver that %s is a question for each, and it is not tried again', async (_title, spoil) => {
    spoil();
    expect((await sampleAll()).map(({ guest }) => guest)).toEqual(['g1', 'g2', 'g3']);
    await sampleAll();
    expect([fake.count('CONNECT_GET_ALL_DOMAIN_STATS'), fake.count('DOMAIN_GET_INFO')]).toEqual([1, 6]);
  });

  test('when one has just gone leaves it out, and is one question for all again', async () => {
    const domains = fake.domains;
    fake.figures.delete(2);
    fake.bulkError = 42;
    expect((await sampler.sample(domains)).map(({ guest }) => guest)).toEqual(['g1', 'g3']);
    fake.bulkError = undefined;
    expect(await sampleAll()).toHaveLength(2);
    expect([fake.count('CONNECT_GET_ALL_DOMAIN_STATS'), fake.count('DOMAIN_GET_INFO')]).toEqual([2, 3]);
  });

  test('over a lost connection rejects', async () => {
    const lost = new ConnectionLostError('ended', 'gone');
    fake.hung.set(1, Promise.reject(lost));
    await expect(sampleAll()).rejects.toBe(lost);
  });
});

describe('a guest that hangs', () => {
  beforeEach(() => {
    for (const id of [1, 2, 3]) fake.figures.set(id, { cpu: id, balloon: { current: 1 } });
  });

  /** Samples until the guest that hangs has been found. */
  async function find(): Promise<GuestSample[]> {
    const sampling = sampleAll();
    await vi.advanceTimersByTimeAsync(5000 + 1500);
    return sampling;
  }

  test('is found, the others are measured, and it is left out from then on', async () => {
    fake.hung.set(2, never);
    expect((await find()).map(({ guest }) => guest)).toEqual(['g1', 'g3']);
    expect([...sampler.hanging]).toEqual(['g2']);
    expect((await sampleAll()).map(({ guest }) => guest)).toEqual(['g1', 'g3']);
    expect(fake.polling.calls.at(-1)?.args).toMatchObject({ doms: [fakeDomain(1), fakeDomain(3)] });
    // The connection on which it hangs is kept; the one that was used after it is given back.
    expect(fake.released).toEqual([fake.spares[1]?.connection]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(['answers', 'fails'])('is measured again once it %s', async (how) => {
    let wake: () => void = () => undefined;
    fake.hung.set(
      2,
      new Promise<void>((resolve, reject) => {
        wake = how === 'answers' ? resolve : () => reject(new ConnectionLostError('ended', 'killed'));
      }),
    );
    await find();
    wake();
    await vi.waitFor(() => expect([...sampler.hanging]).toEqual([]));
    expect(new Set(fake.released)).toEqual(new Set(fake.spares.map(({ connection }) => connection)));
    fake.hung.clear();
    expect((await sampleAll()).map(({ guest }) => guest)).toEqual(['g1', 'g2', 'g3']);
  });

  test('does not make the others seem busier: each figure has the time at which it came', async () => {
    fake.hung.set(2, never);
    const found = await find();
    expect(found.map(({ guest, at }) => [guest, at - begun])).toEqual([
      ['g1', 5000],
      ['g3', 6500],
    ]);
    // g1 uses half a core: two seconds after its figure that is one second more.
    vi.setSystemTime(begun + 7000);
    fake.figures.set(1, { cpu: 2, balloon: { current: 1 } });
    expect((await sampleAll())[0]?.cpu).toBeCloseTo(50);
  });

  test('is nobody when the whole poll was only slow', async () => {
    let answerLate: () => void = () => undefined;
    fake.hung.set(1, new Promise<void>((resolve) => (answerLate = resolve)));
    const sampling = sampleAll();
    await vi.advanceTimersByTimeAsync(5000);
    answerLate();
    expect(await sampling).toHaveLength(3);
    expect([...sampler.hanging]).toEqual([]);
    expect(fake.released).toEqual([fake.spares[0]?.connection]);
  });
});
