import type { Remedy } from '../../shared/failure.ts';
import type { Message } from '../../shared/message.ts';

/** Writes a word so that a POSIX shell takes it as that one word, whatever it contains. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A command line to copy, and why. */
export function runRemedy(command: string, why: Message): Remedy {
  return { do: 'run', command, why };
}
