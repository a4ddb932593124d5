import { en, type TextKey } from './en.ts';
import { es } from './es.ts';

/** Terms of the filter and their values: their words are names with bars between them, and no messages. */
export type TermKey = Extract<TextKey, `term.${string}`>;

/** All names of a term or value in every language; those of a language begin with its usual one. */
export function termNames(key: TermKey): string[] {
  return [en, es].flatMap((catalogue) => catalogue[key].split('|'));
}
