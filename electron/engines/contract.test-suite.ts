import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { failure } from '../../shared/failure.ts';
import { type Guest, type GuestState, guest as guestSchema } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import { guestSample } from '../../shared/metrics.ts';
import { type PlainVerb, type Verb, verbs } from '../../shared/verbs.ts';
import { quietRun } from '../journal/testing/quiet-run.ts';
import type { ActionRun, Engine } from './engine.ts';
import { FailureError } from './failure-error.ts';

/** What the contract suite needs of an engine under test: ways to change and see guests without the engine. */
export interface ContractHarness {
  readonly engine: Engine;
  /** Makes a stopped guest with the engine's own tool; removeOutside() must end it. Names begin with posada-test-. */
  makeOutside(name: string): Promise<void>;
  removeOutside(name: string): Promise<void>;
  /** The state as the engine's own tool tells it. */
  stateOutside(name: string): Promise<GuestState>;
  /** Verbs that this engine cannot do; they must then be offered with a reason or not at all. */
  readonly without?: readonly Verb[];
  /** Waits until the guest has booted, since this was last waited for; left out where it can hear a shut-down at once. */
  booted?(name: string): Promise<void>;
  /** False where figures cannot be had, as in libvirt's test driver. */
  readonly measures?: boolean;
  /** Ends what the harness started. */
  close(): Promise<void>;
}

const run: ActionRun = quietRun();
const patience = { timeout: 60_000, interval: 50 };

/**
 * The promises of the Engine interface, asked of every engine. What an action did is read with the engine's own tool,
 * not from the engine under test.
 */
