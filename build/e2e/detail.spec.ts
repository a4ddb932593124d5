import { expect, type Locator, type Page, test } from '@playwright/test';
import { problems } from './axe.ts';
import { openPosada, type Posada, row, verb } from './posada.ts';

// On the demo engine: it answers everything that can be asked of a guest, always the same.
let posada: Posada;

test.beforeEach(async () => {
  posada = await openPosada({ args: ['--demo=10'] });
});
test.afterEach(async () => {
  expect(posada.errors).toEqual([]);
  await posada.close();
});

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });
const cpu = (page: Page): Locator => page.getByRole('slider', { name: 'CPU' });

/** Opens the form of a verb by the menu of the chosen guests. */
async function openForm(page: Page, name: string): Promise<Locator> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name, exact: true }).click();
  return page.locator('dialog[open]');
}

test('a guest is looked at closely, by keyboard', async () => {
  const { page } = posada;
  await row(page, 'web-1').click();
  await expect(page.getByText('2 of 4')).toBeVisible();
  await expect(page.getByText('from its DHCP lease')).toBeVisible();
  await expect(page.getByText('/var/lib/demo/images/web-1.qcow2')).toBeVisible();

  // Curves are drawn, and each moment can be read.
  await expect(page.locator('.chart-box canvas')).toHaveCount(4);
  await expect.poll(async () => Number(await cpu(page).getAttribute('aria-valuemax'))).toBeGreaterThan(1);
  await cpu(page).focus();
  await page.keyboard.press('Home');
  await expect(cpu(page)).toHaveAttribute('aria-valuenow', '0');
  await expect(cpu(page)).toHaveAttribute('aria-valuetext', /\d%$/);
  const box = await cpu(page).boundingBox();
  if (!box) throw new Error('The chart is not on screen.');
  await page.mouse.move(box.x + box.width - 10, box.y + box.height / 2);
  await expect(page.locator('.charts-head')).toContainText(/\d:\d\d:\d\d/);

  // Events, by keyboard, after something was done.
  await tab(page, 'Overview').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Nothing has happened to it since Posada was opened.')).toBeVisible();
  await verb(page, 'Pause').click();
  await expect(page.getByRole('list', { name: 'Events' }).getByRole('listitem')).toHaveText([
    /Posada.*Pause: done/,
    /Engine.*Paused/,
  ]);

  // The configuration is searched where it is; the list is not filtered.
  await tab(page, 'Events').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('treeitem', { name: /^name web-1/ })).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('qcow2');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await expect(page.locator('.config-tree').getByRole('treeitem', { selected: true })).toContainText('web-1.qcow2');
  await page.locator('.segments').getByText('Text', { exact: true }).click();
  await expect(page.locator('.config-line[data-current]')).toContainText('web-1.qcow2');
  await expect(row(page, 'web-1')).toBeVisible();
});

test('the pane has the height that it had, and leaves the list room at 1280×720', async () => {
  const { app, page } = posada;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720));
  const divider = page.getByRole('separator', { name: 'Height of the facts' });
  const pane = page.getByRole('region', { name: 'Facts' });
  const height = async (): Promise<number> => (await pane.boundingBox())?.height ?? 0;
  // One line while nobody is chosen; then it never covers the row that was clicked.
  await expect.poll(height).toBeLessThan(60);
  await row(page, 'worker-1').click();
  // Its end may be beside the list's; it is not under the pane.
  await expect(row(page, 'worker-1').locator('.guest-name')).toBeInViewport({ ratio: 0.9 });
  await divider.focus();
  await page.keyboard.press('Home');
  await expect.poll(async () => (await page.getByRole('grid').boundingBox())?.height).toBeGreaterThan(80);
  await page.keyboard.press('End');
  await expect.poll(height).toBeLessThan(130);
  const before = await height();
  const box = await divider.boundingBox();
  if (!box) throw new Error('The divider is not on screen.');
  await page.mouse.move(box.x + 300, box.y + 3);
  await page.mouse.down();
  await page.mouse.move(box.x + 300, box.y - 97, { steps: 5 });
  await page.mouse.up();
  await expect.poll(height).toBeCloseTo(before + 100, -1);
});

