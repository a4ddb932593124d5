import readline from 'node:readline/promises';

/** Whether somebody sits there who can answer. */
export function someoneIsThere() {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY) && process.env.CI !== 'true';
}

/** @param {string} line what set-up does, or wants the person to know */
export function say(line) {
  console.log(line);
}

/**
 * Asks before something is changed on the machine; nobody there means yes.
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export async function mayGoAhead(question) {
  if (!someoneIsThere()) return true;
  const ask = readline.createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = (await ask.question(`${question} [Y/n] `)).trim().toLowerCase();
    return answer === '' || answer === 'y' || answer === 'yes' || answer === 's' || answer === 'sí' || answer === 'si';
  } finally {
    ask.close();
  }
}

/** A failure of set-up that the person can mend: its text is all that is shown. */
export class SetupError extends Error {}
