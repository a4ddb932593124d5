// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Amounts, makeAmounts } from './amounts.ts';
import type { Language } from './languages.ts';

function amounts(language: Language, ...desktop: string[]): Amounts {
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(desktop);
  return makeAmounts(language);
}
/** The space that does not break the line, as a plain one. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('amounts in English', () => {
  let english: Amounts;
  beforeEach(() => {
    english = amounts('en', 'en-US');
  });
  const second = 1000;
  const minute = 60 * second;
  const hour = 60 * minute;
  const day = 24 * hour;

  test.each([
    [0, '0 B'],
    [-1, '0 B'],
    [999, '999 B'],
    [1024, '1.0 KiB'],
    [1.5 * 1024 ** 3, '1.5 GiB'],
    [64 * 1024 ** 3, '64 GiB'],
    [2048 * 1024 ** 5, '2,048 PiB'],
  ])('%d bytes are read as %s', (bytes, words) => {
    expect(plain(english.bytes(bytes))).toBe(words);
  });

  test.each([
    [0, '0.0%'],
    [0.26, '0.3%'],
    [9.94, '9.9%'],
    [9.96, '10%'],
    [180.4, '180%'],
  ])('%d percent are read as %s', (percent, words) => {
    expect(english.percent(percent)).toBe(words);
  });

  test.each([
    [0, '0s'],
    [-5000, '0s'],
    [900, '0s'],
    [12 * second, '12s'],
    [90 * second, '1m 30s'],
    [hour, '1h'],
    [hour + 5 * second, '1h'],
    [day - 1, '23h 59m'],
    [2 * day + 3 * hour + 4 * minute, '2d 3h'],
  ])('%d milliseconds are read as %s', (milliseconds, words) => {
    expect(plain(english.duration(milliseconds))).toBe(words);
  });

  test.each([
    [-1, /^0 ?s.* ago$/],
    [12 * second, /^12 ?s.* ago$/],
    [59.6 * second, /^1 ?m.* ago$/],
    [119 * minute, /^1 ?h.* ago$/],
    [3 * day, /^3 ?d.* ago$/],
  ])('what was %d milliseconds ago is told in its greatest unit', (milliseconds, words) => {
    expect(plain(english.ago(milliseconds))).toMatch(words);
  });

  test('several things are told as a list', () => {
    expect(english.list(['a', 'b', 'c'])).toBe('a, b, and c');
  });
});

describe('amounts as the desktop writes them', () => {
  const afternoon = new Date(2026, 0, 31, 15, 4, 5).getTime();

  test('Spanish has its comma and its space before the percent', () => {
    const spanish = amounts('es', 'es-ES');
    expect(plain(spanish.bytes(1.5 * 1024 ** 3))).toBe('1,5 GiB');
    expect(plain(spanish.percent(9.5))).toBe('9,5 %');
  });

  test('the region of the desktop decides between 12 and 24 hours', () => {
    expect(plain(amounts('en', 'en-US').clock(afternoon))).toBe('3:04:05 PM');
    expect(amounts('en', 'de-DE', 'en-GB').clock(afternoon)).toBe('15:04:05');
  });

  test('what is not of today has its date', () => {
    vi.useFakeTimers({ now: afternoon + 3600_000 });
    const english = amounts('en', 'en-GB');
    expect(english.moment(afternoon)).toBe('15:04:05');
    vi.setSystemTime(afternoon + 10 * 3600_000);
    expect(english.moment(afternoon)).toBe('31 Jan 2026, 15:04');
    vi.useRealTimers();
  });

  test('a fraction is written as it is typed', () => {
    expect(amounts('es', 'es-ES').decimal(7.5)).toBe('7,5');
    expect(amounts('en', 'en-GB').decimal(1234.25)).toBe('1234.25');
  });

  test('a desktop in another language does not decide', () => {
    expect(amounts('es', 'en-US').clock(afternoon)).toBe('15:04:05');
    expect(amounts('es', 'en-US').dateTime(afternoon)).toContain('ene');
  });
});
