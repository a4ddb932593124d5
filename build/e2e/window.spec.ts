import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { problems } from './axe.ts';
import { docker, Guests } from './guests.ts';
import { filter, openPosada, type Posada, row, startElectron, verb } from './posada.ts';

let guests: Guests;
let posada: Posada;

test.beforeEach(() => {
  guests = new Guests();
});
test.afterEach(async () => {
  await posada?.close();
  await guests.remove();
});

test('works by keyboard alone', async () => {
  const container = await guests.container('keys');
  posada = await openPosada();
  const { page } = posada;
  // It opens with the facts, whatever size the window had before it was shown.
  await expect(page.getByRole('region', { name: 'Facts' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(container);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '2');
  await expect(row(page, container)).toContainText('Stopped');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('Space');
  await expect(row(page, container)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Start', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, container)).toContainText('Running');
  expect(await docker.state(container)).toBe('running');
  await expect(page.getByRole('grid')).toBeFocused();
  // Force off asks first, and Enter alone harms nothing.
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  const kill = page.getByRole('menuitem', { name: 'Kill' });
  while (!(await kill.evaluate((item) => item === document.activeElement))) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  expect(await docker.state(container)).toBe('running');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
});

test('speaks Spanish, keeps it over a restart of the app, and is dark when asked', async () => {
  const container = await guests.container('es');
  const profile = await mkdtemp('/var/tmp/posada-test-profile-');
  guests.later(() => rm(profile, { recursive: true, force: true, maxRetries: 10 }));
  posada = await openPosada({ profile });
  const { page } = posada;
  await filter(page, container);
  await expect(row(page, container)).toContainText('Stopped');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Español').click();
  await expect(page.getByRole('heading', { name: 'Ajustes', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await page.getByText('Oscuro').click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+1');
  await row(page, container).click();
  await verb(page, 'Iniciar').click();
  await expect(row(page, container)).toContainText('En ejecución');
  expect(await docker.state(container)).toBe('running');
  await posada.close();

  posada = await openPosada({ profile });
  await expect(posada.page.getByRole('heading', { name: 'Huéspedes', level: 1 })).toBeVisible();
  await expect(posada.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await filter(posada.page, container);
  await expect(row(posada.page, container)).toContainText('En ejecución');
});

test('axe finds nothing wrong, in light and dark, with everything open', async () => {
  const running = await guests.container('axe-1');
  const broken = await guests.vm('axe-2', { disk: '/var/tmp/posada-test-no-such-disk.qcow2' });
  posada = await openPosada();
  const { page } = posada;
  await docker.run('start', running);
  await filter(page, guests.prefix);
  await expect(row(page, running)).toContainText('Running');
  await row(page, broken).click();
  for (const theme of ['Light', 'Dark']) {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText(theme, { exact: true }).click();
    expect(await problems(page), `${theme}, settings`).toEqual([]);
    await page.keyboard.press('Control+k');
    expect(await problems(page), `${theme}, palette`).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+1');
    expect(await problems(page), `${theme}, list`).toEqual([]);
    await page.keyboard.press('?');
    expect(await problems(page), `${theme}, keys`).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /Tasks/ }).click();
    expect(await problems(page), `${theme}, tasks`).toEqual([]);
    await page.keyboard.press('Escape');
    await row(page, running).click({ button: 'right' });
    expect(await problems(page), `${theme}, menu`).toEqual([]);
    await page.keyboard.press('Escape');
    await verb(page, 'Kill').click();
    expect(await problems(page), `${theme}, dialog`).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await filter(page, 'nothing is called so');
  expect(await problems(page), 'empty').toEqual([]);
});

test('the page can do nothing but send commands', async () => {
  posada = await openPosada();
  const { app, page } = posada;
  let asked = 0;
  const server = createServer((_request, answer) => {
    asked += 1;
    answer.setHeader('access-control-allow-origin', '*').end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  guests.later(async () => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await (await fetch(address)).text()).toBe('here');
  const found = await page.evaluate(async (url) => {
    const evaluated = await new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), { once: true });
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
    });
    const fetched = await fetch(url).then(
      () => 'fetched',
      () => 'refused',
    );
    const permissions = await Promise.all(
      (['geolocation', 'camera', 'microphone', 'midi'] as PermissionName[]).map(async (name) =>
        navigator.permissions.query({ name }).then(({ state }) => state),
      ),
    );
    return {
      evaluated,
      fetched,
      permissions: permissions.join(' '),
      ran: 'inlineRan' in window,
      node: typeof (globalThis as { require?: unknown }).require + typeof (globalThis as { process?: unknown }).process,
      opened: window.open('https://example.invalid') === null,
      notifications: await Notification.requestPermission(),
    };
  }, address);
  expect(found).toEqual({
    evaluated: 'script-src-elem',
    fetched: 'refused',
    permissions: 'denied denied denied denied',
    ran: false,
    node: 'undefinedundefined',
    opened: true,
    notifications: 'denied',
  });
  expect(asked).toBe(1);
  const here = page.url();
  await page.evaluate(() => {
    location.href = 'data:text/html,gone';
  });
  await expect(page.getByRole('heading', { name: 'Guests', level: 1 })).toBeVisible();
  expect(page.url()).toBe(here);
  expect(app.windows()).toHaveLength(1);
  const junk = await page.evaluate(async () => {
    const bridge = (window as unknown as { posada: { call(name: unknown, input: unknown): Promise<unknown> } }).posada;
    const replies = [];
    for (const [name, input] of [
      ['no.such', {}],
      ['guest.act', { guests: ['x'], action: { verb: 'explode' } }],
      ['guest.act', { guests: 'x' }],
      ['__proto__', {}],
    ]) {
      replies.push(JSON.stringify(await bridge.call(name, input)).slice(0, 11));
    }
    return replies;
  });
  expect(junk).toEqual(Array(4).fill('{"ok":false'));
});

test('a second start shows the window that is open', async () => {
  const profile = await mkdtemp('/var/tmp/posada-test-profile-');
  guests.later(() => rm(profile, { recursive: true, force: true, maxRetries: 10 }));
  posada = await openPosada({ profile });
  await posada.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  const second = startElectron(profile);
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  await expect
    .poll(() => posada.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible())))
    .toEqual([true]);
});
