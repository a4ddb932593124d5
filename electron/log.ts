import path from 'node:path';
import log from 'electron-log/node';
import type { InventoryPatch } from '../shared/inventory.ts';

/** Bytes of one file; with the one before it, that is all that the log ever takes. */
const mostBytes = 2 * 1024 ** 2;
/** The same line again within so many milliseconds is only counted. */
const foldMs = 60_000;

/** Where the log is. */
export function logFolder(dataFolder: string): string {
  return path.join(dataFolder, 'logs');
}

/** From now on what is written to the console is kept in a file too, without floods, and rotated. */
export function keepLog(dataFolder: string): void {
  log.transports.file.resolvePathFn = () => path.join(logFolder(dataFolder), 'posada.log');
  log.transports.file.maxSize = mostBytes;
  log.transports.file.level = 'debug';
  log.transports.console.level = 'debug';
  log.transports.console.format = '{text}';
  const repeats = new Repeats(foldMs);
  log.hooks.push((message, transport) => {
    if (transport !== log.transports.file) return message;
    const again = repeats.count(`${message.level} ${message.data.map(String).join(' ')}`, Date.now());
    if (again === undefined) return false;
    return again === 0 ? message : { ...message, data: [...message.data, `(and ${again} times before)`] };
  });
  Object.assign(console, log.functions);
}

/** Which lines have just been said. */
export class Repeats {
  readonly #ms: number;
  readonly #said = new Map<string, { at: number; again: number }>();

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** How often the line was held back since it was last let through; undefined: hold it back. */
  count(line: string, now: number): number | undefined {
    const last = this.#said.get(line);
    if (last && now - last.at < this.#ms) {
      last.again += 1;
      return undefined;
    }
    this.#said.delete(line);
    this.#said.set(line, { at: now, again: 0 });
    for (const [old, { at }] of this.#said) {
      if (this.#said.size <= 500 && now - at < this.#ms) break;
      this.#said.delete(old);
    }
    return last?.again ?? 0;
  }
}

/** Lines about engines that come and go and tasks that fail: codes and the engines' own words, no definition of a guest. */
export class PatchLog {
  readonly #states = new Map<string, string>();

  /** The lines that a patch is worth. */
  lines({ engines, enginesGone, tasks }: InventoryPatch): string[] {
    const lines: string[] = [];
    for (const { id, state, version, failure } of engines) {
      const now = [state, failure?.code, failure?.raw?.text].filter(Boolean).join(': ');
      if (this.#states.get(id) === now) continue;
      this.#states.set(id, now);
      lines.push(`engine ${id} is ${now}${state === 'live' && version ? ` (${version})` : ''}`);
    }
    for (const id of enginesGone) {
      this.#states.delete(id);
      lines.push(`engine ${id} is not used any more`);
    }
    for (const { action, guest, failure, state } of tasks) {
      if (state !== 'failed') continue;
      lines.push(
        `${action.verb} of ${guest} failed: ${[failure?.code, failure?.raw?.text].filter(Boolean).join(': ')}`,
      );
    }
    return lines;
  }
}
