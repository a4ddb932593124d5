import { createWriteStream } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { InventoryCopy } from '../shared/inventory.ts';
import type { Settings } from '../shared/settings.ts';
import type { Task } from '../shared/task.ts';
import type { JournalContent } from './journal/journal-file.ts';
import type { Journals } from './journal/journals.ts';
import { namesIn } from './log/failure-line.ts';

/** What the bundle is made of. */
export interface Known {
  readonly versions: Readonly<Record<string, string>>;
  readonly inventory: InventoryCopy;
  readonly settings: Settings;
  readonly logFolder: string;
  readonly journals: Journals;
  /** What the bundle holds and what not, in the person's words. */
  readonly about: string;
}

/** Fields of JSON whose words are the app's: a guest may be called like one of them. */
const ourFields: ReadonlySet<string> = new Set(['code', 'key', 'do', 'verb', 'state', 'kind', 'source']);

/** From so many letters on a name is found beside hyphens too: disks are called after their guests. */
const distinct = 4;

/**
 * Takes out what is the person's own, as whole words.
 * @param secrets text to find and what stands for it then; longer ones go first
 */
export function scrub(text: string, secrets: ReadonlyMap<string, string>): string {
  return withoutPasswords(scrubber(secrets)(text));
}

/** In one pass: a bundle of thousands of guests is not waited for. */
function scrubber(secrets: ReadonlyMap<string, string>): (text: string) => string {
  const byLength = [...secrets.keys()].filter((secret) => secret.length > 1).sort((a, b) => b.length - a.length);
  const short = byLength.filter((secret) => secret.length < distinct);
  const long = byLength.filter((secret) => secret.length >= distinct);
  const patterns = [...wholeWords(long, '[\\p{L}\\p{N}]'), ...wholeWords(short, '[\\p{L}\\p{N}_-]')];
  if (patterns.length === 0) return (text) => text;
  const pattern = new RegExp(patterns.join('|'), 'gu');
  return (text) => text.replace(pattern, (found) => secrets.get(found) ?? '');
}

/** A pattern for each of the words, where none of these letters is before or after it. */
function wholeWords(words: readonly string[], letter: string): string[] {
  if (words.length === 0) return [];
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return [`(?<!${letter})(?:${escaped.join('|')})(?!${letter})`];
}

function withoutPasswords(text: string): string {
  return (
    text
      // user:password@ in an address
      .replace(/(\w+:\/\/[^\s:@/]+):[^\s@/]+@/g, '$1:<password>@')
      .replace(
        /\b(password|passwd|secret|token|api[-_]?key)(["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,}]+)/gi,
        '$1$2<secret>',
      )
      .replace(/-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|$)/g, '<key>')
  );
}

/** The texts of the bundle by the names of their files, scrubbed. */
export async function diagnosticTexts({
  versions,
  inventory,
  settings,
  logFolder,
  journals,
  about,
}: Known): Promise<Map<string, string>> {
  const { username, homedir } = os.userInfo();
  const { engines, guests, tasks } = inventory;
  const { known: left, lines: journalLines } = await readJournals(journals);
  const names = [...guests, ...tasks.flatMap(namesOf), ...left.map(nameIn)].flatMap(({ name, title }) => [
    [name, '<guest>'] as const,
    ...(title ? [[title, '<title>'] as const] : []),
  ]);
  const secrets = new Map([
    [homedir, '<home>'],
    [os.hostname(), '<host>'],
    ...(username === 'root' ? [] : ([[username, '<user>']] as const)),
    ...names,
    // as a log has them that quotes them
    ...names.map(([name, sign]) => [JSON.stringify(name).slice(1, -1), sign] as const),
  ]);
  const counts = new Map<string, number>();
  for (const { kind, state } of guests) counts.set(`${kind} ${state}`, (counts.get(`${kind} ${state}`) ?? 0) + 1);
  const failed = tasks.filter((task) => task.failure);
  // What JSON escapes would not be found afterwards.
  const withoutSecrets = scrubber(secrets);
  const clean = (key: string, value: unknown): unknown =>
    typeof value === 'string' && !ourFields.has(key) ? withoutSecrets(value) : value;
  const json = (value: unknown): string => `${withoutPasswords(JSON.stringify(value, clean, 2))}\n`;
  const texts = new Map([
    ['about.txt', `${about}\n`],
    ['versions.json', `${JSON.stringify(versions, null, 2)}\n`], // nothing in it is the person's own
    ['engines.json', json(engines)],
    ['settings.json', json(settings)],
    ['guests.json', json(Object.fromEntries(counts))],
    [
      'failures.json',
      json(
        failed.map(({ action, failure, startedAt }) => ({
          verb: action.verb,
          failure: { ...failure, guest: undefined }, // it may be the container's label
          startedAt,
        })),
      ),
    ],
  ]);
  if (journalLines.length > 0) texts.set('journals.json', json(journalLines));
  for (const file of await readdir(logFolder).catch(() => [])) {
    if (file.endsWith('.log')) texts.set(file, scrub(await readFile(path.join(logFolder, file), 'utf8'), secrets));
  }
  return texts;
}

/** How far each operation came that is under way or was broken off. Its plan and what it learned name what is the person's. */
async function readJournals(journals: Journals): Promise<{ known: JournalContent[]; lines: object[] }> {
  const known: JournalContent[] = [];
  const lines: object[] = [];
  try {
    const all = await journals.read(({ file, error }) =>
      lines.push({ file: path.basename(file), unreadable: String(error) }),
    );
    for (const { content } of all) if (content) known.push(content);
  } catch (error) {
    lines.push({ unreadable: String(error) });
  }
  for (const { head, steps } of known) {
    const { task, engine, kind: operation, action, at } = head;
    const states = Array.from(steps, ([step, state]) => ({ step, state: state.at }));
    lines.push({ task, engine, operation, verb: action.verb, at, steps: states });
  }
  return { known, lines };
}

function nameIn({ head }: JournalContent): { name: string; title?: string } {
  return { name: head.guestName };
}

/** Guests that a task knew: they may have other names by now, or be gone. */
function namesOf({ guestName, action, failure }: Task): { name: string; title?: string }[] {
  const names = [guestName, ...namesIn(failure?.title), ...namesIn(failure?.detail)].map((name) => ({ name }));
  if (action.verb === 'rename') return [...names, { name: action.name }];
  return action.verb === 'setTitle' ? [...names, { name: guestName, title: action.title }] : names;
}

/** Writes the bundle; a half one is not left behind. */
export async function writeDiagnostics(file: string, known: Known): Promise<void> {
  const zip = new ZipFile();
  for (const [name, text] of await diagnosticTexts(known)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const half = `${file}.part`;
  try {
    await pipeline(zip.outputStream, createWriteStream(half, { mode: 0o600 }));
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}
