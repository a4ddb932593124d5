import { describe, expect, test } from 'vitest';
import { isProtected } from './domain-metadata.ts';
import { type FakeAnswer, fakeConnection, fakeDomain, libvirtError } from './testing/fakes.ts';

const dom = fakeDomain(1);
const isSo = (answer: FakeAnswer): Promise<boolean> => isProtected(fakeConnection(answer).connection, dom);

describe('whether a domain is protected', () => {
  test.each([
    [1, true],
    [2, true],
    [0, false],
  ])('is said by any of its definitions: %i', async (flags, is) => {
    const answer: FakeAnswer = (name, args) => {
      if (name !== 'DOMAIN_GET_METADATA') return { active: 1, persistent: 1 };
      if ((args as { flags: number }).flags === flags) return { metadata: '<guest protected="yes"/>' };
      throw libvirtError(80);
    };
    expect(await isSo(answer)).toBe(is);
  });

  test('is no question where its driver has no calls for that', async () => {
    const answer: FakeAnswer = (name) => {
      if (name === 'DOMAIN_IS_ACTIVE') return { active: 1 };
      throw libvirtError(3);
    };
    expect(await isSo(answer)).toBe(false);
  });

  test.each(['DOMAIN_GET_METADATA', 'DOMAIN_IS_PERSISTENT'])('is not guessed where %s fails', async (failing) => {
    const error = libvirtError(38);
    const answer: FakeAnswer = (name) => {
      if (name === failing) throw error;
      return { active: 1, persistent: 1, metadata: '<guest/>' };
    };
    await expect(isSo(answer)).rejects.toBe(error);
  });
});
