import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test';
import { electron } from '../setup/electron/runtime.mjs';
import type { OrdinaryUser } from './ordinary-user.ts';

/** The app, open. */
export interface Posada {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the page wrote to its console as an error, and errors that nobody caught. */
  readonly errors: string[];
  close(): Promise<void>;
}

interface HowToOpen {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** A profile that the caller keeps; else the app gets one of its own. */
  readonly profile?: string;
  /** Runs it as this user, with Chromium's sandbox. */
  readonly as?: OrdinaryUser;
}

const root = path.join(import.meta.dirname, '../..');

/** Opens the built app with a profile of its own and waits for the list. */
export async function openPosada({ env, args = [], as, profile: kept }: HowToOpen = {}): Promise<Posada> {
  const profile = kept ?? (as ? await as.makeFolder('profile') : await mkdtemp('/var/tmp/posada-test-profile-'));
  const asRoot = process.getuid?.() === 0;
  const app = await _electron.launch({
    executablePath: as ? as.program : electron().program,
    args: [`--user-data-dir=${profile}`, '--disable-gpu', ...args, as ? as.appFolder : root],
    env: { ...plainEnv(), ...as?.env, ...env },
    // Root has no sandbox.
    chromiumSandbox: as !== undefined || !asRoot,
  });
  const page = await app.firstWindow();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  await expect(page.locator('html')).toHaveAttribute('data-ready', 'list');
  return {
    app,
    page,
    errors,
    async close() {
      await app.close();
      if (!kept) await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Starts the app once more, without Playwright. */
export function startElectron(profile: string): ChildProcess {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return spawn(electron().program, [...sandbox, `--user-data-dir=${profile}`, '--disable-gpu', root], {
    env: plainEnv(),
    stdio: 'ignore',
  });
}

/** Our environment without what would point the app elsewhere. */
function plainEnv(): Record<string, string> {
  const left = /^(DOCKER_|LIBVIRT_|POSADA_|XDG_|npm_)/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || left.test(name) ? [] : [[name, value]],
    ),
  );
}

/** The row of the guest with exactly this name. */
export function row(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.locator('.guest-name').getByText(name, { exact: true }) });
}

/** A verb in the bar above the list. */
export function verb(page: Page, name: string | RegExp) {
  return page
    .getByRole('toolbar', { name: /Verbs|Acciones/ })
    .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
}

/** Shows only guests whose facts contain the text. */
export async function filter(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: /Filter guests|Filtrar/ }).fill(text);
}
