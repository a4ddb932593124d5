// Fuses are switches in Electron's program file: https://www.electronjs.org/docs/latest/tutorial/fuses

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
/** Where the switches begin after the sentinel: a version byte and a length byte come before. */
const first = sentinel.length + 2;
const nodeCliInspectArguments = 3;
const browserSnapshot = 6;

/**
 * Sets the two fuses that differ from Electron's own build: debugging from the command line on (Playwright needs it),
 * a snapshot of the browser process off (it costs 200 ms and 200 MB).
 * @param {Buffer} program changed in place
 */
export function setFuses(program) {
  const at = program.indexOf(sentinel);
  if (at < 0) throw new Error('The program has no fuses.');
  program[at + first + nodeCliInspectArguments] = 0x31;
  program[at + first + browserSnapshot] = 0x30;
}
