import { expect, type Locator, type Page, test } from '@playwright/test';
import { problems } from './axe.ts';
import { filter, openPosada, type Posada, row, verb } from './posada.ts';

// On the demo engine: web-1 begins with base, before-upgrade, failed-upgrade beside tls-works, and stands on that.
let posada: Posada;

test.beforeEach(async () => {
  posada = await openPosada({ args: ['--demo=24'] });
});
test.afterEach(async () => {
  expect(posada.errors).toEqual([]);
  await posada.close();
});

const tree = (page: Page): Locator => page.getByRole('tree', { name: /^(Snapshots of|Instantáneas de) web-1$/ });
const chosen = (page: Page): Locator => tree(page).getByRole('treeitem', { selected: true });
const form = (page: Page): Locator => page.locator('dialog[open]');

/** The names in the tree from top to bottom, each with its level. */
async function names(page: Page): Promise<string[]> {
  return tree(page)
    .getByRole('treeitem')
    .evaluateAll((items) =>
      items.map((item) => `${item.getAttribute('aria-level')} ${item.querySelector('bdi, strong')?.textContent}`),
    );
}
const atFirst = ['1 base', '2 before-upgrade', '3 failed-upgrade', '3 tls-works', '4 NOW'];

/** Goes to the snapshot by arrow keys. */
async function goTo(page: Page, name: string): Promise<void> {
  await tree(page).press('Home');
  const all = await names(page);
  const place = all.findIndex((each) => each.endsWith(` ${name}`));
  for (let step = 0; step < place; step += 1) await tree(page).press('ArrowDown');
  await expect(chosen(page)).toContainText(name);
}

/** Chooses a guest that may be far down the list. */
async function choose(page: Page, name: string): Promise<void> {
  await filter(page, name);
  await row(page, name).click();
}

