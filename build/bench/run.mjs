import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { electron } from '../setup/electron/runtime.mjs';
import { cache } from '../setup/paths.mjs';
import { SetupError, say } from '../setup/person.mjs';
import { prepare } from '../setup/prepare.mjs';
import { Bench } from './bench.mjs';
import { eventToRow } from './figures/events.mjs';
import { filter } from './figures/filter.mjs';
import { list } from './figures/list.mjs';
import { memory } from './figures/memory.mjs';
import { patches10k } from './figures/patches.mjs';
import { poll } from './figures/poll.mjs';
import { rest } from './figures/rest.mjs';
import { scroll } from './figures/scroll.mjs';
import { start } from './figures/start.mjs';
import { table } from './table.mjs';

/** @typedef {import('./numbers.mjs').Figure} Figure */
/** @typedef {import('./numbers.mjs').Row} Row */

/** @type {readonly Figure[]} */
const figures = [start, list, poll, eventToRow, rest, memory, scroll, filter, patches10k];

/** @param {readonly string[]} names @returns {readonly Figure[]} all where none is named */
function chosen(names) {
  for (const name of names) {
    if (figures.some((figure) => figure.name === name)) continue;
    throw new SetupError(`There is no figure ${name}. There are: ${figures.map((figure) => figure.name).join(', ')}.`);
  }
  return figures.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** What the readings depend on. */
const machine = () => ({
  cpu: os.cpus()[0]?.model,
  cores: os.cpus().length,
  memoryMb: Math.round(os.totalmem() / 1e6),
  system: `${os.type()} ${os.release()}`,
  electron: electron().version,
  node: process.version,
});

/**
 * @param {Figure} figure @param {Bench} bench
 * @returns {Promise<{ name: string, title: string, load: number | undefined, rows?: Row[], error?: string }>}
 */
async function measure({ name, title, measure }, bench) {
  say(`Measuring: ${title}…`);
  const about = { name, title, load: os.loadavg()[0] };
  try {
    return { ...about, rows: await measure(bench) };
  } catch (error) {
    return { ...about, error: error instanceof Error ? error.message : String(error) };
  } finally {
    await bench.endFigure();
  }
}

async function main() {
  const wanted = chosen(process.argv.slice(2));
  await prepare({ sets: ['electron', 'engines', 'display', 'test', 'bench'], daemons: true });
  const file = path.join(cache, 'bench/result.json');
  const about = { at: new Date().toISOString(), machine: machine() };
  const bench = await Bench.open();
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      interrupted = true;
      void bench.close().then(() => process.exit(130));
    });
  }
  const results = [];
  try {
    for (const figure of wanted) if (!bench.closed) results.push(await measure(figure, bench));
  } finally {
    await bench.close();
  }
  if (interrupted) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...about, figures: results }, undefined, 2)}\n`);
  console.log(`\n${table(results)}\n\nEvery reading: ${file}`);
  // A missed target is a finding; no figure is a failure.
  process.exitCode = results.some(({ error }) => error !== undefined) ? 1 : 0;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