export function engineContract(title: string, makeHarness: () => Promise<ContractHarness>): void {
  describe(`engine contract: ${title}`, { timeout: 120_000 }, () => {
    const name = `posada-test-contract-${process.pid}`;
    let harness: ContractHarness;
    let engine: Engine;
    const changed = new Set<GuestId>();
    let changedAll = 0;

    const watcher = {
      changed: (guests: readonly GuestId[]) => {
        for (const id of guests) changed.add(id);
      },
      changedAll: () => {
        changedAll += 1;
      },
      happened: () => undefined,
      lost: () => undefined,
    };

    async function find(wanted: string): Promise<Guest | undefined> {
      return (await engine.list()).find((guest) => guest.name === wanted);
    }

    async function the(wanted: string): Promise<Guest> {
      const guest = await find(wanted);
      if (!guest) throw new Error(`${wanted} is not listed`);
      return guest;
    }

    /** Acts and waits until the engine's own tool and the engine both tell the state. */
    async function act(verb: PlainVerb, state: GuestState): Promise<void> {
      const { id } = await the(name);
      changed.clear();
      const before = changedAll;
      await engine.act(id, { verb }, run);
      await vi.waitFor(async () => expect(await harness.stateOutside(name)).toBe(state), patience);
      await vi.waitFor(async () => expect((await engine.read([id]))[0]?.state).toBe(state), patience);
      if (verb !== 'restart') {
        await vi.waitFor(() => expect(changed.has(id) || changedAll > before).toBe(true), patience);
      }
    }

    const can = (verb: Verb): boolean => !harness.without?.includes(verb);

    beforeAll(async () => {
      harness = await makeHarness();
      engine = harness.engine;
      await harness.makeOutside(name);
    });

    afterAll(async () => {
      await engine?.close();
      await harness?.removeOutside(name);
      await harness?.close();
    });

    test('asks nothing of a closed engine: it rejects with a failure', async () => {
      const error = await engine.list().then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(FailureError);
      expect(failure.safeParse((error as FailureError).failure).error).toBeUndefined();
    });

    test('opens and says what answered', async () => {
      expect((await engine.open(watcher)).version).toMatch(/\d/);
      await engine.ping();
    });

    test('lists guests that fit the schema, each id once, each verb once', async () => {
      const list = await engine.list();
      expect(new Set(list.map((guest) => guest.id)).size).toBe(list.length);
      for (const guest of list) {
        expect(guestSchema.safeParse(guest).error, guest.name).toBeUndefined();
        expect(guest.engine).toBe(engine.info.id);
        expect(new Set(guest.offers.map((offer) => offer.verb)).size).toBe(guest.offers.length);
        for (const offer of guest.offers) expect(verbs).toContain(offer.verb);
      }
      const made = await the(name);
      expect(made.state).toBe('stopped');
      expect(made.offers.find((offer) => offer.verb === 'start')?.ready).toBe(true);
      const onlyWhileOn: readonly Verb[] = ['shutDown', 'restart', 'pause', 'resume', 'reset', 'forceOff', 'save'];
      expect(made.offers.filter(({ verb, ready }) => ready && onlyWhileOn.includes(verb))).toEqual([]);
    });

    test('reads named guests and leaves out those that do not exist', async () => {
      const { id } = await the(name);
      const read = await engine.read([id, 'nobody/nothing' as GuestId]);
      expect(read.map((guest) => guest.id)).toEqual([id]);
    });

    test('starts', async () => {
      await act('start', 'running');
      await harness.booted?.(name);
    });

    test('measures a running guest', async ({ skip }) => {
      skip(harness.measures === false, 'this engine has no figures');
      const { id } = await the(name);
      await vi.waitFor(async () => {
        const [sample] = await engine.sample([id]);
        expect(guestSample.safeParse(sample).error).toBeUndefined();
        expect(sample?.memory).toBeGreaterThan(0);
        expect(sample?.cpu).toBeGreaterThanOrEqual(0);
      }, patience);
    });

    test('pauses and resumes', async ({ skip }) => {
      skip(!can('pause'), 'this engine cannot pause');
      await act('pause', 'paused');
      const offers = (await the(name)).offers;
      expect(offers.find((offer) => offer.verb === 'resume')?.ready).toBe(true);
      await act('resume', 'running');
    });

    test('refuses what the state forbids with a failure that says why', async () => {
      const { id } = await the(name);
      const error = await engine.act(id, { verb: 'start' }, run).then(
        () => undefined,
        (caught: unknown) => caught,
      );
      expect(error).toBeInstanceOf(FailureError);
      const { failure: told } = error as FailureError;
      expect(failure.safeParse(told).error).toBeUndefined();
      expect(told.code).toBe('wrong-state');
      expect(told.guest).toBe(id);
      expect(await harness.stateOutside(name)).toBe('running');
    });

    test('restarts', async ({ skip }) => {
      skip(!can('restart'), 'this engine cannot restart');
      await act('restart', 'running');
      await harness.booted?.(name);
    });

    test('shuts down, starts again and forces off', async () => {
      if (can('shutDown')) {
        await act('shutDown', 'stopped');
        await act('start', 'running');
      }
      await act('forceOff', 'stopped');
    });

    test('tells of guests that others make and remove', async () => {
      const other = `${name}-outside`;
      changed.clear();
      const before = changedAll;
      await harness.makeOutside(other);
      const told = (id: GuestId): boolean => changed.has(id) || changedAll > before;
      let made: Guest | undefined;
      try {
        made = await vi.waitFor(() => the(other), patience);
        const { id } = made;
        await vi.waitFor(() => expect(told(id)).toBe(true), patience);
      } finally {
        changed.clear();
        await harness.removeOutside(other);
      }
      const { id } = made;
      await vi.waitFor(() => expect(changed.has(id) || changedAll > before).toBe(true), patience);
      await vi.waitFor(async () => expect(await engine.read([id])).toEqual([]), patience);
    });

    test('says of a guest that is gone that it is gone', async () => {
      const other = `${name}-gone`;
      await harness.makeOutside(other);
      const { id } = await vi.waitFor(() => the(other), patience);
      await harness.removeOutside(other);
      await vi.waitFor(async () => expect(await find(other)).toBeUndefined(), patience);
      await expect(engine.act(id, { verb: 'start' }, run)).rejects.toMatchObject({ failure: { code: 'guest-gone' } });
    });

    test('keeps ids over close and open', async () => {
      const before = (await the(name)).id;
      await engine.close();
      await engine.open(watcher);
      expect((await the(name)).id).toBe(before);
    });
  });
}
