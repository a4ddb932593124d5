// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../../../shared/guest.ts';
import { say } from '../../../../shared/message.ts';
import type { GuestSnapshots, SnapshotId } from '../../../../shared/snapshot.ts';
import type { FakeBridge } from '../../../bridge/testing/fake-bridge.ts';
import { clickRow, descriptionOf, drawApp } from '../../../testing/draw-app.tsx';
import {
  aContainer,
  aFailure,
  aGuest,
  anEngine,
  docker,
  idOf,
  libvirt,
  offer,
  offersOf,
} from '../../../testing/guests.ts';
import { aSnapshot, someSnapshots } from '../../../testing/snapshots.ts';

const gib = 1024 ** 3;
const id = (name: string) => name as SnapshotId;
const vm = (name: string, part: Partial<Guest> = {}): Guest =>
  aGuest(name, {
    state: 'running',
    offers: [...offersOf('vm', true), offer('takeSnapshot', 'verb.takeSnapshot'), offer('rename', 'verb.rename')],
    ...part,
  });
const tree = () => screen.getByRole('tree', { name: 'Snapshots of web' });
const pane = () => screen.getByRole('region', { name: /^Snapshots of/ });
const items = () => within(tree()).getAllByRole('treeitem');
const chosen = () => within(tree()).getByRole('treeitem', { selected: true });
const press = (key: string, more: KeyboardEventInit = {}): void => void fireEvent.keyDown(tree(), { key, ...more });
const tool = (name: string) => within(pane()).getByRole('button', { name });

const base = aSnapshot('base', {
  createdAt: 1000,
  state: 'off',
  memory: false,
  description: 'Fresh install',
  protected: true,
  size: { bytes: gib, atLeast: false },
});
const upgrade = aSnapshot('upgrade', { createdAt: 2000, parent: id('base') });
const failed = aSnapshot('failed', {
  createdAt: 3000,
  parent: id('upgrade'),
  own: false,
  size: { bytes: 2 * gib, atLeast: true },
  notes: [say('because.saved')],
});
const all = someSnapshots('web', [base, upgrade, failed], { current: id('upgrade') });

/** The window with web chosen, and what main says of its snapshots. */
async function open(answer: GuestSnapshots = all, guests: readonly Guest[] = [vm('web')]) {
  const app = await drawApp(
    { guests: [...guests] },
    { prepare: (main) => void Object.assign(main.answers, { 'guest.snapshots': () => answer }) },
  );
  clickRow('web');
  await screen.findByRole('tree', { name: 'Snapshots of web' });
  return app;
}

