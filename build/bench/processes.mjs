import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../setup/run.mjs';

const ticksPerSecond = Number(ask(['getconf', 'CLK_TCK']).text) || 100;

/** @param {string} file @returns {string} its text; nothing where the process has just ended */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Processes of a session: those of a program that was started detached, whoever their parent is by now.
 * @param {number} session
 * @returns {{ pid: string, ticks: number }[]} ticks: CPU time of it and of its children that have ended
 */
function processesOf(session) {
  const found = [];
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const stat = read(`/proc/${pid}/stat`);
    // Its name may contain anything; what follows it are numbers, from the third field on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(fields[3]) !== session) continue;
    found.push({ pid, ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) });
  }
  if (found.length === 0) throw new Error('The program has ended.');
  return found;
}

/** @param {number} session */
const ticksOf = (session) => processesOf(session).reduce((sum, { ticks }) => sum + ticks, 0);

/**
 * CPU that all processes of a session use together.
 * @param {number} session @param {number} ms how long to look
 * @returns {Promise<number>} in percent of one core
 */
export async function cpuPercent(session, ms) {
  const [before, began] = [ticksOf(session), performance.now()];
  await pause(ms);
  const seconds = (performance.now() - began) / 1000;
  return ((ticksOf(session) - before) / ticksPerSecond / seconds) * 100;
}

/** Waits until a program that has just started does not become calmer any more. @param {number} session */
export async function calm(session) {
  await pause(5000);
  let before = await cpuPercent(session, 3000);
  for (let tries = 0; tries < 15; tries += 1) {
    const percent = await cpuPercent(session, 3000);
    if (percent > before * 0.8) return;
    before = percent;
  }
}

/**
 * Memory of all processes of a session, pages that are shared counted in parts.
 * @param {number} session
 * @returns {number} PSS in MB
 */
export function memory(session) {
  const kib = processesOf(session).map(({ pid }) => /^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1]);
  return (kib.reduce((sum, each) => sum + Number(each ?? 0), 0) * 1024) / 1e6;
}

/** Ends a program of ours and waits for it. @param {import('node:child_process').ChildProcess} child */
export async function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(hard);
}
