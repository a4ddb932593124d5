import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openPosada, type Posada, startElectron } from './posada.ts';

let posada: Posada | undefined;
let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp('/var/tmp/posada-test-tray-');
});
test.afterEach(async () => {
  await posada?.close();
  posada = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** A desktop whose session bus says whether somebody draws tray icons. */
async function desktop(draws: boolean): Promise<Record<string, string>> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, 'gdbus'), `#!/bin/sh\necho '(${draws},)'\n`);
  await chmod(path.join(bin, 'gdbus'), 0o755);
  return { PATH: `${bin}:${process.env.PATH}`, DBUS_SESSION_BUS_ADDRESS: `unix:path=${folder}/no-bus` };
}

const windowsSeen = ({ app }: Posada) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));

/** Presses the window's own close button, as the desktop does. */
const closeWindow = ({ app }: Posada) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

async function closeToTray({ page }: Posada): Promise<void> {
  await page.keyboard.press('Control+,');
  await page.getByText('Leaves it in the tray').click();
  await expect(page.getByRole('radio', { name: 'Leaves it in the tray' })).toBeChecked();
}

test('closing hides the window where there is a tray, and a second start brings it back', async () => {
  const profile = path.join(folder, 'profile');
  posada = await openPosada({ profile, args: ['--demo'], env: await desktop(true) });
  await closeToTray(posada);
  await closeWindow(posada);
  await expect.poll(() => posada && windowsSeen(posada)).toEqual([false]);
  const [code] = await once(startElectron(profile), 'exit');
  expect(code).toBe(0);
  await expect.poll(() => posada && windowsSeen(posada)).toEqual([true]);
});

test('closing quits where the tray has gone meanwhile: nobody could find the window again', async () => {
  posada = await openPosada({ profile: path.join(folder, 'profile'), args: ['--demo'], env: await desktop(true) });
  await closeToTray(posada);
  await desktop(false);
  const gone = once(posada.app.process(), 'exit');
  await closeWindow(posada);
  expect(await gone).toEqual([0, null]);
  posada = undefined;
});

test('quitting can wait for what runs', async () => {
  posada = await openPosada({ profile: path.join(folder, 'profile'), args: ['--demo=400'] });
  const { app, page } = posada;
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+a');
  await page
    .getByRole('toolbar', { name: 'Verbs' })
    .getByRole('button', { name: /^Start/ })
    .click();
  await expect(page.getByRole('button', { name: /tasks? running/ })).toBeVisible();
  await page.keyboard.press('Control+q');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: /Quit when/ }).click();
  await expect(dialog).toContainText('quits as soon as');
  expect(await once(app.process(), 'exit')).toEqual([0, null]);
  posada = undefined;
});
