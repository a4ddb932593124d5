import { randomBytes } from 'node:crypto';
import { say } from '../../../../shared/message.ts';
import { Refusal } from '../refusal.ts';

/** Letters of what is readable in it. */
const longestSlug = 60;

/**
 * A name for libvirt out of the one that a person gave: readable in virsh, and unique. Never changed afterwards: the
 * images hold it too. libvirt 9.0 loses a snapshot whose name has 300 bytes, refuses a `/` and a leading dot, and takes
 * a wrong one of two of the same name in an image: so it ends in what no other has.
 */
export function snapshotNameFor(shown: string, taken: ReadonlySet<string>, unique = shortUnique): string {
  const slug = shown
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replaceAll(/^-+|-+$/g, '');
  for (;;) {
    const name = `${slug || 'snapshot'}-${unique()}`;
    if (!taken.has(name)) return name;
  }
}

function shortUnique(): string {
  return randomBytes(4).toString('hex');
}

/** XML has no way to write most control characters. @throws Refusal */
export function refuseUnwritable(...texts: readonly string[]): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (texts.some((text) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(text))) {
    throw new Refusal('bad-input', say('failure.detail.badInput'));
  }
}

/** A text as it is read back out of XML: line ends are one letter, and nothing is around it. */
export function keptText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}
