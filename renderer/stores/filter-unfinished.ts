import type { Guest } from '../../shared/guest.ts';
import { parseFilter } from './filter-parse.ts';
import { beginsTerm } from './filter-words.ts';

/**
 * The filter without what is being written at the caret, where that may be the beginning of a term's name or of the
 * port of a guest: on the way to `kind:vm` nobody looks for “ki”. Undefined where the filter is meant as it is.
 */
export function withoutUnfinished(filter: string, caret: number, guests: readonly Guest[]): string | undefined {
  const part = parseFilter(filter).find(({ start, end }) => start < caret && caret <= end);
  const value = part?.values.at(-1);
  if (!part || value === undefined) return undefined;
  const begun = part.term === undefined ? beginsTerm(value) : part.term === 'port' && guests.some(hasPort(value));
  return begun ? filter.slice(0, part.start) + filter.slice(part.end) : undefined;
}

function hasPort(beginning: string): (guest: Guest) => boolean {
  return ({ ports }) =>
    ports.some(({ hostPort, guestPort }) => [hostPort, guestPort].some((port) => `${port}`.startsWith(beginning)));
}
