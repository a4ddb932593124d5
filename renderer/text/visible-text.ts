/**
 * Text that comes from an engine, fit to be shown on one line: control characters become visible pictures (a new line
 * is ␊), and marks that turn the writing direction around, which could make a name read as another, become their
 * number. Everything else stays as it is; React makes sure that it is never markup.
 */
export function visibleText(text: string): string {
  return suspicious.test(text) ? text.replace(suspects, picture) : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const suspects = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const suspicious = new RegExp(suspects.source);

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `‹${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\ud802\ud803\ud83a\ud83b]/;

/** Text from an engine for the middle of a sentence: right-to-left words do not turn the rest of it around. */
export function isolatedText(text: string): string {
  const shown = visibleText(text);
  return rightToLeft.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** The same for text of several lines: new lines and tabs stay what they are. */
export function visibleLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(suspects, (character) => (character === '\n' || character === '\t' ? character : picture(character)));
}
