import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { docker, Guests, virsh } from './guests.ts';
import { OrdinaryUser } from './ordinary-user.ts';
import { filter, openPosada, type Posada, row, verb } from './posada.ts';

test.skip(process.getuid?.() !== 0, 'only root can become another user; the other journeys ran as one');

let guests: Guests;
let posada: Posada | undefined;
let user: OrdinaryUser | undefined;

test.beforeEach(() => {
  guests = new Guests();
});
test.afterEach(async () => {
  await posada?.close();
  await guests.remove();
  await user?.remove();
  [posada, user] = [undefined, undefined];
});

/** The lines of /proc/PID/status of the window's own process. */
async function rendererStatus({ app }: Posada): Promise<string> {
  const pid = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId());
  return readFile(`/proc/${pid}/status`, 'utf8');
}

test('a member of libvirt and docker sees and moves guests of both kinds, with the sandbox on', async () => {
  user = await OrdinaryUser.make(['libvirt', 'docker']);
  const vm = await guests.vm('user');
  const container = await guests.container('user-c');
  posada = await openPosada({ as: user });
  const { page } = posada;
  await filter(page, guests.prefix);
  const status = await rendererStatus(posada);
  expect(status).toMatch(/^Seccomp:\s+2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  expect(status).not.toMatch(/^Uid:\s+0\b/m);
  for (const [name, state] of [
    [vm, () => virsh.state(vm)],
    [container, () => docker.state(container)],
  ] as const) {
    await row(page, name).click();
    await verb(page, 'Start').click();
    await expect(row(page, name)).toContainText('Running');
    expect(await state()).toBe('running');
    await expect(row(page, name).locator('[data-column=memory]')).toContainText('iB');
    await verb(page, /Force off|Kill/).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /Force off|Kill/ })
      .click();
    await expect(row(page, name)).toContainText('Stopped');
    expect(await state()).toBe('stopped');
  }
  expect(posada.errors).toEqual([]);
});

test('who is in neither group reads which group to join, and that it needs a new login', async () => {
  user = await OrdinaryUser.make(['video']);
  posada = await openPosada({ as: user });
  const problems = posada.page.getByRole('region', { name: 'Engines that cannot be reached' });
  await expect(problems).toContainText(`sudo usermod -aG docker ${user.name}`);
  await expect(problems).toContainText(`sudo usermod -aG libvirt ${user.name}`);
  await expect(problems).toContainText('Log out and in again');
});
