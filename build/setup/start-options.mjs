import { parseArgs } from 'node:util';
import { SetupError } from './person.mjs';

export const help = `npm start                       opens Posada on this machine's engines
npm start -- --demo[=1000]      opens it with guests that exist only in memory
npm start -- --shot FILE.png    runs it on a virtual screen, saves a picture of the list, exits
npm start -- --no-install       installs, builds and starts nothing
npm start -- --help             these lines`;

/**
 * @param {readonly string[]} args
 * @returns {{ help: boolean, install: boolean, shot: string | undefined, demo: number | undefined, app: string[] }}
 *   demo: how many guests; app: arguments that Chromium or Electron understands, passed on
 * @throws {SetupError} for what is not understood
 */
export function startOptions(args) {
  const app = args.filter((arg) => /^--(user-data-dir|lang|disable-gpu|force-device-scale-factor)(=|$)/.test(arg));
  // Node's parser has no option with a value that may be left out.
  const plain = args.filter((arg) => !app.includes(arg)).map((arg) => (arg === '--demo' ? '--demo=24' : arg));
  try {
    const { values } = parseArgs({
      args: plain,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        'no-install': { type: 'boolean', default: false },
        shot: { type: 'string' },
        demo: { type: 'string' },
      },
    });
    const demo = values.demo === undefined ? undefined : Number(values.demo);
    if (demo !== undefined && !(Number.isInteger(demo) && demo >= 0 && demo <= 100_000)) {
      throw new Error('--demo takes a number of guests from 0 to 100000.');
    }
    return { help: values.help, install: !values['no-install'], shot: values.shot, demo, app };
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${help}`);
  }
}
