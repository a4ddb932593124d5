import { expect, test } from '@playwright/test';
import { docker, Guests, virsh } from './guests.ts';
import { filter, openPosada, type Posada, row, verb } from './posada.ts';

let guests: Guests;
let posada: Posada;

test.beforeEach(async () => {
  guests = new Guests();
});
test.afterEach(async () => {
  await posada?.close();
  await guests.remove();
});

test('shows VMs and containers side by side, with figures, and starts and stops one of each', async () => {
  const vm = await guests.vm('web');
  const container = await guests.container('db', '--publish', '127.0.0.1::5432');
  posada = await openPosada();
  const { page } = posada;
  await filter(page, guests.prefix);
  await expect(row(page, vm)).toContainText('Stopped');
  await expect(row(page, vm)).toContainText('VM');
  await expect(row(page, container)).toContainText('Container');
  await expect(row(page, container)).toContainText('posada-test-e2e:1');

  for (const [name, stop, state] of [
    [vm, 'Force off', (): Promise<string> => virsh.state(vm)],
    [container, 'Stop', (): Promise<string> => docker.state(container)],
  ] as const) {
    await row(page, name).click();
    await verb(page, 'Start').click();
    await expect(row(page, name)).toContainText('Running');
    expect(await state()).toBe('running');
    await expect(row(page, name).locator('[data-column=cpu]')).toContainText('%');
    await expect(row(page, name).locator('[data-column=memory]')).toContainText('iB');
    await verb(page, 'Pause').click();
    await expect(row(page, name)).toContainText('Paused');
    expect(await state()).toBe('paused');
    await verb(page, 'Resume').click();
    await expect(row(page, name)).toContainText('Running');
    await verb(page, stop).click();
    if (stop === 'Force off') await page.getByRole('alertdialog').getByRole('button', { name: 'Force off' }).click();
    await expect(row(page, name)).toContainText('Stopped');
    expect(await state()).toBe('stopped');
  }
  await page.getByRole('button', { name: /Tasks/ }).click();
  await expect(page.getByRole('dialog', { name: 'Tasks' }).getByRole('listitem')).toHaveCount(8);
  expect(posada.errors).toEqual([]);
});

test('starts ten guests of both kinds at once and kills them at once', async () => {
  const names: string[] = [];
  for (const number of [1, 2, 3]) names.push(await guests.vm(`ten-${number}`));
  for (const number of [4, 5, 6, 7, 8, 9, 10]) names.push(await guests.container(`ten-${number}`));
  posada = await openPosada();
  const { page } = posada;
  await filter(page, `${guests.prefix}-ten`);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '11');
  await page.getByRole('checkbox', { name: 'Select all guests' }).check();
  await verb(page, 'Start').click();
  await expect(page.getByText('10 started')).toBeVisible({ timeout: 90_000 });
  const running = (await virsh.run('list', '--name')).split('\n');
  for (const name of names.slice(0, 3)) expect(running).toContain(name);
  for (const name of names.slice(3)) expect(await docker.state(name)).toBe('running');
  await expect(verb(page, /^Start/)).toHaveAttribute('aria-disabled', 'true');

  await verb(page, /Force off \/ Kill|Kill \/ Force off/).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Force off 10 guests?');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await docker.state(names[9] ?? '')).toBe('running');
  await verb(page, /Force off/).click();
  await dialog.getByRole('button', { name: 'Force off' }).click();
  await expect(page.getByText('10 forced off')).toBeVisible({ timeout: 90_000 });
  for (const name of names.slice(0, 3)) expect(await virsh.state(name)).toBe('stopped');
  for (const name of names.slice(3)) expect(await docker.state(name)).toBe('stopped');
});

test('shows at once what virsh and docker change', async () => {
  posada = await openPosada();
  const { page } = posada;
  await filter(page, guests.prefix);
  const container = await guests.container('outside-c');
  await expect(row(page, container)).toContainText('Stopped');
  const vm = await guests.vm('outside');
  await expect(row(page, vm)).toContainText('Stopped');
  await docker.run('start', container);
  await expect(row(page, container)).toContainText('Running');
  await docker.run('pause', container);
  await expect(row(page, container)).toContainText('Paused');
  await docker.run('unpause', container);
  const renamed = `${container}-renamed`;
  await docker.run('rename', container, renamed);
  guests.later(() => docker.remove(renamed));
  await expect(row(page, renamed)).toContainText('Running');
  await expect(row(page, container)).toHaveCount(0);
  await docker.remove(renamed);
  await expect(row(page, renamed)).toHaveCount(0);
  await virsh.run('start', vm, '--paused');
  await expect(row(page, vm)).toContainText('Paused');
  await virsh.run('destroy', vm);
  await expect(row(page, vm)).toContainText('Stopped');
  await virsh.remove(vm);
  await expect(row(page, vm)).toHaveCount(0);
});

test("shows a VM's address once it has one, and a container's published port", async () => {
  const network = await guests.network();
  const vm = await guests.vm('address', { network });
  const container = await guests.container('port', '--publish', '127.0.0.1::5432');
  posada = await openPosada();
  const { page } = posada;
  await filter(page, guests.prefix);
  await virsh.run('start', vm);
  await docker.run('start', container);
  await expect(row(page, vm).locator('[data-column=addresses]')).toHaveText(/^10\.231\.78\.\d+$/);
  const shown = await row(page, vm).locator('[data-column=addresses]').textContent();
  expect(await virsh.run('domifaddr', vm)).toContain(`${shown}/`);
  const published = (await docker.run('port', container, '5432')).split(':').at(-1);
  await expect(row(page, container).locator('[data-column=ports]')).toHaveText(`${published}→5432`);
  await filter(page, `${guests.prefix} :${published}`);
  await expect(row(page, container)).toBeVisible();
  await expect(row(page, vm)).toHaveCount(0);
});

test('a guest that cannot start says why, and a broken one is one row', async () => {
  const disk = '/var/tmp/posada-test-no-such-disk.qcow2';
  const vm = await guests.vm('broken', { disk });
  const container = await guests.container('fine');
  posada = await openPosada();
  const { page } = posada;
  await filter(page, guests.prefix);
  await expect(row(page, container)).toContainText('Stopped');
  await expect(row(page, vm).locator('.state-alert')).toBeVisible();
  await row(page, vm).click();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText(disk);
  await verb(page, 'Start').click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(`${vm} could not be started`);
  await expect(alert).toContainText(disk);
  await alert.getByText('Details').click();
  await expect(alert).toContainText('No such file or directory');
  expect(await virsh.state(vm)).toBe('stopped');
});
