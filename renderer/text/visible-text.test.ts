import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileNames } from '../testing/guests.ts';
import { isolatedText, visibleLines, visibleText } from './visible-text.ts';

describe('text from an engine on one line', () => {
  test.each([
    ['markup stays the signs that it is', hostileNames.markup, hostileNames.markup],
    ['a mark that turns the direction becomes its number', hostileNames.turned, 'invoice‹202E›fdp.exe'],
    ['a new line becomes its picture', hostileNames.twoLines, 'first␊second'],
    ['a long name stays whole', hostileNames.long, hostileNames.long],
    ['emoji stay together', hostileNames.emoji, hostileNames.emoji],
    ['an escape sequence of a terminal shows', '\u001b[31mred', '␛[31mred'],
    ['signs that nobody sees become their number', 'a\u200bb\ufeffc', 'a‹200B›b‹FEFF›c'],
    ['a name in Arabic stays as it is', 'خادم', 'خادم'],
    ['a tab and a null become their pictures', 'a\tb\0', 'a␉b␀'],
  ])('%s', (_what, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  test('no text has a control character or a hidden turn left, and making it visible twice changes nothing', () => {
    const signs = fc.string({ unit: fc.oneof(fc.constantFrom('\n', '\u202e', '\u2066', '\u0085', 'a'), fc.string()) });
    fc.assert(
      fc.property(signs, (text) => {
        const shown = visibleText(text);
        expect(shown).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
        expect(visibleText(shown)).toBe(shown);
      }),
      { seed: 20_260_102 },
    );
  });
});

describe('text from an engine in a sentence', () => {
  test('a name written from right to left is kept apart from the sentence', () => {
    expect(isolatedText('שרת')).toBe('\u2068שרת\u2069');
  });

  test('any other name is as it is, so that it can be searched for', () => {
    expect(isolatedText('web-1')).toBe('web-1');
  });

  test('a name cannot leave the place where it is kept apart', () => {
    expect(isolatedText('ש\u2069x')).toBe('\u2068ש‹2069›x\u2069');
  });
});

describe('text from an engine on several lines', () => {
  test('keeps its lines and tabs, and shows the rest', () => {
    expect(visibleLines('one\r\n\ttwo\u202e\u0000')).toBe('one\n\ttwo‹202E›␀');
  });
});
