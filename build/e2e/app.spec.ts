import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, type Page, test } from '@playwright/test';
import { openPromise } from 'yauzl';
import { problems } from './axe.ts';
import { openPosada, type Posada, row } from './posada.ts';

let posada: Posada | undefined;
let profile: string;

test.beforeEach(async () => {
  profile = await mkdtemp('/var/tmp/posada-test-profile-');
});
test.afterEach(async () => {
  // Not asked to close: where a test has failed, tasks may run, and it would ask back.
  posada?.app.process().kill('SIGKILL');
  posada = undefined;
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

/** The app with guests in memory only, on this test's profile. */
async function openDemo(guests = 24): Promise<Posada> {
  posada = await openPosada({ profile, args: [`--demo=${guests}`] });
  return posada;
}

/** The app with no engine but those that are added, on this test's profile. */
async function openEmpty(): Promise<Posada> {
  posada = await openPosada({ profile, env: { POSADA_LIBVIRT_URIS: '', POSADA_DOCKER_HOSTS: '' } });
  return posada;
}

/** Begins a task on every guest, so many that it takes a while: four at a time, 400 ms each. */
async function keepBusy(page: Page): Promise<void> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await page
    .getByRole('toolbar', { name: 'Verbs' })
    .getByRole('button', { name: /^Pause/ })
    .click();
  await expect(page.getByRole('button', { name: /tasks running/ })).toBeVisible();
}

/** Closes the window as its own button does. */
async function closeWindow({ app }: Posada): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

/** Waits for the end of the app, which the test brings about. */
async function ended({ app }: Posada, bringAbout: () => Promise<unknown>): Promise<void> {
  const exit = once(app.process(), 'exit');
  await bringAbout();
  expect(await exit).toEqual([0, null]);
  posada = undefined;
}

test('quitting while tasks run asks: go back, or quit all the same', async () => {
  const open = await openDemo(400);
  const { page } = open;
  await keepBusy(page);
  await closeWindow(open);
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('listitem').first()).toContainText('Pause');
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press('Enter'); // the harmless answer is the one at hand
  await expect(dialog).toHaveCount(0);
  await closeWindow(open);
  await ended(open, () => dialog.getByRole('button', { name: 'Quit anyway' }).click());
});

test('a page that answers nothing does not hold up the end', async () => {
  const open = await openDemo(400);
  await keepBusy(open.page);
  await open.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await ended(open, () => closeWindow(open));
});

test('a page that is busy breaks nothing off unasked: the system asks', async () => {
  const open = await openDemo(800);
  await keepBusy(open.page);
  const asked = await open.app.evaluateHandle(({ dialog }) => {
    const buttons: (string[] | undefined)[] = [];
    dialog.showMessageBox = (async (_window: unknown, options: Electron.MessageBoxOptions) => {
      buttons.push(options.buttons);
      return { response: buttons.length - 1, checkboxChecked: false }; // back first, then quit
    }) as typeof dialog.showMessageBox;
    return buttons;
  });
  await open.page.evaluate(() => {
    setTimeout(() => {
      for (const end = Date.now() + 120_000; Date.now() < end; );
    }, 0);
  });
  await closeWindow(open);
  await expect.poll(() => asked.jsonValue(), { timeout: 10_000 }).toEqual([['Back', 'Quit anyway']]);
  await ended(open, () => closeWindow(open));
});

test('the end of the session asks nobody', async () => {
  const open = await openDemo(400);
  await keepBusy(open.page);
  await ended(open, async () => open.app.process().kill('SIGTERM'));
});

test('the window opens where it was and as large, also after its screen was taken away', async () => {
  const place = { x: 40, y: 30, width: 900, height: 600 };
  const bounds = ({ app }: Posada) =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  const first = await openDemo();
  await first.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
  await expect.poll(() => bounds(first)).toEqual(place);
  await ended(first, () => closeWindow(first));
  const second = await openDemo();
  expect(await bounds(second)).toEqual(place);
  // As on a screen that is not connected any more.
  await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setPosition(9000, 9000));
  await expect.poll(async () => (await bounds(second))?.x).toBe(9000);
  await ended(second, () => closeWindow(second));
  const third = await openDemo();
  const screen = await third.app.evaluate(({ screen: screens }) => screens.getPrimaryDisplay().workArea);
  const now = await bounds(third);
  expect(now).toMatchObject({ width: place.width, height: place.height });
  expect(now?.x).toBeLessThanOrEqual(screen.x + screen.width - 100);
  expect(now?.y).toBeLessThanOrEqual(screen.y + screen.height - 40);
});

