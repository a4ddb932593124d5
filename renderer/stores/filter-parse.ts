import { type TermId, termOf } from './filter-words.ts';
import { fold } from './guest-facts.ts';

/** One part of a filter: a plain word, or a term with its values. */
export interface FilterPart {
  /** Its place in the filter. */
  readonly start: number;
  readonly end: number;
  /** A minus before it: guests for which it does not hold. */
  readonly negated: boolean;
  /** Undefined: a plain word. */
  readonly term: TermId | undefined;
  /** What is before the colon, folded; also where it is no term. */
  readonly head: string | undefined;
  /** Folded. Of a plain word there is one; a term that is still being written may have none. */
  readonly values: readonly string[];
}

/**
 * Takes a filter apart. Nothing is an error: what is no term is a plain word, a quote that is not closed ends with the
 * filter.
 */
export function parseFilter(filter: string): FilterPart[] {
  const parts: FilterPart[] = [];
  for (let at = 0; at < filter.length; ) {
    if (isSpace(filter, at)) {
      at += 1;
      continue;
    }
    const start = at;
    const negated = filter[at] === '-' && at + 1 < filter.length && !isSpace(filter, at + 1);
    if (negated) at += 1;
    const end = endOf(filter, at, isSpace);
    const part = readPart(filter.slice(at, end));
    at = end;
    if (part.term !== undefined || part.values.length > 0) parts.push({ start, end, negated, ...part });
  }
  return parts;
}

/** @param text one part without its minus */
function readPart(text: string): Pick<FilterPart, 'term' | 'head' | 'values'> {
  const colon = endOf(text, 0, (all, at) => all[at] === ':');
  const head = colon > 0 && colon < text.length ? fold(text.slice(0, colon)) : undefined;
  const term = head === undefined ? undefined : termOf(head);
  if (term === undefined) return { term, head, values: [unquoted(text)].filter(Boolean) };
  return {
    term,
    head,
    values: splitValues(text.slice(colon + 1))
      .map(unquoted)
      .filter(Boolean),
  };
}

/** The values after the colon as they are written, with their quotes. */
export function splitValues(text: string): string[] {
  const values: string[] = [];
  for (let at = 0; at <= text.length; at += 1) {
    const end = endOf(text, at, (all, here) => all[here] === ',');
    values.push(text.slice(at, end));
    at = end;
  }
  return values;
}

/** Where something ends that quotes can hold together. */
function endOf(text: string, from: number, ends: (text: string, at: number) => boolean): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (!quoted && ends(text, at)) return at;
  }
  return text.length;
}

/** What is looked for: without quotes, folded. */
export function unquoted(text: string): string {
  return fold(text.replaceAll('"', ''));
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '');
}
