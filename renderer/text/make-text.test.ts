// @vitest-environment happy-dom
import { IntlMessageFormat } from 'intl-messageformat';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mainMessageKeys, say } from '../../shared/message.ts';
import { hostileNames } from '../testing/guests.ts';
import { en, type TextKey } from './en.ts';
import { es } from './es.ts';
import { languageFor } from './languages.ts';
import { makeText, type TextParams } from './make-text.ts';
import { visibleText } from './visible-text.ts';

type Part = ReturnType<IntlMessageFormat['getAst']>[number];
const catalogues: Readonly<Record<'en' | 'es', Readonly<Record<TextKey, string>>>> = { en, es };
const languages = ['en', 'es'] as const;
const keys = Object.keys(en) as TextKey[];

/** The parameters of a message with values worth trying; those that are shown as they are have `data`. */
function trials(parts: readonly Part[], data: string, all = new Map<string, (string | number)[]>()) {
  for (const part of parts) {
    // The types of the tree: https://formatjs.github.io/docs/icu-messageformat-parser
    if (part.type === 1) all.set(part.value, [data]);
    else if (part.type === 2) all.set(part.value, [7]);
    else if (part.type === 6) all.set(part.value, [0, 1, 2, 1_000_000]);
    else if (part.type === 5) all.set(part.value, Object.keys(part.options));
    if ('options' in part) for (const { value } of Object.values(part.options)) trials(value, data, all);
  }
  return all;
}

/** Every combination of values worth trying. */
function combinations(message: string, data: string): TextParams[] {
  const ast = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst();
  let sets: TextParams[] = [{}];
  for (const [name, values] of trials(ast, data)) {
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [name]: value })));
  }
  return sets;
}

let errors: unknown[] = [];
beforeEach(() => {
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((error) => {
    errors.push(error);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(languages)('the words in %s', (language) => {
  const text = makeText(language);

  // Always with the parameters of the English sentence: those are what is sent.
  test('every sentence takes its parameters, and no braces are left', () => {
    for (const key of keys) {
      for (const params of combinations(en[key], 'DATA')) {
        const sentence = text.t(key, params);
        expect(sentence, key).not.toMatch(/[{}]|undefined|NaN/);
        expect(sentence.trim(), key).not.toBe('');
      }
    }
    // A message that could not be formatted is logged.
    expect(errors).toEqual([]);
  });

  test('whatever main may send has words', () => {
    for (const key of mainMessageKeys) expect(catalogues[language][key], key).toBeTypeOf('string');
  });

  test.each(Object.entries(hostileNames))('a name that is %s stays visible text in every sentence', (_what, name) => {
    const shown = visibleText(name);
    let checked = 0;
    for (const key of keys) {
      const message = catalogues[language][key];
      for (const params of combinations(message, name)) {
        const sentence = text.t(key, params);
        expect(sentence, key).not.toMatch(/[\u202a-\u202e\n]/);
        if (!Object.values(params).includes(name)) continue;
        // Which branch of a select names it is up to the message: the shortest ones may leave it out.
        if (!sentence.includes(shown) && /select|plural/.test(message)) continue;
        expect(sentence, key).toContain(shown);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(50);
    expect(errors).toEqual([]);
  });
});

describe('sentences from main', () => {
  const { message } = makeText('en');

  test('the failure of a verb has the words of that verb and the name', () => {
    expect(message(say('failure.title.act', { verb: 'verb.shutDown', name: 'web' }))).toBe(
      'web could not be shut down',
    );
    expect(message(say('failure.title.act', { verb: 'verb.kill', name: 'web' }))).toBe('web could not be killed');
  });

  test('a verb that nobody knows has words too', () => {
    expect(message(say('failure.title.act', { verb: 'verb.fly', name: 'web' }))).toBe('It did not work on web');
  });

  test('a parameter that was left out leaves a gap instead of no sentence at all', () => {
    expect(message(say('failure.detail.notInstalled'))).toBe('… is not installed.');
    expect(errors).toHaveLength(1);
  });

  test('a name with braces is not read as a pattern', () => {
    expect(message(say('failure.title.guest', { name: '{verb} # <b>' }))).toBe('{verb} # <b> could not be read');
  });

  test('a name in Hebrew does not turn the rest of the sentence around', () => {
    expect(message(say('failure.title.guest', { name: 'שלום' }))).toBe('\u2068שלום\u2069 could not be read');
  });
});

describe('the language of the window', () => {
  test('is that of the desktop where it is Spanish, and English for all others', () => {
    expect(['es', 'es-MX', 'es-419', 'en-GB', 'de', 'est', ''].map((system) => languageFor('system', system))).toEqual([
      ...['es', 'es', 'es', 'en', 'en', 'en', 'en'],
    ]);
  });

  test('is what the person has chosen, whatever the desktop says', () => {
    expect([languageFor('en', 'es-ES'), languageFor('es', 'en-GB')]).toEqual(['en', 'es']);
  });
});

describe('what happened to a guest', () => {
  test('has the words of the verb in it, which main names by its key', () => {
    const what = { key: 'event.failed', params: { verb: 'verb.shutDown' } } as const;
    expect([makeText('en').message(what), makeText('es').message(what)]).toEqual([
      'Shut down: failed',
      'Apagar: ha fallado',
    ]);
  });
});
