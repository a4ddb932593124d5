import { expect, type Page, test } from '@playwright/test';
import { booted } from '../testing/test-domains.ts';
import { Guests, virsh } from './guests.ts';
import { filter, openPosada, type Posada, row } from './posada.ts';

let guests: Guests;
let posada: Posada;

test.beforeEach(() => {
  guests = new Guests();
});
test.afterEach(async () => {
  await posada?.close();
  await guests.remove();
});

/** Opens the menu of a guest and chooses a verb in it. */
async function choose(page: Page, name: string, verb: string): Promise<void> {
  await row(page, name).click({ button: 'right' });
  await page.getByRole('menu').getByRole('menuitem', { name: verb, exact: true }).click();
}

/** Chooses a verb that asks first, and says yes. */
async function chooseAndConfirm(page: Page, name: string, verb: string): Promise<void> {
  await choose(page, name, verb);
  await page.getByRole('alertdialog').getByRole('button', { name: verb }).click();
}

test('a VM is reset, saved to disk, goes on from there, and loses its saved state when told', async () => {
  const vm = await guests.vm('save');
  posada = await openPosada();
  const { page } = posada;
  await filter(page, guests.prefix);
  await choose(page, vm, 'Start');
  await booted(vm);
  await chooseAndConfirm(page, vm, 'Reset');
  await booted(vm);
  await choose(page, vm, 'Save to disk');
  await expect(row(page, vm)).toContainText('Saved');
  expect(await virsh.state(vm)).toBe('saved');
  await choose(page, vm, 'Restore');
  await expect(row(page, vm)).toContainText('Running');
  // It went on and did not boot anew.
  expect(await virsh.run('domstate', '--reason', '--domain', vm)).toContain('running (restored)');
  await choose(page, vm, 'Save to disk');
  await expect(row(page, vm)).toContainText('Saved');
  await chooseAndConfirm(page, vm, 'Discard saved state');
  await expect(row(page, vm)).toContainText('Stopped');
  expect(await virsh.state(vm)).toBe('stopped');
});

test('autostart and protection are on the engine at once, and what virsh changes shows', async () => {
  const vm = await guests.vm('flags');
  posada = await openPosada();
  const { page } = posada;
  await filter(page, guests.prefix);
  await choose(page, vm, 'Turn autostart on');
  await expect.poll(() => virsh.autostart(vm)).toBe('on');
  // libvirt tells nobody of it: it shows once the VM is read again, here after the next verb.
  await virsh.run('autostart', '--domain', vm, '--disable');
  await choose(page, vm, 'Protect');
  await expect.poll(() => virsh.run('dumpxml', '--domain', vm)).toContain('protected="yes"');
  await row(page, vm).click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: /^Delete/ })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await choose(page, vm, 'Turn autostart on');
  await expect.poll(() => virsh.autostart(vm)).toBe('on');
  await choose(page, vm, 'Take protection off');
  await expect.poll(() => virsh.run('dumpxml', '--domain', vm)).not.toContain('protected="yes"');
});