describe('the pane of snapshots', () => {
  test('has them as a tree with NOW, each with what is known of it', async () => {
    await open();
    expect(
      items().map((item) => [item.querySelector('bdi, strong')?.textContent, item.getAttribute('aria-level')]),
    ).toEqual([
      ['base', '1'],
      ['upgrade', '2'],
      ['failed', '3'],
      ['NOW', '3'],
    ]);
    const [first, , third] = items() as [HTMLElement, HTMLElement, HTMLElement];
    expect(first.textContent).toContain('protected');
    expect(first.textContent).not.toContain('with memory');
    expect(first.textContent).toContain('1.0\u00a0GiB');
    expect(third.textContent).toMatch(/with memory.*ago.*at least 2\.0\sGiB.*made elsewhere/);
    expect(within(first).getByText(/ago/).title).toMatch(/1970/);
    expect(chosen().textContent).toContain('NOW');
  });

  test('is there for one guest that is chosen, not for none and not for several', async () => {
    await open(all, [vm('web'), vm('mail')]);
    clickRow('mail', { ctrlKey: true });
    expect(screen.queryByRole('region', { name: /^Snapshots of/ })).toBeNull();
    clickRow('mail');
    expect(await screen.findByRole('tree', { name: 'Snapshots of mail' })).toBeTruthy();
  });

  test('folds away, stays so over a restart, and asks nothing then', async () => {
    const { main } = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Hide snapshots' }));
    expect(screen.queryByRole('region', { name: /^Snapshots of/ })).toBeNull();
    await vi.waitFor(() => expect(main.views.sizes.snapshotsShown).toBe(0));
    const asked = main.inputs('guest.snapshots').length;
    act(() => main.patch({ guests: [vm('web', { tags: ['new'] })] }));
    await new Promise((done) => setTimeout(done, 300)); // longer than a changed row is waited for
    expect(main.inputs('guest.snapshots')).toHaveLength(asked);
    fireEvent.click(screen.getByRole('button', { name: 'Show snapshots' }));
    expect(await screen.findByRole('tree')).toBeTruthy();
  });

  test('has the width that was given to it, by keys too, and what was kept is used again', async () => {
    const prepare = (main: FakeBridge): void => {
      main.views = { saved: [], sizes: { snapshotsWidth: 333 } };
      main.answers['guest.snapshots'] = () => all;
    };
    const { main } = await drawApp({ guests: [vm('web')] }, { prepare });
    clickRow('web');
    const edge = screen.getByRole('separator', { name: 'Width of the snapshots' });
    expect([edge.getAttribute('aria-valuenow'), edge.getAttribute('aria-orientation')]).toEqual(['333', 'vertical']);
    fireEvent.keyDown(edge, { key: 'ArrowLeft' });
    fireEvent.keyDown(edge, { key: 'ArrowUp' }); // not this edge's
    expect([edge.getAttribute('aria-valuenow'), pane().style.flexBasis]).toEqual(['357', '357px']);
    await vi.waitFor(() => expect(main.views.sizes.snapshotsWidth).toBe(357));
  });

  test('of a guest whose engine has none says so calmly, and why', async () => {
    const { main } = await drawApp({ guests: [aContainer('web')] });
    const failure = { ...aFailure('web'), code: 'not-supported' as const, detail: say('failure.detail.noSnapshots') };
    main.answers['guest.snapshots'] = () => ({ ok: false, failure });
    clickRow('web');
    expect(await within(pane()).findByText('Its engine has no snapshots in Posada yet.')).toBeTruthy();
    expect([screen.queryByText('Details'), screen.queryByRole('button', { name: 'Take snapshot' })]).toEqual([
      null,
      null,
    ]);
  });

  test('says that there are none yet, and takes the first', async () => {
    const { main } = await drawApp({ guests: [vm('web')] });
    main.answers['guest.snapshots'] = () => someSnapshots('web', []);
    clickRow('web');
    expect(await within(pane()).findByText('No snapshots yet')).toBeTruthy();
    fireEvent.click(within(pane()).getByText('Take snapshot'));
    expect(screen.getByRole('dialog', { name: 'Take a snapshot of web' })).toBeTruthy();
  });

  test('that cannot be read says why with a way to try again; what was known stays', async () => {
    const { main } = await open();
    main.answers['guest.snapshots'] = () => ({ ok: false, failure: aFailure('web') });
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect(within(pane()).getByText('web could not be started')).toBeTruthy();
    expect(items()).toHaveLength(4);
    main.answers['guest.snapshots'] = () => someSnapshots('web', [base]);
    await act(async () => void fireEvent.click(within(pane()).getByRole('button', { name: 'Try again' })));
    expect(items()).toHaveLength(2);
    expect(within(pane()).queryByText('web could not be started')).toBeNull();
  });

  test('of an engine that does not answer is as it was last, and says that nothing can be done', async () => {
    const { main } = await open();
    fireEvent.click(items()[1] as HTMLElement);
    act(() => main.patch({ engines: [anEngine(libvirt, { state: 'reconnecting' }), anEngine(docker)] }));
    expect(within(pane()).getByText(/this is old/)).toBeTruthy();
    expect(descriptionOf(tool('Restore'))).toBe('Not ready: Its engine does not answer now.');
    press('Enter');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('Its engine does not answer now.');
  });
});

