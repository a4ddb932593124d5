import { rm } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { EngineCli } from '../testing/engine-cli.ts';
import { PrivateDockerd } from '../testing/private-dockerd.ts';
import { PrivateLibvirtd } from '../testing/private-libvirtd.ts';
import { testDriverXml, Virsh } from '../testing/test-domains.ts';
import { openPosada, type Posada, row, verb } from './posada.ts';

const needsRoot = 'a dockerd of the test’s own needs root';
const isRoot = process.getuid?.() === 0;

let posada: Posada | undefined;
let dockerd: PrivateDockerd | undefined;
let libvirtd: PrivateLibvirtd | undefined;

test.afterEach(async () => {
  await posada?.close();
  await dockerd?.close();
  await libvirtd?.close();
  [posada, dockerd, libvirtd] = [undefined, undefined, undefined];
});

function engine(page: Page, name: RegExp) {
  return page.getByRole('list', { name: 'Engines' }).getByRole('button', { name });
}

/** The app on these two and on nothing of the machine's own. */
async function openOnPrivate(docker: string, libvirt: string): Promise<Posada> {
  return openPosada({
    env: {
      POSADA_DOCKER_HOSTS: `unix://${docker}`,
      POSADA_LIBVIRT_URIS: 'test:///default',
      POSADA_LIBVIRT_SOCKET: libvirt,
    },
  });
}

test('survives killed and restarted daemons: greyed, then reconciled, the other stays live', async () => {
  test.skip(!isRoot, needsRoot);
  dockerd = await PrivateDockerd.start();
  libvirtd = await PrivateLibvirtd.start();
  const cli = new EngineCli('docker', ['-H', `unix://${dockerd.socket}`]);
  await cli.importBusybox('posada-test:1');
  await cli.run('create', '--name', 'stays', 'posada-test:1');
  await cli.run('create', '--name', 'goes', 'posada-test:1');
  const goes = await cli.run('inspect', '--format', '{{.Id}}', 'goes');
  posada = await openOnPrivate(dockerd.socket, libvirtd.socket);
  const { page } = posada;
  await expect(row(page, 'stays')).toContainText('Stopped');
  await expect(row(page, 'test')).toContainText('Running');

  await dockerd.kill();
  await expect(engine(page, /unix:/)).toContainText('Reconnecting');
  await expect(row(page, 'stays')).toHaveAttribute('data-stale', 'true');
  await expect(row(page, 'stays')).toContainText('as of');
  await expect(row(page, 'test')).not.toHaveAttribute('data-stale');
  await row(page, 'stays').click();
  await expect(verb(page, 'Start')).toHaveAttribute('aria-disabled', 'true');
  // The other engine works meanwhile.
  await row(page, 'test').click();
  await verb(page, 'Pause').click();
  await expect(row(page, 'test')).toContainText('Paused');

  await dockerd.begin();
  await expect(engine(page, /unix:/)).toContainText('Live');
  await expect(row(page, 'stays')).not.toHaveAttribute('data-stale');
  await row(page, 'stays').click();
  await expect(verb(page, 'Start')).not.toHaveAttribute('aria-disabled');

  // What changes while nobody can see it is there afterwards.
  await dockerd.kill();
  await expect(engine(page, /unix:/)).toContainText('Reconnecting');
  await rm(`${dockerd.folder}/data/containers/${goes}`, { recursive: true });
  await dockerd.begin();
  await expect(row(page, 'goes')).toHaveCount(0);
  await expect(row(page, 'stays')).not.toHaveAttribute('data-stale');

  await libvirtd.kill();
  await expect(engine(page, /test:/)).toContainText('Reconnecting');
  await expect(row(page, 'test')).toHaveAttribute('data-stale', 'true');
  await expect(row(page, 'stays')).not.toHaveAttribute('data-stale');
  await libvirtd.begin();
  // The test driver begins anew with each daemon: its domain runs again.
  await expect(row(page, 'test')).toContainText('Running');
  await expect(row(page, 'test')).not.toHaveAttribute('data-stale');
});

