import { visibleText } from '../../../text/visible-text.ts';
import { marked } from './config-lines.ts';

/** Text of the configuration with what is searched for marked. */
export function FoundText({ text, words }: { text: string; words: string }) {
  return marked(text, words).map((piece, place) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no id
    place % 2 === 1 ? <mark key={place}>{visibleText(piece)}</mark> : visibleText(piece),
  );
}
