import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { booted } from '../testing/test-domains.ts';
import { TestPool } from '../testing/test-pool.ts';
import { Guests, virsh } from './guests.ts';
import { OrdinaryUser } from './ordinary-user.ts';
import { filter, openPosada, type Posada, row, verb } from './posada.ts';

// Snapshots of a real VM, and what virsh and its disk say of them.
const isRoot = process.getuid?.() === 0;
let guests: Guests;
let posada: Posada | undefined;
let user: OrdinaryUser | undefined;
let profile: string | undefined;

test.beforeEach(() => {
  guests = new Guests();
});
test.afterEach(async () => {
  await posada?.close();
  await guests.remove();
  await user?.remove();
  if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  [posada, user, profile] = [undefined, undefined, undefined];
});

const form = (page: Page): Locator => page.locator('dialog[open]');
const item = (page: Page, name: string): Locator =>
  page
    .getByRole('tree', { name: /^Snapshots of/ })
    .getByRole('treeitem')
    .filter({ has: page.getByText(name, { exact: true }) });

async function take(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Take snapshot', exact: true }).first().click();
  await form(page).getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  await expect(item(page, name)).toBeVisible();
}

async function restore(page: Page, name: string, keep: boolean): Promise<void> {
  await item(page, name).click();
  await page.keyboard.press('Enter');
  const box = form(page).getByRole('checkbox');
  if (keep) await expect(box).toBeChecked();
  else await box.uncheck();
  await form(page)
    .getByRole('button', { name: keep ? 'Keep and restore' : 'Restore', exact: true })
    .click();
  await expect(form(page)).toHaveCount(0);
}

/** A VM with one disk of which the first bytes can be read and written while it is off. */
async function vmWithDisk(full = false) {
  const pool = await TestPool.make(virsh, `${guests.prefix}-pool`);
  guests.later(() => pool.remove());
  await pool.volume('disk.qcow2');
  const vm = await guests.vm('snap', { disk: pool.path('disk.qcow2'), full });
  return { vm, pool };
}

async function current(vm: string): Promise<string> {
  return (await virsh.run('snapshot-current', '--domain', vm, '--name')).trim();
}

async function journey(page: Page): Promise<void> {
  const { vm } = await vmWithDisk();
  await filter(page, vm);
  await row(page, vm).click();
  await take(page, 'clean');
  expect(await current(vm)).toMatch(/^clean/);

  // With its memory: it goes on there, and what it was is kept.
  await verb(page, 'Start').click();
  await booted(vm);
  await take(page, 'booted');
  expect(await virsh.run('snapshot-info', '--domain', vm, '--current')).toMatch(/State: +running/);
  await restore(page, 'clean', true);
  await expect.poll(() => virsh.state(vm)).toBe('stopped');
  expect(await virsh.run('snapshot-list', '--domain', vm, '--name')).toMatch(
    /^before-restoring-clean[\s\S]*^booted[\s\S]*^clean/m,
  );
  await restore(page, 'booted', false);
  await expect.poll(() => virsh.run('domstate', '--domain', vm, '--reason')).toContain('running (from snapshot)');

  // Another client's is there too, and goes by our delete.
  await virsh.run('snapshot-create-as', '--domain', vm, 'by-virsh');
  await expect(item(page, 'by-virsh')).toBeVisible();
  await item(page, 'by-virsh').click();
  await page.keyboard.press('Delete');
  await form(page).getByRole('button', { name: 'Delete snapshot' }).click();
  await expect(item(page, 'by-virsh')).toHaveCount(0);
  expect(await virsh.run('snapshot-list', '--domain', vm, '--name')).not.toContain('by-virsh');
}

test('a VM is snapshotted off and running, goes back to each, and shows what virsh takes', async () => {
  posada = await openPosada();
  await journey(posada.page);
  expect(posada.errors).toEqual([]);
});

test('an ordinary user does the same', async () => {
  test.skip(!isRoot, 'only root can become another user; the other journey ran as one');
  user = await OrdinaryUser.make(['libvirt', 'docker']);
  posada = await openPosada({ as: user });
  await journey(posada.page);
  expect(posada.errors).toEqual([]);
});

test('a snapshot that Posada was killed in is taken back when it starts again, and the person is told', async () => {
  const { vm } = await vmWithDisk(true);
  await virsh.run('start', '--domain', vm);
  await booted(vm);
  profile = await mkdtemp('/var/tmp/posada-test-profile-');
  posada = await openPosada({ profile });
  await filter(posada.page, vm);
  await row(posada.page, vm).click();
  await posada.page.getByRole('button', { name: 'Take snapshot', exact: true }).first().click();
  await form(posada.page).getByLabel('Name').fill('broken off');
  await posada.page.keyboard.press('Enter');
  // As soon as libvirt has been asked; it goes on by itself.
  const folder = path.join(profile, 'journal');
  const journal = async (): Promise<string> => {
    const [name] = await readdir(folder).catch(() => []);
    return name ? readFile(path.join(folder, name), 'utf8') : '';
  };
  await expect.poll(journal, { intervals: [5] }).toContain('"step":"take"');
  const ended = once(posada.app.process(), 'exit');
  posada.app.process().kill('SIGKILL');
  await ended;
  expect(await journal()).toContain('"step":"take"');

  posada = await openPosada({ profile });
  const notices = posada.page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText(vm);
  await expect.poll(() => readdir(folder)).toEqual([]);
  expect((await virsh.run('snapshot-list', '--domain', vm, '--name')).trim()).toBe('');
  expect(await virsh.state(vm)).toBe('running');
});
