import path from 'node:path';
import log from 'electron-log/node';
import { errorText } from './failure-line.ts';
import type { LogLevel, WriteLine } from './inventory-log.ts';
import { LineFold } from './line-fold.ts';

/** Bytes of the file at which it becomes `posada.old.log` and a new one is begun: two files at most. */
const mostBytes = 2 * 1024 ** 2;

/** The app's own log. */
export interface Log {
  readonly folder: string;
  readonly write: WriteLine;
  /** Tells what was counted so far; for the end of the app. */
  end(): void;
}

/**
 * Opens the log in a folder of its own. What main writes to its console as a warning or an error goes there too; the
 * console keeps saying it. Warnings and errors that repeat are folded.
 * @param folder is made if it is not there
 */
export function openLog(folder: string): Log {
  const { file, console: onConsole } = log.transports;
  onConsole.level = false; // the console is written by its own functions
  file.level = 'info';
  file.maxSize = mostBytes;
  file.format = '{y}-{m}-{d}T{h}:{i}:{s}.{ms} {level} {text}';
  file.writeOptions = { ...file.writeOptions, mode: 0o600 };
  file.resolvePathFn = () => path.join(folder, 'posada.log');
  const fold = new LineFold();
  const write = (level: LogLevel, line: string): void => {
    const lines = level === 'info' ? [line] : fold.take(line, Date.now());
    for (const each of lines) log[level](each);
  };
  for (const level of ['warn', 'error'] as const) {
    const say = console[level].bind(console);
    console[level] = (...all: unknown[]) => {
      say(...all);
      write(level, all.map(errorText).join(' '));
    };
  }
  return {
    folder,
    write,
    end() {
      for (const line of fold.end()) log.warn(line);
    },
  };
}
