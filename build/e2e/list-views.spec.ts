import { mkdtemp, rm } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { problems } from './axe.ts';
import { filter, openPosada, type Posada, row } from './posada.ts';

// The list on the demo engine: the same guests for the same number, and nothing of the machine is touched.
const demo = ['--demo=40'];
let profile: string;
let posada: Posada;

test.beforeEach(async () => {
  profile = await mkdtemp('/var/tmp/posada-test-profile-');
});
test.afterEach(async () => {
  await posada?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 10 });
});

async function open(): Promise<Page> {
  posada = await openPosada({ args: demo, profile });
  return posada.page;
}
async function reopen(): Promise<Page> {
  await posada.close();
  return open();
}
const heads = (page: Page) => page.locator('.grid-head .head-name');
const head = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true });
const list = (page: Page) => page.locator('#guest-grid');
async function widthOf(page: Page, name: string): Promise<number> {
  return (await head(page, name).boundingBox())?.width ?? 0;
}
async function chooseGroups(page: Page, words: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Group' }).selectOption(words);
}

test('columns are chosen, moved by their heads, resized by their edges, and kept over a restart', async () => {
  let page = await open();
  await page.getByRole('button', { name: 'Columns' }).click();
  const columns = page.getByRole('dialog', { name: 'Columns' });
  await columns.getByRole('checkbox', { name: 'Disk', exact: true }).check();
  await columns.getByRole('checkbox', { name: 'Ports' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(row(page, 'ci-runner-1').locator('[data-column=disk]')).toContainText('GiB');
  await expect(head(page, 'Ports')).toHaveCount(0);

  // By its head: the engine goes before the kind, and the list is not sorted by it.
  const to = await head(page, 'Kind').boundingBox();
  await head(page, 'Engine').hover();
  await page.mouse.down();
  await page.mouse.move((to?.x ?? 0) + 60, (to?.y ?? 0) + 10, { steps: 5 });
  await page.mouse.move((to?.x ?? 0) + 10, (to?.y ?? 0) + 10, { steps: 5 });
  await page.mouse.up();
  await expect(heads(page).nth(1)).toHaveText('Engine');
  await expect(head(page, 'Name')).toHaveAttribute('aria-sort', 'ascending');

  // By its edge, then by its content.
  const before = await widthOf(page, 'State');
  const edge = await head(page, 'State').locator('.column-edge').boundingBox();
  await page.mouse.move((edge?.x ?? 0) + 4, (edge?.y ?? 0) + 8);
  await page.mouse.down();
  await page.mouse.move((edge?.x ?? 0) + 84, (edge?.y ?? 0) + 8, { steps: 4 });
  await page.mouse.up();
  expect(Math.abs((await widthOf(page, 'State')) - before - 80)).toBeLessThanOrEqual(2);
  await head(page, 'Name').locator('.column-edge').dblclick();
  const name = row(page, 'ci-runner-1').locator('.guest-name');
  expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);

  const [names, width] = [await heads(page).allTextContents(), await widthOf(page, 'State')];
  page = await reopen();
  expect(await heads(page).allTextContents()).toEqual(names);
  expect(await widthOf(page, 'State')).toBe(width);
  expect(posada.errors).toEqual([]);
});

test('the name stays in view while the list is scrolled to columns that do not fit', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Disk', 'Uptime', 'Network', 'Disk activity', 'Startup', 'Virtualization']) {
    await page.getByRole('checkbox', { name, exact: true }).check();
  }
  await page.keyboard.press('Escape');
  await list(page).evaluate((element) => {
    element.scrollLeft = 2000;
  });
  await expect(row(page, 'api-1').locator('.guest-name')).toBeInViewport();
  await expect(row(page, 'api-1').locator('[data-column=engine]')).toBeInViewport();
  await expect(row(page, 'api-1').locator('[data-column=network]')).toContainText('/s');
});