describe('the tree of snapshots by keyboard', () => {
  test('goes up, down, to both ends, to the parent and to what stands on it', async () => {
    await open();
    const at = (): string => chosen().querySelector('bdi, strong')?.textContent ?? '';
    const pressing = (key: string): string => {
      press(key);
      expect(tree().getAttribute('aria-activedescendant')).toBe(chosen().id);
      return at();
    };
    const keys = [
      'ArrowUp',
      'ArrowUp',
      'ArrowUp',
      'ArrowUp',
      'ArrowRight',
      'End',
      'ArrowLeft',
      'ArrowLeft',
      'ArrowLeft',
    ];
    const places = ['failed', 'upgrade', 'base', 'base', 'upgrade', 'NOW', 'upgrade', 'base', 'base'];
    expect(keys.map(pressing)).toEqual(places);
    expect([pressing('ArrowDown'), pressing('Home')]).toEqual(['upgrade', 'base']);
  });

  test.each([
    ['Enter', 'Restore web to “upgrade”?'],
    ['F2', 'Rename and describe “upgrade”'],
    ['Delete', 'Delete snapshot “upgrade”?'],
  ])('%s opens the form “%s”', async (key, name) => {
    await open();
    fireEvent.click(items()[1] as HTMLElement);
    press(key);
    expect(document.querySelector('dialog[open] h2')?.textContent).toBe(name);
  });

  test('takes one with Enter on NOW; F2 and Delete there reach neither the guest nor anything else', async () => {
    const { main } = await open();
    press('F2');
    press('Delete');
    fireEvent.keyDown(tool('Take snapshot'), { key: 'F2' });
    expect(document.querySelector('dialog[open]')).toBeNull();
    press('Enter');
    expect(screen.getByRole('dialog', { name: 'Take a snapshot of web' })).toBeTruthy();
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test('opens the menu of the snapshot, with the reason of what cannot be done', async () => {
    const { main } = await open();
    press('Home');
    press('F10', { shiftKey: true });
    const menu = within(screen.getByRole('menu'));
    expect(menu.getAllByRole('menuitem').map((item) => item.querySelector('span')?.textContent)).toEqual([
      ...['Restore', 'Rename and describe', 'Take protection off', 'Copy name', 'Delete'],
    ]);
    expect(menu.getByText('Delete').closest('button')?.title).toBe(
      'This snapshot is protected: take the protection off first.',
    );
    fireEvent.click(menu.getByText('Take protection off'));
    expect(document.activeElement).toBe(tree());
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('web')], action: { verb: 'unprotectSnapshot', snapshot: 'base' } },
    ]);
  });

  test('Delete on one that is protected says why not', async () => {
    const { main } = await open();
    press('Home');
    press('Delete');
    expect(screen.getByRole('alert').textContent).toContain(
      'This snapshot is protected: take the protection off first.',
    );
    expect(main.inputs('guest.act')).toEqual([]);
  });
});

describe('the chosen snapshot', () => {
  test('has its verbs from its offers; one that is not ready says why', async () => {
    const { main } = await open();
    expect(within(pane()).queryByRole('button', { name: 'Restore' })).toBeNull();
    fireEvent.click(items()[0] as HTMLElement);
    expect(tool('Delete').getAttribute('aria-disabled')).toBe('true');
    expect(descriptionOf(tool('Delete'))).toBe('Not ready: This snapshot is protected: take the protection off first.');
    fireEvent.click(tool('Delete'));
    expect(document.querySelector('dialog[open]')).toBeNull();
    fireEvent.click(items()[1] as HTMLElement);
    fireEvent.click(tool('Protect'));
    expect(main.inputs('guest.act')[0]?.action).toEqual({ verb: 'protectSnapshot', snapshot: 'upgrade' });
  });

  test('is described, with the notes of its engine', async () => {
    await open();
    fireEvent.click(items()[0] as HTMLElement);
    const facts = () => within(screen.getByRole('region', { name: 'About the snapshot' }));
    expect(facts().getByText('Fresh install')).toBeTruthy();
    expect(facts().getByText(/^Taken .*1970.* while it was off\.$/)).toBeTruthy();
    fireEvent.click(items()[2] as HTMLElement);
    expect(facts().getByText(/saved state stands in the way/)).toBeTruthy();
  });

  test('stays chosen when others come, and gives way to NOW when it is gone', async () => {
    const { main } = await open();
    fireEvent.click(items()[1] as HTMLElement);
    const more = aSnapshot('earlier', { createdAt: 1, parent: id('base') });
    main.answers['guest.snapshots'] = () => someSnapshots('web', [base, more, upgrade], { current: id('upgrade') });
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect([items().length, chosen().textContent?.startsWith('upgrade')]).toEqual([4, true]);
    main.answers['guest.snapshots'] = () => someSnapshots('web', [base]);
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect(chosen().textContent).toContain('NOW');
  });

  test('is in the palette by its name, and so is the way to all of them', async () => {
    const { main } = await open();
    async function palette(words: string): Promise<void> {
      fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
      const box = screen.getByRole('combobox', { name: 'Command or guest' });
      fireEvent.change(box, { target: { value: words } });
      // It is done when the palette has given the keyboard back.
      await act(async () => void fireEvent.keyDown(box, { key: 'Enter' }));
    }
    await palette('delete snapshot upgrade');
    fireEvent.click(
      within(screen.getByRole('alertdialog', { name: 'Delete snapshot “upgrade”?' })).getByText('Cancel'),
    );
    await palette('hide snapshots');
    expect(screen.queryByRole('tree')).toBeNull();
    await palette('snapshots of web');
    await vi.waitFor(() => expect(document.activeElement).toBe(tree()));
    expect(main.inputs('guest.act')).toEqual([]);
  });
});
