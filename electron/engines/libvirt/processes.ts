import { readdir, readFile } from 'node:fs/promises';

/** What is asked of the processes of this machine. */
export interface Processes {
  /** Words of each process's command line, by its number; those that cannot be read are left out. */
  commandLines(): Promise<ReadonlyMap<number, readonly string[]>>;
  /** When a process began, in Unix milliseconds; undefined when it is gone. */
  startOf(pid: number): Promise<number | undefined>;
}

/** USER_HZ: ticks a second in /proc, the same on every architecture that this app runs on. */
const ticksPerSecond = 100;
/** Field 22 of /proc/PID/stat (proc(5)), counted from the third, which comes after the name in parentheses. */
const startField = 22 - 3;

export const localProcesses: Processes = {
  async commandLines() {
    const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 0);
    const lines = await Promise.all(
      pids.map(async (pid): Promise<[number, string[]]> => {
        const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
        return [pid, line.split('\0')];
      }),
    );
    return new Map(lines);
  },
  async startOf(pid) {
    const [stat, uptime] = await Promise.all(
      [`/proc/${pid}/stat`, '/proc/uptime'].map((file) => readFile(file, 'utf8').catch(() => '')),
    );
    const boot = Date.now() - Number.parseFloat(uptime ?? '') * 1000;
    // The name may have spaces and parentheses of its own.
    const fields = (stat ?? '').slice((stat ?? '').lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[startField] ?? Number.NaN);
    const start = Math.round(boot + (ticks / ticksPerSecond) * 1000);
    return Number.isFinite(start) ? start : undefined;
  },
};
