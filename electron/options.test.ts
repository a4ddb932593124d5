import path from 'node:path';
import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('reads what is ours and leaves the rest to Electron', () => {
  expect(parseOptions(['.', '--no-sandbox', '--inspect=0'])).toEqual({ demoGuests: undefined, shot: undefined });
  expect(parseOptions(['--demo', '--shot=a.png'])).toEqual({ demoGuests: 24, shot: path.resolve('a.png') });
  expect(parseOptions(['--demo=10000']).demoGuests).toBe(10_000);
  expect(() => parseOptions(['--demo=many'])).toThrow(/many/);
});
