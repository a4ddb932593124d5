import { describe, expect, test } from 'vitest';
import type { GuestEvent } from '../../shared/guest-event.ts';
import type { GuestId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import { History } from './history.ts';

const event = (guest: string, at = 1) => ({ guest: guest as GuestId, at, what: say('event.started'), bad: false });

describe('the history of guests', () => {
  test('keeps what was heard of each, oldest first, and publishes it folded', () => {
    const told: GuestEvent[][] = [];
    const history = new History((events) => told.push(events));
    history.add('engine', [event('a', 1), event('b', 2)]);
    history.add('posada', [event('a', 3)]);
    history.flush();
    expect(history.of('a' as GuestId).map(({ at, from }) => [at, from])).toEqual([
      [1, 'engine'],
      [3, 'posada'],
    ]);
    expect(told).toHaveLength(1);
    expect(told[0]?.map(({ id }) => id)).toEqual([1, 2, 3]);
    history.flush();
    expect(told).toHaveLength(1);
  });

  test('is bounded: the oldest events of a guest go, and the guest that was quiet longest', () => {
    const history = new History(() => undefined);
    for (let at = 0; at < 300; at += 1) history.add('engine', [event('a', at)]);
    expect(history.of('a' as GuestId)).toHaveLength(200);
    expect(history.of('a' as GuestId)[0]?.at).toBe(100);
    for (let guest = 0; guest < 5000; guest += 1) history.add('engine', [event(`g${guest}`)]);
    expect(history.of('a' as GuestId)).toEqual([]);
    history.flush();
  });
});
