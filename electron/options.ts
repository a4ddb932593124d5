import path from 'node:path';

/** What the command line asks of the app; build/setup/ passes it through. */
export interface Options {
  /** Number of guests of the in-memory demo engine, or undefined for the real engines. */
  readonly demoGuests: number | undefined;
  /** Where to save a picture of the window once the list is there; the app exits after it. */
  readonly shot: string | undefined;
}

/**
 * Reads `--demo`, `--demo=N` and `--shot=FILE` from the arguments and leaves everything else to Electron.
 * @throws Error for a number of demo guests that is none
 */
export function parseOptions(args: readonly string[]): Options {
  let demoGuests: number | undefined;
  let shot: string | undefined;
  for (const arg of args) {
    const [name, value] = splitOnce(arg);
    if (name === '--demo') {
      demoGuests = value === undefined ? 24 : Number(value);
      if (!Number.isInteger(demoGuests) || demoGuests < 0 || demoGuests > 100_000) {
        throw new Error(`--demo=N takes a number of guests from 0 to 100000, not ${value}`);
      }
    } else if (name === '--shot' && value) {
      shot = path.resolve(value);
    }
  }
  return { demoGuests, shot };
}

function splitOnce(arg: string): [string, string | undefined] {
  const at = arg.indexOf('=');
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}
