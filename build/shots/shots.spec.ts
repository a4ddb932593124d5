import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { docker, Guests, virsh } from '../e2e/guests.ts';
import { filter, openPosada, type Posada, row, verb } from '../e2e/posada.ts';
import { TestPool } from '../testing/test-pool.ts';

// The pictures of the README: the real app on real guests, which are removed afterwards.
const guests = new Guests('inn');
let posada: Posada;

function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: path.join(import.meta.dirname, `${name}.png`) });
}

test.afterAll(async () => {
  await posada?.close();
  await guests.remove();
});

test('pictures', async () => {
  const pool = await TestPool.make(virsh, 'inn-images');
  guests.later(() => pool.remove());
  const vms = [
    await guests.vm('router', { disk: await pool.volume('router.qcow2') }),
    await guests.vm('build-1', { busy: true }),
    await guests.vm('windows-test'),
  ];
  const containers = [
    await guests.container('web', '--publish', '127.0.0.1:18080:80'),
    await guests.container('db', '--publish', '127.0.0.1:15432:5432', '--memory', '512m'),
    await guests.container('cache', '--memory', '64m'),
    await guests.container('worker'),
  ];
  await guests.vm('broken', { disk: '/var/lib/libvirt/images/moved-away.qcow2' });
  for (const name of vms.slice(0, 2)) await virsh.run('start', name);
  for (const name of containers) await docker.run('start', name);
  await docker.run('exec', '--detach', containers[3] ?? '', 'sh', '-c', 'while :; do :; done');
  await docker.run('pause', containers[2] ?? '');

  posada = await openPosada();
  const { page } = posada;
  await filter(page, 'inn-');
  await row(page, 'inn-worker').click();
  // Enough moments for a curve.
  const cpu = page.getByRole('slider', { name: 'CPU' });
  await expect.poll(async () => Number(await cpu.getAttribute('aria-valuemax'))).toBeGreaterThan(15);
  await picture(page, 'guests-light');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('web');
  await picture(page, 'palette-light');
  await page.keyboard.press('Escape');

  await row(page, 'inn-windows-test').click();
  await row(page, 'inn-cache').click({ modifiers: ['ControlOrMeta'] });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await picture(page, 'settings-dark');
  await page.getByText('Español').click();
  await page.keyboard.press('Control+1');
  await row(page, 'inn-router').click();
  await picture(page, 'guests-dark-es');
  await page.keyboard.press('Delete');
  await expect(page.locator('dialog[open]').getByText(/qcow2/).first()).toBeVisible();
  await picture(page, 'delete-dark-es');
  await page.keyboard.press('Escape');
  await row(page, 'inn-broken').click();
  await verb(page, 'Iniciar').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await picture(page, 'failure-dark-es');
  await page.getByRole('button', { name: /Tareas/ }).click();
  await page.getByRole('button', { name: 'Ajustes' }).click();
  await page.getByText('English').click();
  await page.getByText('Light', { exact: true }).click();
  await page.keyboard.press('Control+1');
  await row(page, 'inn-web').click();
  await verb(page, 'Kill').click();
  await picture(page, 'confirm-light');
});
