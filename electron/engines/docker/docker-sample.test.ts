import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GuestId } from '../../../shared/ids.ts';
import { guestSample } from '../../../shared/metrics.ts';
import { Gate } from '../../testing/scripted-engine.ts';
import { refuse } from './testing/fake-daemon.ts';
import { type FakeSetup, failureOf, fakeSetup } from './testing/fake-engine.ts';

/** An answer after `seconds` of the container's life, of which it used half a core. */
function stats(seconds: number): object {
  return {
    read: new Date(1_700_000_000_000 + seconds * 1000).toISOString(),
    cpu_stats: {
      cpu_usage: { total_usage: seconds * 0.5e9 },
      system_cpu_usage: seconds * 4e9,
      online_cpus: 4,
    },
    memory_stats: { usage: 3000, stats: { inactive_file: 1000 } },
  };
}

describe('measuring', () => {
  let setup: FakeSetup;
  let ids: GuestId[];

  beforeEach(async () => {
    setup = await fakeSetup();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) setup.daemon.add(name, name);
    await setup.open();
    ids = (await setup.settle()).map((row) => row.id);
  });
  afterEach(() => setup.close());

  test('asks for one reading at once and compares it with its own last one', async () => {
    let seconds = 10;
    setup.daemon.on(/\/stats$/, () => stats(seconds));
    const first = await setup.engine.sample(ids.slice(0, 1));
    expect(first).toEqual([{ guest: ids[0], at: first[0]?.at, memory: 2000 }]);
    seconds = 12;
    const [second] = await setup.engine.sample(ids.slice(0, 1));
    expect(second?.cpu).toBeCloseTo(50);
    expect(guestSample.safeParse(second).error).toBeUndefined();
    expect(setup.daemon.requests.at(-1)).toContain('stream=false&one-shot=true');
  });

  test('asks at most four at once', async () => {
    let now = 0;
    let most = 0;
    const gate = new Gate();
    setup.daemon.on(/\/stats$/, (_request, response) => {
      now += 1;
      most = Math.max(most, now);
      void gate.passed().then(() => {
        now -= 1;
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(stats(1)));
      });
    });
    const sampling = setup.engine.sample(ids);
    await vi.waitFor(() => expect(now).toBe(4));
    gate.open();
    expect(await sampling).toHaveLength(6);
    expect(most).toBe(4);
  });

  test('a container that hangs holds up no other, and is not asked again until it has answered', async () => {
    const gate = new Gate();
    const hung = 'a'.padEnd(64, 'x');
    setup.daemon.on(/\/stats$/, () => stats(1));
    setup.daemon.on(new RegExp(`${hung}/stats$`), (_request, response) => {
      void gate.passed().then(() => response.end(JSON.stringify(stats(1))));
    });
    expect((await setup.engine.sample(ids)).map((sample) => sample.guest)).toEqual(ids.slice(1));
    expect(await setup.engine.sample(ids)).toHaveLength(5);
    expect(setup.daemon.count(new RegExp(`${hung}/stats`))).toBe(1);
    gate.open();
    // What came too late for its round is given with a later one.
    await vi.waitFor(async () => expect(await setup.engine.sample(ids.slice(0, 1))).toHaveLength(1));
  });

  test('leaves out what is not running, gone or broken', async () => {
    setup.daemon.on(/\/stats$/, () => stats(1));
    setup.daemon.on(/^GET \/containers\/ax+\/stats$/, () => ({ read: '0001-01-01T00:00:00Z', memory_stats: {} }));
    setup.daemon.on(/^GET \/containers\/bx+\/stats$/, (_request, response) =>
      refuse(response, 404, 'No such container'),
    );
    setup.daemon.on(/^GET \/containers\/cx+\/stats$/, (_request, response) => refuse(response, 500, 'cgroup gone'));
    const samples = await setup.engine.sample([...ids, 'nobody' as GuestId]);
    expect(samples.map((sample) => sample.guest)).toEqual(ids.slice(3));
  });

  test('says why when nothing can be measured', async () => {
    setup.daemon.on(/\/stats$/, () => ({ read: 5 }));
    expect(await failureOf(setup.engine.sample(ids))).toMatchObject({ code: 'protocol' });
  });
});