/** One connection in the settings, by its name. */
function connection(page: Page, name: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: `Use ${name}` }) });
}

test('an engine is added by its address, is there at once and after a restart, and is removed again', async () => {
  const { page } = await openEmpty();
  await page.keyboard.press('Control+,');
  await page.getByRole('textbox', { name: 'Address' }).fill('qemu+ssh://elsewhere/system');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Posada reaches only this machine so far.');
  await page.getByRole('textbox', { name: 'Address' }).fill('test:///default');
  await page.keyboard.press('Enter');
  await expect(connection(page, 'test:///default')).toContainText('Live');
  await page.getByRole('textbox', { name: 'Address' }).fill('test:///default');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('is in the list already');
  await page.keyboard.press('Control+1');
  await expect(row(page, 'test')).toContainText('Running');
  await posada?.close();

  const again = (await openEmpty()).page;
  await expect(row(again, 'test')).toContainText('Running');
  await again.keyboard.press('Control+,');
  await again.getByRole('button', { name: 'Remove test:///default' }).click();
  await expect(connection(again, 'test:///default')).toHaveCount(0);
  await again.keyboard.press('Control+1');
  await expect(row(again, 'test')).toHaveCount(0);
});

test('an engine that is switched off leaves the list, also after a restart, until it is switched on', async () => {
  const { page } = await openDemo();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '25');
  await page.keyboard.press('Control+,');
  const demo = page.getByRole('checkbox', { name: 'Use demo' });
  await demo.click(); // it follows once main has done it
  await expect(connection(page, 'demo')).toContainText('Switched off');
  await expect(page.getByRole('list', { name: 'Engines' }).getByRole('listitem')).toHaveCount(0);
  await posada?.close();

  const again = (await openDemo()).page;
  await expect(again.getByText('No engine is in use')).toBeVisible();
  await again.keyboard.press('Control+,');
  await again.getByRole('checkbox', { name: 'Use demo' }).click();
  await expect(connection(again, 'demo')).toContainText('Live');
  await again.keyboard.press('Control+1');
  await expect(again.getByRole('grid')).toHaveAttribute('aria-rowcount', '25');
});

test('settings are kept over a restart', async () => {
  const { page } = await openDemo();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await page.getByRole('textbox', { name: /Measure what is on screen/ }).fill('5');
  await page.keyboard.press('Tab');
  await page.getByRole('checkbox', { name: /Tell me on the desktop/ }).uncheck();
  await page.getByText('Español', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Ajustes', level: 1 })).toBeVisible();
  await posada?.close();

  const again = (await openDemo()).page;
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'dark');
  await again.keyboard.press('Control+,');
  await expect(again.getByRole('radio', { name: 'Español' })).toBeChecked();
  await expect(again.getByRole('textbox', { name: /Medir lo que está a la vista/ })).toHaveValue('5');
  await expect(again.getByRole('checkbox', { name: /Avisar/ })).not.toBeChecked();
});

/** The files of a zip by their names. */
async function unzip(file: string): Promise<Map<string, string>> {
  const zip = await openPromise(file);
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  return files;
}

test('a diagnostics bundle holds versions, states and log, and nothing of the person’s own', async () => {
  const open = await openDemo();
  const { app, page } = open;
  const names = await page.locator('.grid .guest-name').allTextContents();
  expect(names.length).toBeGreaterThan(3);
  const file = path.join(profile, 'bundle.zip');
  // The dialog of the system cannot be worked from here.
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await page.keyboard.press('Control+,');
  await page.getByRole('button', { name: 'Save diagnostics…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Posada’s log');
  expect(await problems(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await expect
    .poll(() =>
      readFile(file)
        .catch(() => Buffer.from([]))
        .then(({ length }) => length),
    )
    .toBeGreaterThan(0);
  const files = await unzip(file);
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['about.txt', 'versions.json', 'engines.json', 'posada.log']),
  );
  expect(files.get('versions.json')).toContain('electron');
  expect(files.get('posada.log')).toContain('engine demo: live');
  const all = [...files.values()].join('\n');
  for (const own of [...names, os.homedir()]) expect(all).not.toContain(own);
});
