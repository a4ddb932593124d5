import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ColumnId, columnIds } from '../../shared/columns.ts';
import type { Guest } from '../../shared/guest.ts';
import { guestStates } from '../../shared/guest-words.ts';
import type { GuestId } from '../../shared/ids.ts';
import { aContainer, aGuest, idOf, plainWords } from '../testing/guests.ts';
import { GuestOrder, type Sort } from './guest-order.ts';
import type { Metrics } from './metrics-store.ts';

const nothingMeasured: Metrics = { samples: new Map() };

function measured(figures: Readonly<Record<string, { cpu?: number; memory?: number }>>): Metrics {
  const samples = Object.entries(figures).map(([name, each]) => [idOf(name), [{ guest: idOf(name), at: 1, ...each }]]);
  return { samples: new Map(samples as [GuestId, []][]) };
}

function byId(guests: readonly Guest[]): ReadonlyMap<GuestId, Guest> {
  return new Map(guests.map((guest) => [guest.id, guest]));
}

/** The names in the order that the list has them. */
function sorted(guests: readonly Guest[], column: ColumnId, direction: Sort['direction'], metrics = nothingMeasured) {
  const order = new GuestOrder(plainWords, { column, direction });
  order.rebuild(byId(guests), { column, direction }, plainWords, metrics);
  return namesOf(guests, order.shown(''));
}

function namesOf(guests: readonly Guest[], ids: readonly GuestId[]): (string | undefined)[] {
  const all = byId(guests);
  return ids.map((id) => all.get(id)?.name);
}

function found(guests: readonly Guest[], filter: string) {
  const order = new GuestOrder(plainWords, { column: 'name', direction: 'ascending' });
  order.update(byId(guests), nothingMeasured);
  return namesOf(guests, order.shown(filter));
}

describe('the order of guests', () => {
  test('names sort as people count: 2 before 10, whatever their case and accents', () => {
    const names = ['web10', 'Web2', 'web1', 'ábaco', 'zebra', 'Alpha'];
    const guests = names.map((name) => aGuest(name));
    expect(sorted(guests, 'name', 'ascending')).toEqual(['ábaco', 'Alpha', 'web1', 'Web2', 'web10', 'zebra']);
    expect(sorted(guests, 'name', 'descending')).toEqual(['zebra', 'web10', 'Web2', 'web1', 'Alpha', 'ábaco']);
  });

  test('long numbers such as moments in milliseconds sort by their value too', () => {
    const guests = ['at-1000000000000', 'at-999999999999', 'at-007'].map((name) => aGuest(name));
    expect(sorted(guests, 'name', 'ascending')).toEqual(['at-007', 'at-999999999999', 'at-1000000000000']);
  });

  test('states sort by what is looked for first: running, then what is on its way, then stopped', () => {
    const guests = guestStates.map((state) => aGuest(state, { state }));
    expect(sorted(guests, 'state', 'ascending')).toEqual([
      ...['running', 'restarting', 'stopping', 'paused', 'suspended', 'crashed', 'unknown', 'saved', 'stopped'],
    ]);
  });

  test('a guest without a value comes last, in both directions', () => {
    const guests = [aGuest('none'), aGuest('low', { image: 'a' }), aGuest('high', { image: 'b' })];
    expect(sorted(guests, 'image', 'ascending')).toEqual(['low', 'high', 'none']);
    expect(sorted(guests, 'image', 'descending')).toEqual(['high', 'low', 'none']);
  });

  test('figures sort as numbers, and what is not measured comes last', () => {
    const guests = ['idle', 'busy', 'off', 'middle'].map((name) => aGuest(name));
    const metrics = measured({ idle: { cpu: 0.5 }, busy: { cpu: 180 }, off: { memory: 9 }, middle: { cpu: 20 } });
    expect(sorted(guests, 'cpu', 'descending', metrics)).toEqual(['busy', 'middle', 'idle', 'off']);
    expect(sorted(guests, 'cpu', 'ascending', metrics)).toEqual(['idle', 'middle', 'busy', 'off']);
  });

  test('addresses and ports sort by their first, as numbers', () => {
    const port = (hostPort: number) =>
      [{ hostAddress: '0.0.0.0', hostPort, guestPort: 80, protocol: 'tcp' }] as Guest['ports'];
    const guests = [
      aGuest('a', { addresses: ['10.0.0.10'], ports: port(8080) }),
      aGuest('b', { addresses: ['10.0.0.9'], ports: port(443) }),
    ];
    expect(sorted(guests, 'addresses', 'ascending')).toEqual(['b', 'a']);
    expect(sorted(guests, 'ports', 'ascending')).toEqual(['b', 'a']);
  });

  test('guests of equal value are in the order of their names, in both directions', () => {
    const guests = ['c', 'a', 'b'].map((name) => aGuest(name));
    expect(sorted(guests, 'kind', 'ascending')).toEqual(['a', 'b', 'c']);
    expect(sorted(guests, 'kind', 'descending')).toEqual(['a', 'b', 'c']);
  });
});

