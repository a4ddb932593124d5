import { createWriteStream } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { InventoryCopy } from '../shared/inventory.ts';
import type { Settings } from '../shared/settings.ts';

/** What the bundle is made of. */
export interface Known {
  readonly versions: Readonly<Record<string, string>>;
  readonly inventory: InventoryCopy;
  readonly settings: Settings;
  readonly logFolder: string;
  /** What the bundle holds and what not, in the person's words. */
  readonly about: string;
}

/** Written by us from counts and numbers: nothing in them is the person's own. */
const ours: ReadonlySet<string> = new Set(['about.txt', 'versions.json', 'guests.json']);

/**
 * Takes out what is the person's own, as whole words.
 * @param secrets text to find and what stands for it then; longer ones go first
 */
export function scrub(text: string, secrets: ReadonlyMap<string, string>): string {
  let clean = text;
  const byLength = [...secrets].filter(([secret]) => secret.length > 1).sort(([a], [b]) => b.length - a.length);
  for (const [secret, sign] of byLength) {
    const escaped = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    clean = clean.replace(new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'g'), () => sign);
  }
  return (
    clean
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
  about,
}: Known): Promise<Map<string, string>> {
  const { username, homedir } = os.userInfo();
  const secrets = new Map([
    [homedir, '<home>'],
    [os.hostname(), '<host>'],
    ...(username === 'root' ? [] : ([[username, '<user>']] as const)),
    ...inventory.guests.flatMap(({ name, title }) => [
      [name, '<guest>'] as const,
      ...(title ? [[title, '<title>'] as const] : []),
    ]),
  ]);
  const { engines, guests, tasks } = inventory;
  const counts = new Map<string, number>();
  for (const { kind, state } of guests) counts.set(`${kind} ${state}`, (counts.get(`${kind} ${state}`) ?? 0) + 1);
  const failed = tasks.filter((task) => task.failure);
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const texts = new Map([
    ['about.txt', `${about}\n`],
    ['versions.json', json(versions)],
    ['engines.json', json(engines)],
    ['settings.json', json(settings)],
    ['guests.json', json(Object.fromEntries(counts))],
    [
      'failures.json',
      json(failed.map(({ action, failure, startedAt }) => ({ verb: action.verb, failure, startedAt }))),
    ],
  ]);
  for (const file of await readdir(logFolder).catch(() => [])) {
    if (file.endsWith('.log')) texts.set(file, await readFile(path.join(logFolder, file), 'utf8'));
  }
  return new Map(Array.from(texts, ([file, text]) => [file, ours.has(file) ? text : scrub(text, secrets)]));
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
