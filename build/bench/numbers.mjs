/**
 * What one measurement is held against.
 * @typedef {{ what: string, value: number, unit: string }} Baseline
 */
/**
 * One line of the table.
 * @typedef {object} Row
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {string} of how the value comes from its samples, as `median of 5`
 * @property {readonly Baseline[]} baselines measured in the same run
 * @property {number} [times] the value over its baseline, where that is what the target is about
 * @property {string} target
 * @property {boolean} met
 * @property {Readonly<Record<string, readonly number[]>>} samples every single reading, for the file
 */
/**
 * Something that is measured.
 * @typedef {object} Figure
 * @property {string} name to ask for it by
 * @property {string} title
 * @property {(bench: import('./bench.mjs').Bench) => Promise<Row[]>} measure rejects where it could not
 */

/**
 * @param {readonly number[]} values
 * @param {number} part 0 to 1
 * @returns {number} the smallest value that so many are not above
 */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
  if (found === undefined || sorted.some(Number.isNaN)) throw new Error('There are no readings.');
  return found;
}

/** @param {readonly number[]} values @returns {number} */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  if (low === undefined || high === undefined || sorted.some(Number.isNaN)) throw new Error('There are no readings.');
  return (low + high) / 2;
}

/** Milliseconds since 1970, with fractions: other processes' moments can be held against it. */
export function now() {
  return performance.timeOrigin + performance.now();
}

/** @param {readonly unknown[]} values @returns {string} */
export const medianOf = (values) => `median of ${values.length}`;