test('snapshots are taken, branch, are restored, changed and deleted, by keyboard only', async () => {
  const { page } = posada;
  await filter(page, 'web-1');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await expect(tree(page)).toBeVisible();
  await expect.poll(() => names(page)).toEqual(atFirst);

  // From the list to the tree by Tab; NOW is chosen there, and Enter takes one.
  await page.getByRole('grid').focus();
  for (let tabs = 0; tabs < 20 && !(await tree(page).evaluate((el) => el === document.activeElement)); tabs += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(tree(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(form(page)).toContainText('paused while its memory is written');
  await page.keyboard.type('risky');
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toEqual([...atFirst.slice(0, -1), '4 risky', '5 NOW']);
  await expect(tree(page)).toBeFocused();
  await expect(row(page, 'web-1')).toBeVisible();

  // Back to an older one: what it is now is kept first, so a branch begins.
  await goTo(page, 'base');
  await page.keyboard.press('Enter');
  await expect(form(page).getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(form(page)).toContainText('It is off afterwards');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await expect(form(page).getByLabel('Name of that snapshot')).toBeFocused();
  await page.keyboard.type('kept');
  await page.keyboard.press('Enter'); // not on the button: nothing is done
  await expect(form(page)).toBeVisible();
  await form(page).getByRole('button', { name: 'Keep and restore' }).press('Enter');
  await expect
    .poll(() => names(page))
    .toEqual(['1 base', '2 before-upgrade', '3 failed-upgrade', '3 tls-works', '4 risky', '5 kept', '2 NOW']);
  await expect(row(page, 'web-1')).toContainText('Stopped');

  // One that is off has no memory to keep: nothing is asked about it.
  await goTo(page, 'NOW');
  await page.keyboard.press('Enter');
  await expect(form(page).getByRole('radio')).toHaveCount(0);
  await page.keyboard.type('fresh');
  await page.keyboard.press('Enter');
  await expect.poll(() => names(page)).toContain('2 fresh');

  // Renamed and described.
  await goTo(page, 'fresh');
  await page.keyboard.press('F2');
  await page.keyboard.type('other way');
  await page.keyboard.press('Tab');
  await page.keyboard.type('tried instead');
  await form(page).getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByRole('region', { name: 'About the snapshot' })).toContainText('tried instead');
  await expect.poll(() => names(page)).toContain('2 other way');

  // The menu protects; then Delete says why not.
  await tree(page).press('Shift+F10');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(chosen(page)).toContainText('protected');
  await tree(page).press('Delete');
  await expect(page.getByRole('alert').filter({ hasText: 'take the protection off first' })).toBeVisible();

  // One in the middle goes alone: what stands on it stays.
  await goTo(page, 'tls-works');
  await page.keyboard.press('Delete');
  await expect(form(page)).toContainText('2 snapshots stand on it');
  await form(page).getByRole('button', { name: 'Delete snapshot' }).press('Enter');
  await expect
    .poll(() => names(page))
    .toEqual(['1 base', '2 before-upgrade', '3 failed-upgrade', '3 risky', '4 kept', '2 other way', '3 NOW']);

  // With all that stand on it.
  await goTo(page, 'before-upgrade');
  await page.keyboard.press('Delete');
  await form(page)
    .getByRole('radio', { name: /This one and all 3/ })
    .focus();
  await page.keyboard.press('Space');
  await form(page).getByRole('button', { name: 'Delete 4 snapshots' }).press('Enter');
  await expect.poll(() => names(page)).toEqual(['1 base', '2 other way', '3 NOW']);

  // Without keeping: what is lost is said.
  await goTo(page, 'base');
  await page.keyboard.press('Enter');
  await form(page).getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await expect(form(page).getByRole('alert')).toContainText('since “other way”');
  await form(page).getByRole('button', { name: 'Restore', exact: true }).press('Enter');
  await expect.poll(() => names(page)).toEqual(['1 base', '2 other way', '2 NOW']);
});

test('a snapshot that waits for another one can be taken back, and nothing is left of it', async () => {
  const { page } = posada;
  await row(page, 'web-1').click();
  await verb(page, 'Take snapshot').click();
  // Asked for twice: the second one waits while the first one runs.
  for (const name of ['first', 'second']) {
    await form(page).getByLabel('Name').fill(name);
    await page.keyboard.press('Enter');
    if (name === 'first') await verb(page, 'Take snapshot').click();
  }
  await page.keyboard.press('Control+j');
  await page.getByRole('button', { name: 'Cancel: Take snapshot web-1' }).last().click();
  await expect(page.getByRole('dialog', { name: 'Tasks' })).toContainText('Cancelled');
  await expect.poll(() => names(page)).toEqual([...atFirst.slice(0, -1), '4 first', '5 NOW']);
});

test('the pane leaves the list room at 1280×720, folds away and is remembered', async () => {
  const { app, page } = posada;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720));
  await row(page, 'web-1').click();
  const pane = page.getByRole('region', { name: 'Snapshots of web-1' });
  const width = async (of: Locator): Promise<number> => (await of.boundingBox())?.width ?? 0;
  expect(await width(pane)).toBeLessThan(320);
  expect(await width(page.getByRole('grid'))).toBeGreaterThan(850);
  await page.getByRole('separator', { name: 'Width of the snapshots' }).focus();
  await page.keyboard.press('Home');
  expect(await width(page.getByRole('grid'))).toBeGreaterThan(450);
  await page.keyboard.press('End');
  expect(await width(pane)).toBe(240);
  await page.getByRole('button', { name: 'Hide snapshots' }).click();
  await expect(pane).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show snapshots' })).toBeVisible();
  // Main has kept both: what a reload brings back.
  const kept = () =>
    page.evaluate(async () => {
      const bridge = (window as unknown as { posada: { call(name: string, input: unknown): Promise<unknown> } }).posada;
      const reply = (await bridge.call('views.read', {})) as { value: { sizes: Record<string, number> } };
      return reply.value.sizes;
    });
  await expect.poll(kept).toMatchObject({ snapshotsWidth: 240, snapshotsShown: 0 });
  await page.reload();
  await row(page, 'web-1').click();
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('web-1');
  await expect(pane).toHaveCount(0);
  await page.getByRole('button', { name: 'Show snapshots' }).click();
  await expect.poll(() => width(pane)).toBe(240);
});

test('pane and forms have no problems that axe finds, in light and dark, English and Spanish', async () => {
  const { app, page } = posada;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720));
  for (const [theme, language] of [
    ['light', 'en'],
    ['dark', 'es'],
  ] as const) {
    await page.evaluate(
      (settings) => (window as unknown as { posada: PreloadApi }).posada.call('settings.change', settings),
      { theme, language },
    );
    await page.reload();
    await choose(page, 'proxy-1');
    await expect(page.getByText(/No snapshots here|Aquí no hay instantáneas/)).toBeVisible();
    expect(await problems(page)).toEqual([]);
    await choose(page, 'db-1');
    await expect(page.getByText(/No snapshots yet|Aún no hay instantáneas/)).toBeVisible();
    expect(await problems(page)).toEqual([]);
    await choose(page, 'web-1');
    for (const [place, key] of [
      ['Home', 'Enter'],
      ['Home', 'F2'],
      ['ArrowDown', 'Delete'],
      ['ArrowDown', 'Shift+F10'],
      ['End', 'Enter'],
    ] as const) {
      await tree(page).press(place);
      expect(await problems(page)).toEqual([]);
      await page.keyboard.press(key);
      await expect(form(page).or(page.getByRole('menu'))).toBeVisible();
      expect(await problems(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(tree(page)).toBeFocused();
    }
  }
});

interface PreloadApi {
  call(command: string, input: unknown): Promise<unknown>;
}
