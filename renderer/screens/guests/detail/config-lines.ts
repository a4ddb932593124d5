/** A line as it is drawn: a very long one goes on in the next, without a number. */
export interface DrawnLine {
  readonly number: number | undefined;
  readonly text: string;
}

/** A single line may be megabytes long, and drawing that takes seconds. */
const longest = 400;

export function drawnLines(text: string): DrawnLine[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return lines.flatMap((line, index): DrawnLine[] => {
    if (line.length <= longest) return [{ number: index + 1, text: line }];
    const pieces: DrawnLine[] = [];
    for (let from = 0; from < line.length; from += longest) {
      pieces.push({ number: from === 0 ? index + 1 : undefined, text: line.slice(from, from + longest) });
    }
    return pieces;
  });
}

/** Places of the drawn lines in which the words are found. */
export function searchLines(lines: readonly DrawnLine[], words: string): number[] {
  const wanted = words.toLowerCase();
  return lines.flatMap(({ text }, place) => (text.toLowerCase().includes(wanted) ? [place] : []));
}

/** The text cut at every place where the words are: odd pieces are found ones. */
export function marked(text: string, words: string): string[] {
  if (words === '') return [text];
  const low = text.toLowerCase();
  const wanted = words.toLowerCase();
  const pieces: string[] = [];
  let from = 0;
  // A letter whose small form is longer would shift all that follows: such a text is left unmarked.
  if (low.length !== text.length) return [text];
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, text.slice(from)];
}
