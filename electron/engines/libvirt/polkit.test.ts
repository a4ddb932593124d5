import { describe, expect, test, vi } from 'vitest';
import { type PolkitSurroundings, wouldAsk } from './polkit.ts';

const libvirt = { gid: 107, members: ['other'] };

function around(more: Partial<PolkitSurroundings> = {}) {
  const surroundings: PolkitSurroundings = {
    ...{ uid: 1000, user: 'me', groupIds: () => [1000, 44] },
    groupNamed: async (name) => (name === 'libvirt' ? libvirt : undefined),
    check: vi.fn(async () => false),
    ...more,
  };
  return surroundings;
}

describe('polkit would ask for a password', () => {
  test('who is not in the group libvirt', async () => {
    expect(await wouldAsk(around())).toBe(true);
  });

  test.each<[string, Partial<PolkitSurroundings>]>([
    ['root', { uid: 0 }],
    ['who is in it', { groupIds: () => [1000, 107] }],
    ['anybody where there is no such group: a password is the only way there', { groupNamed: async () => undefined }],
  ])('not %s, who is not even looked at more closely', async (_who, more) => {
    const surroundings = around(more);
    expect(await wouldAsk(surroundings)).toBe(false);
    expect(surroundings.check).not.toHaveBeenCalled();
  });

  test('nobody whom a rule of this machine lets in', async () => {
    expect(await wouldAsk(around({ check: async () => true }))).toBe(false);
  });

  test.each([
    ['nobody', undefined, false],
    ['them', false, true],
    ['nobody, by its rule,', true, false],
  ])('of those who joined after their log-in %s', async (_who, told, expected) => {
    const groupNamed = async () => ({ gid: 107, members: ['me'] });
    expect(await wouldAsk(around({ groupNamed, check: async () => told }))).toBe(expected);
  });

  test('who is not in the group where polkit cannot be asked', async () => {
    expect(await wouldAsk(around({ check: async () => undefined }))).toBe(true);
  });
});
