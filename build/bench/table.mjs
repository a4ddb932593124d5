/** @typedef {import('./numbers.mjs').Row} Row */
/** @typedef {{ title: string, rows?: readonly Row[], error?: string }} Measured */

/** @param {number} value @param {string} unit */
function amount(value, unit) {
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

/** @param {Row} row @returns {string[]} */
function cells({ what, value, unit, of, baselines, times, target, met }) {
  const beside = baselines.map((each) => `${each.what} ${amount(each.value, each.unit)}`).join('; ');
  return [
    what,
    amount(value, unit),
    times === undefined ? '' : `${times.toFixed(2)} ×`,
    target,
    met ? 'met' : 'MISSED',
    beside,
    of,
  ];
}

const head = ['figure', 'measured', 'ratio', 'target', '', 'measured beside it', 'readings'];

/** @param {readonly Measured[]} all @returns {string} */
export function table(all) {
  const lines = all.map(({ title, rows = [], error }) => ({
    title,
    error,
    lines: rows.map(cells),
  }));
  const widths = head.map((name, column) =>
    Math.max(
      ...[name, ...lines.flatMap((each) => each.lines.map((line) => line[column] ?? ''))].map(({ length }) => length),
    ),
  );
  /** @param {string[]} line */
  const draw = (line) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return [
    draw(head),
    ...lines.flatMap((each) => [
      each.title,
      ...each.lines.map(draw),
      ...(each.error ? [`  could not be measured: ${each.error}`] : []),
    ]),
  ].join('\n');
}
