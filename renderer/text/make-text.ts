import { IntlMessageFormat } from 'intl-messageformat';
import type { MainMessageKey, Message } from '../../shared/message.ts';
import { type Amounts, makeAmounts } from './amounts.ts';
import { en, type TextKey } from './en.ts';
import { es } from './es.ts';
import type { Language } from './languages.ts';
import { isolatedText } from './visible-text.ts';

export type TextParams = Readonly<Record<string, string | number>>;

/** The words of one language. */
export interface Text extends Amounts {
  readonly language: Language;
  /** The words of a key. Text among the parameters is data: it is shown, never read as a pattern or markup. */
  t(key: TextKey, params?: TextParams): string;
  /** The words of what main says. */
  message(message: Message): string;
}

/** Every key that main may send must have words: this does not compile where one is missing. */
const catalogues: Readonly<Record<Language, Readonly<Record<TextKey | MainMessageKey, string>>>> = { en, es };
const made = new Map<Language, Text>();

/** The words of a language; made once. */
export function makeText(language: Language): Text {
  let text = made.get(language);
  if (!text) {
    text = create(language);
    made.set(language, text);
  }
  return text;
}

function create(language: Language): Text {
  const catalogue = catalogues[language];
  const formats = new Map<TextKey, IntlMessageFormat>();

  function t(key: TextKey, params?: TextParams): string {
    let format = formats.get(key);
    if (!format) {
      format = new IntlMessageFormat(catalogue[key], language, undefined, { ignoreTag: true });
      formats.set(key, format);
    }
    const safe: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(params ?? {})) {
      safe[name] = typeof value === 'string' ? isolatedText(value) : value;
    }
    try {
      return String(format.format(safe));
    } catch (error) {
      // Main left a parameter out: the sentence without it is better than none.
      console.error(error);
      return catalogue[key].replace(/\{[^{}]*\}/g, '…');
    }
  }

  const amounts = makeAmounts(language);

  /**
   * Parameters that are not words yet: a verb comes as its message key. A sentence about a failure chooses by its last
   * part; one about an event has its words in it. Memory is in bytes.
   */
  function readable(key: TextKey, params: TextParams): TextParams {
    const { verb, memory } = params;
    if (typeof verb === 'string') {
      return { ...params, verb: key.startsWith('event.') && isKey(verb) ? t(verb) : verb.replace(/^verb\./, '') };
    }
    return typeof memory === 'number' ? { ...params, memory: amounts.bytes(memory) } : params;
  }

  return {
    ...amounts,
    language,
    t,
    message: ({ key, params }) => t(key, params && readable(key, params)),
  };
}

function isKey(key: string): key is TextKey {
  return key in en;
}