test('each form does what it says', async () => {
  const { page } = posada;
  // A VM with snapshots gets a title where a name was asked for.
  await row(page, 'web-1').click();
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog', { name: 'Title of web-1' })).toContainText('4 snapshots');
  await page.keyboard.type('First of all');
  await page.keyboard.press('Enter');
  await expect(row(page, 'web-1')).toContainText('First of all');

  await row(page, 'cache-1').click();
  await page.keyboard.press('F2');
  await expect(page.getByLabel('New name')).toBeFocused();
  await page.keyboard.type('cache 2');
  await expect(page.getByText('“cache 2” cannot be a name here.')).toBeVisible();
  await page.getByLabel('New name').fill('cache-2');
  await page.keyboard.press('Enter');
  await expect(row(page, 'cache-2')).toBeVisible();

  const tags = await openForm(page, 'Change tags');
  await tags.getByLabel('Add tag').fill('fast');
  await page.keyboard.press('Enter');
  await tags.getByRole('button', { name: 'Remove tag lesson-1' }).click();
  await tags.getByRole('button', { name: 'Change tags' }).click();
  await expect(row(page, 'cache-2')).toContainText('fast');
  await expect(row(page, 'cache-2')).not.toContainText('lesson-1');

  const policy = await openForm(page, 'Change restart policy');
  await policy.getByText('After a failure').click();
  await policy.getByLabel(/Give up/).fill('4');
  await policy.getByRole('button', { name: 'Change restart policy' }).click();
  await expect(page.getByText('After a failure · at most 4 tries')).toBeVisible();

  // Cancel has the keyboard: Enter alone harms nothing.
  await row(page, 'proxy-1').click();
  await page.keyboard.press('Delete');
  const deletion = page.getByRole('alertdialog', { name: 'Remove proxy-1?' });
  await expect(deletion.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(deletion).toContainText('Stays: a volume with a name outlives its containers.');
  await page.keyboard.press('Enter');
  await expect(deletion).toHaveCount(0);
  await page.keyboard.press('Delete');
  // Nor does it on a box: only the button deletes.
  await deletion.getByRole('checkbox', { name: /Volume without a name/ }).focus();
  await page.keyboard.press('Enter');
  await expect(deletion).toBeVisible();
  await deletion.getByRole('button', { name: 'Remove proxy-1 and 1 volume' }).click();
  await expect(row(page, 'proxy-1')).toHaveCount(0);

  await row(page, 'api-1').click();
  await row(page, 'web-1').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: /2 guests, 1 disk, and 1 volume/ }).click();
  await expect(page.getByText('2 deleted')).toBeVisible();
  await expect(row(page, 'web-1')).toHaveCount(0);
});

test('axe finds nothing wrong in any tab and any form, in light and dark', async () => {
  const { page } = posada;
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(
      (wanted) =>
        (window as unknown as { posada: { call(name: string, input: unknown): Promise<unknown> } }).posada.call(
          'settings.change',
          { theme: wanted },
        ),
      theme,
    );
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const guest of ['web-1', 'api-1']) {
      await row(page, guest).click();
      for (const name of ['Overview', 'Events', 'Configuration']) {
        await tab(page, name).click();
        await expect(page.getByRole('tabpanel', { name })).toBeVisible();
        expect(await problems(page), `${theme}, ${guest}, ${name}`).toEqual([]);
      }
      await tab(page, 'Overview').click();
      await page.getByRole('button', { name: 'What is this?' }).click();
      expect(await problems(page), `${theme}, explanation`).toEqual([]);
      await page.keyboard.press('Escape');
    }
    for (const name of [
      'Rename',
      'Change title',
      'Change tags',
      'Change restart policy',
      'Export file system',
      'Remove',
    ]) {
      const form = await openForm(page, name);
      await form.getByText('By hand', { exact: true }).click();
      await expect(
        form.getByText('There is no command for it: this engine has no tool.').or(form.getByText(/once the form/)),
      ).toBeVisible();
      expect(await problems(page), `${theme}, ${name}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await row(page, 'web-1').click({ modifiers: ['ControlOrMeta'] });
    expect(await problems(page), `${theme}, two guests`).toEqual([]);
    await page.keyboard.press('Delete');
    await expect(page.getByRole('alertdialog')).toContainText('will be free again');
    expect(await problems(page), `${theme}, deleting two`).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
