/** A line that says the same within so long of its first time is counted, in milliseconds. */
const foldMs = 10 * 60_000;
/** Different lines that are remembered; a bound on memory, not a promise. */
const mostRemembered = 200;

/** Folds lines that repeat: the first is written, the next ones are counted, and the count is told later. */
export class LineFold {
  readonly #seen = new Map<string, { since: number; again: number }>();

  /**
   * @param now Unix time in milliseconds
   * @returns what is to be written now: nothing, the line, or a count of earlier ones and the line
   */
  take(line: string, now: number): string[] {
    const seen = this.#seen.get(line);
    if (seen && now - seen.since < foldMs) {
      seen.again += 1;
      return [];
    }
    this.#seen.delete(line);
    const told = seen ? count(line, seen.again) : this.#makeRoom();
    this.#seen.set(line, { since: now, again: 0 });
    return [...told, line];
  }

  /** The counts that have not been told yet, for the end of the app. */
  end(): string[] {
    const told = [...this.#seen].flatMap(([line, { again }]) => count(line, again));
    this.#seen.clear();
    return told;
  }

  #makeRoom(): string[] {
    const [oldest] = this.#seen;
    if (!oldest || this.#seen.size < mostRemembered) return [];
    this.#seen.delete(oldest[0]);
    return count(oldest[0], oldest[1].again);
  }
}

function count(line: string, again: number): string[] {
  const [first = ''] = line.split('\n');
  return again === 0 ? [] : [`${again} more times: ${first}`];
}