describe('the filter', () => {
  const guests = [
    aGuest('Mail', { state: 'running', addresses: ['192.168.122.7', 'fd00::7'] }),
    aContainer('shop', {
      image: 'registry.local/Nginx:1.27',
      ports: [{ hostAddress: '0.0.0.0', hostPort: 8443, guestPort: 443, protocol: 'udp' }],
    }),
  ];

  test.each([
    ['part of a name', 'ail', 'Mail'],
    ['a name in another case', 'mAIL', 'Mail'],
    ['an image', 'nginx', 'shop'],
    ['an IPv4 address', '122.7', 'Mail'],
    ['an IPv6 address', 'fd00:', 'Mail'],
    ['a port', '8443', 'shop'],
    ['a port with its colon', ':8443', 'shop'],
    ['a port as the list writes it', '8443→443/udp', 'shop'],
    ['the word for a state', 'is-running', 'Mail'],
    ['the word for a kind', 'a-container', 'shop'],
    ['an engine', 'docker.sock', 'shop'],
    ['several words, in any order', 'running  mail', 'Mail'],
  ])('finds a guest by %s', (_by, filter, name) => {
    expect(found(guests, filter)).toEqual([name]);
  });

  test('shows all guests when there are only spaces in it', () => {
    expect(found(guests, '  ')).toEqual(['Mail', 'shop']);
  });

  test('wants every word to be found in the same guest', () => {
    expect(found(guests, 'mail nginx')).toEqual([]);
  });
});

/** Names from a small store, so that equal ones and 2 against 10 are common. */
const names = fc.oneof(fc.constantFrom('web1', 'web2', 'web10', 'Web2', 'ábaco', '', '10', '9'), fc.string());
const versions = fc.record({
  id: fc.integer({ min: 0, max: 25 }).map((number) => idOf(String(number))),
  name: names,
  kind: fc.constantFrom('vm', 'container'),
  state: fc.constantFrom(...guestStates),
  image: fc.option(fc.constantFrom('a', 'b', 'b2', 'b10'), { nil: undefined }),
  addresses: fc.array(fc.ipV4(), { maxLength: 2 }),
}) as fc.Arbitrary<Pick<Guest, 'id' | 'name' | 'kind' | 'state' | 'addresses'>>;
const step = fc.record({
  put: fc.array(versions, { maxLength: 8 }),
  gone: fc.array(
    fc.integer({ min: 0, max: 25 }).map((number) => idOf(String(number))),
    { maxLength: 4 },
  ),
});

describe('keeping the order up', () => {
  test('guests that come, change and go one by one end in the same order as sorting all of them', () => {
    const metrics = measured(Object.fromEntries([3, 5, 7, 11].map((number) => [number, { cpu: number, memory: 1 }])));
    const sorts = fc.record({
      column: fc.constantFrom(...columnIds),
      direction: fc.constantFrom('ascending' as const, 'descending' as const),
    });
    fc.assert(
      fc.property(sorts, fc.array(step, { maxLength: 12 }), (sort, steps) => {
        const kept = new GuestOrder(plainWords, sort);
        let guests: ReadonlyMap<GuestId, Guest> = new Map();
        for (const { put, gone } of steps) {
          const next = new Map(guests);
          for (const part of put) next.set(part.id, aGuest(part.name, part));
          for (const id of gone) next.delete(id);
          const before = guests;
          guests = next;
          const told = kept.update(guests, metrics);
          const others = new Set([...before.keys(), ...guests.keys()]);
          for (const id of others) if (before.get(id) === guests.get(id)) others.delete(id);
          expect(new Set(told)).toEqual(others);
          const anew = new GuestOrder(plainWords, sort);
          anew.rebuild(guests, sort, plainWords, metrics);
          expect(kept.shown('')).toEqual(anew.shown(''));
        }
      }),
      { seed: 20_260_101, numRuns: 200 },
    );
  });

  test('of 10,000 guests only those that have changed are looked at again', () => {
    let looked = 0;
    const words = {
      ...plainWords,
      kind(kind: Guest['kind']) {
        looked += 1;
        return kind;
      },
    };
    const sort: Sort = { column: 'name', direction: 'ascending' };
    const model = aGuest('model');
    const many = Array.from({ length: 10_000 }, (_, number): Guest => {
      // Backwards, so that nothing is in order by chance.
      const name = `guest-${10_000 - number}`;
      return { ...model, id: idOf(name), name };
    });
    const order = new GuestOrder(words, sort);
    order.update(byId(many), nothingMeasured);
    expect(order.shown('').slice(8, 11)).toEqual(['guest-9', 'guest-10', 'guest-11'].map(idOf));

    looked = 0;
    const next = new Map(byId(many));
    next.set(idOf('guest-10'), { ...model, id: idOf('guest-10'), name: 'zebra' });
    next.set(idOf('guest-20'), { ...model, id: idOf('guest-20'), name: 'aardvark' });
    next.delete(idOf('guest-11'));
    expect(new Set(order.update(next, nothingMeasured))).toEqual(new Set([10, 20, 11].map((n) => idOf(`guest-${n}`))));
    expect(looked).toBe(2);
    const shown = order.shown('');
    expect(shown).toHaveLength(9999);
    expect([shown[0], shown.at(-1)]).toEqual([idOf('guest-20'), idOf('guest-10')]);
    expect(order.shown('guest-999')).toHaveLength(11);
  });
});