test('a daemon that hangs is silent, the other goes on, and both are true again afterwards', async () => {
  test.skip(!isRoot, needsRoot);
  dockerd = await PrivateDockerd.start();
  libvirtd = await PrivateLibvirtd.start();
  posada = await openOnPrivate(dockerd.socket, libvirtd.socket);
  const { page } = posada;
  await expect(row(page, 'test')).toContainText('Running');
  libvirtd.freeze();
  await expect(engine(page, /test:/)).toContainText('Does not answer');
  await expect(row(page, 'test')).toHaveAttribute('data-stale', 'true');
  await expect(engine(page, /unix:/)).toContainText('Live');
  libvirtd.thaw();
  await expect(engine(page, /test:/)).toContainText('Live');
  await expect(row(page, 'test')).not.toHaveAttribute('data-stale');

  dockerd.freeze();
  await expect(engine(page, /unix:/)).toContainText('Does not answer');
  await expect(engine(page, /test:/)).toContainText('Live');
  dockerd.thaw();
  await expect(engine(page, /unix:/)).toContainText('Live');
});

test('engines that are missing say what mends them, and are tried again when asked', async () => {
  libvirtd = await PrivateLibvirtd.start();
  posada = await openOnPrivate('/var/tmp/posada-test-nothing/docker.sock', '/var/tmp/posada-test-nothing/libvirt-sock');
  const { page } = posada;
  const problems = page.getByRole('region', { name: 'Engines that cannot be reached' });
  await expect(page.getByText('No engine can be reached')).toBeVisible();
  await expect(problems).toContainText('/var/tmp/posada-test-nothing/docker.sock');
  await expect(problems.locator('code').first()).toContainText('sudo');
  await expect(problems.getByRole('button', { name: 'Copy command' }).first()).toBeVisible();
  await posada.close();

  // A daemon that comes up while the app looks on.
  const socket = libvirtd.socket;
  await libvirtd.kill();
  posada = await openOnPrivate('/var/tmp/posada-test-nothing/docker.sock', socket);
  const card = posada.page.locator('.failure').filter({ hasText: 'test:///default' });
  await expect(card).toBeVisible();
  await libvirtd.begin();
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(row(posada.page, 'test')).toContainText('Running');
});

test('hostile names are text', async () => {
  libvirtd = await PrivateLibvirtd.start();
  posada = await openOnPrivate('/var/tmp/posada-test-nothing/docker.sock', libvirtd.socket);
  const { page } = posada;
  const virsh = new Virsh(`test+unix:///default?socket=${libvirtd.socket}`);
  const names = [
    `<img src=x onerror="document.title='hacked'">`,
    'x'.repeat(200),
    '🏨 posada 👩‍💻',
    'مرحبا بالعالم',
    "'; DROP TABLE guests; --",
    '{name} %s \\n',
  ];
  for (const name of names) await virsh.define(testDriverXml(name));
  for (const name of names) await expect(row(page, name)).toContainText('Stopped');
  expect(await page.locator('.grid img, .detail img').count()).toBe(0);
  for (const name of names) {
    await row(page, name).click();
    await expect(page.getByRole('region', { name: 'Facts' }).locator('.detail-head h2')).toContainText(name);
    await verb(page, 'Start').click();
    await expect(row(page, name)).toContainText('Running');
  }
  expect((await virsh.run('list', '--name')).split('\n')).toEqual(expect.arrayContaining(names));
  await page.getByRole('button', { name: /Tasks/ }).click();
  await expect(page.getByRole('dialog', { name: 'Tasks' })).toContainText(names[0] ?? '');
  expect(await page.title()).toBe('Posada');
  expect(await page.locator('img').count()).toBe(0);
  // No name makes the rows wider than the heads of the columns.
  const widths = await page
    .getByRole('grid')
    .getByRole('row')
    .evaluateAll((rows) => rows.map((each) => each.scrollWidth));
  expect(widths.length).toBeGreaterThan(names.length);
  expect(Math.max(...widths)).toBe(widths[0]);
  expect(posada.errors).toEqual([]);
});