test('terms of the filter are offered, understood in both languages, and told when they are not', async () => {
  const page = await open();
  const box = page.getByRole('combobox', { name: 'Filter guests' });
  await page.keyboard.press('/');
  await page.keyboard.type('kin');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText(['vm', 'container']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('kind:vm ');
  await expect(list(page)).toHaveAttribute('aria-rowcount', '21');
  await page.keyboard.type('-estado:activo');
  await expect(row(page, 'api-1')).toHaveCount(0);
  // Some VMs are left, and none of them runs.
  await expect(list(page)).toHaveAttribute('aria-rowcount', /^([2-9]|1\d)$/);
  await expect(list(page).locator('.row [data-column=state]').filter({ hasText: 'Running' })).toHaveCount(0);
  await filter(page, 'tag:db port:20001');
  await expect(list(page)).toHaveAttribute('aria-rowcount', '2');
  await filter(page, 'state:flying');
  await expect(page.getByText('“state:” has no “flying”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filter' }).last().click();
  await expect(list(page)).toHaveAttribute('aria-rowcount', '41');
  // A list that begins with guests hidden looks as if they were gone.
  await filter(page, 'kind:vm');
  const again = await reopen();
  await expect(list(again)).toHaveAttribute('aria-rowcount', '41');
});

test('guests are grouped by tag, chosen and acted on by group, with mouse and keyboard', async () => {
  const page = await open();
  // All groups fit on the screen without the facts.
  await page.getByRole('button', { name: 'Hide facts' }).click();
  await chooseGroups(page, 'By tag');
  await expect(list(page)).toHaveAttribute('role', 'treegrid');
  const prod = page.locator('.group-row').filter({ hasText: 'prod' });
  await expect(prod).toContainText('8 guests');
  await prod.click();
  await expect(prod).toHaveAttribute('aria-expanded', 'false');
  await prod.click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Verbs for 8 guests' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('8 selected')).toBeVisible();
  await expect(list(page)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(prod).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await expect(page.getByText('8 selected')).toBeVisible();
  expect(await problems(page)).toEqual([]);
  const again = await reopen();
  await expect(list(again)).toHaveAttribute('role', 'treegrid');
});

test('a view is saved under a name and brought back after a restart', async () => {
  let page = await open();
  await filter(page, 'kind:container');
  await chooseGroups(page, 'By project');
  await head(page, 'Image / OS').getByRole('button').click();
  // By keyboard alone: the palette goes to the box for the name.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('save view');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of the view' })).toBeFocused();
  await page.keyboard.type('Stacks');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'List as at first' }).click();
  await expect(list(page)).toHaveAttribute('role', 'grid');

  page = await reopen();
  await page.getByRole('button', { name: 'Views' }).click();
  await expect(page.getByRole('dialog', { name: 'Views' })).toBeVisible();
  expect(await problems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show view Stacks' }).click();
  await expect(list(page)).toHaveAttribute('role', 'treegrid');
  await expect(page.getByRole('combobox', { name: 'Filter guests' })).toHaveValue('kind:container');
  await expect(head(page, 'Image / OS')).toHaveAttribute('aria-sort', 'ascending');
});

test('dragging over rows chooses them, also beyond the edge of the list', async () => {
  const page = await open();
  const from = await list(page).locator('.rows .row').nth(1).boundingBox();
  const to = await list(page).locator('.rows .row').nth(4).boundingBox();
  const x = (from?.x ?? 0) + 300;
  await page.mouse.move(x, (from?.y ?? 0) + 15);
  await page.mouse.down();
  await page.mouse.move(x + 20, (to?.y ?? 0) + 15, { steps: 6 });
  await page.mouse.up();
  await expect(page.getByText('4 selected')).toBeVisible();

  const grid = await list(page).boundingBox();
  await page.mouse.move(x, (from?.y ?? 0) + 15);
  await page.mouse.down();
  await page.mouse.move(x, (grid?.y ?? 0) + (grid?.height ?? 0) + 30, { steps: 6 });
  await expect(page.getByText('39 selected')).toBeVisible();
  await page.mouse.up();
  // The click at the end of a drag belongs to nobody.
  await expect(page.getByText('39 selected')).toBeVisible();
});

test('axe finds nothing wrong with the menus, the columns and what the filter offers', async () => {
  const page = await open();
  await row(page, 'api-1').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await head(page, 'State').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'Column State' })).toBeVisible();
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Columns' }).click();
  expect(await problems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('s');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  expect(await problems(page)).toEqual([]);
});
