import { expect, test } from 'vitest';
import type { GuestId } from '../../shared/ids.ts';
import type { Services } from './all.ts';
import { guestHandlers } from './guest.ts';

test('plans for many are asked of the engine four at once, and share what they have in common', async () => {
  const [tokens, asked] = [new Set<unknown>(), [] as string[]];
  let [now, most] = [0, 0];
  const engine = {
    planDelete: async (guest: GuestId, together: object) => {
      tokens.add(together);
      asked.push(guest);
      now += 1;
      most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, 1));
      now -= 1;
      if (guest === 'b') throw new Error('no plan');
      return [];
    },
  };
  const services = {
    inventory: { guest: (id: GuestId) => ({ id, name: id, engine: 'one' }) },
    connections: { link: () => ({ engine }) },
  } as unknown as Services;
  const guests = [...'abcdefghij'] as GuestId[];
  const { plans } = await guestHandlers(services)['guest.planDelete']({ guests });
  expect(plans.map(({ guest, failure }) => [guest, failure !== undefined])).toEqual(
    guests.map((guest) => [guest, guest === 'b']),
  );
  expect([most, tokens.size, asked.length]).toEqual([4, 1, 10]);
  await guestHandlers(services)['guest.planDelete']({ guests: ['a' as GuestId] });
  expect(tokens.size).toBe(2);
});
