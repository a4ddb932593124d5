import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GuestId } from '../../../shared/ids.ts';
import { ContainerSampler } from './container-sampler.ts';
import { DockerError } from './docker-error.ts';
import { type ContainerStats, containerStats } from './wire.ts';

const roundMs = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A sampler of so many containers, each of which takes so long to answer. */
function setUp(size: number, answerMs: (nativeId: string) => number) {
  const wanted = Array.from({ length: size }, (_, index) => ({ guest: `g${index}` as GuestId, nativeId: `c${index}` }));
  const asked: string[] = [];
  const stats = async (nativeId: string): Promise<ContainerStats> => {
    asked.push(nativeId);
    await new Promise((resolve) => setTimeout(resolve, answerMs(nativeId)));
    if (nativeId === 'broken') throw new DockerError('status', 'cgroup gone', { status: 500 });
    return containerStats.parse({ read: new Date().toISOString(), memory_stats: { usage: 3000 } });
  };
  const sampler = new ContainerSampler({ podman: false, stats }, roundMs);
  /** One round to its end: whose figures it brought. */
  const round = async (of = wanted): Promise<GuestId[]> => {
    const sampling = sampler.sample(of);
    await vi.advanceTimersByTimeAsync(roundMs);
    return (await sampling).map(({ guest }) => guest);
  };
  return { wanted, asked, sampler, round };
}

test('with slow answers every container is measured in its turn', async () => {
  const { wanted, round } = setUp(20, () => 600);
  const measured = new Set<GuestId>();
  for (const _round of ['first', 'second', 'third', 'fourth']) for (const guest of await round()) measured.add(guest);
  expect(wanted.filter(({ guest }) => !measured.has(guest))).toEqual([]);
});

test('a round begins with those who have waited longest, then goes by their order', async () => {
  const { wanted, asked, round } = setUp(8, () => 10);
  await round(wanted.slice(4, 6));
  await round(wanted.slice(0, 2));
  asked.length = 0;
  await round();
  expect(asked).toEqual(['c2', 'c3', 'c6', 'c7', 'c4', 'c5', 'c0', 'c1']);
});

test('containers that never answer keep none of the others from their turn', async () => {
  const { wanted, round } = setUp(10, (nativeId) => (nativeId < 'c4' ? 3_600_000 : 10));
  await round();
  expect(await round()).toEqual(wanted.slice(4).map(({ guest }) => guest));
});

test('one that fails has had its turn', async () => {
  const { wanted, asked, round } = setUp(8, () => 600);
  const all = [{ guest: 'gx' as GuestId, nativeId: 'broken' }, ...wanted];
  await round(all);
  asked.length = 0;
  await round(all);
  expect(asked.indexOf('c7')).toBeLessThan(asked.indexOf('broken'));
});

test('one that went and came back is new', async () => {
  const { wanted, asked, sampler, round } = setUp(3, () => 10);
  await round();
  sampler.forget(wanted[2]?.guest as GuestId);
  asked.length = 0;
  await round();
  expect(asked).toEqual(['c2', 'c0', 'c1']);
});
