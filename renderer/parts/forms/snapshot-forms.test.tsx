// @vitest-environment happy-dom
import { act, fireEvent, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { say } from '../../../shared/message.ts';
import type { GuestSnapshots, SnapshotId } from '../../../shared/snapshot.ts';
import type { AskingSnapshotVerb } from '../../stores/view-store.ts';
import { clickRow, drawApp, verbButton } from '../../testing/draw-app.tsx';
import { aFailure, aGuest, idOf, offer, offersOf } from '../../testing/guests.ts';
import { aSnapshot, someSnapshots } from '../../testing/snapshots.ts';

const gib = 1024 ** 3;
const id = (name: string) => name as SnapshotId;
const web = (name = 'web') =>
  aGuest(name, { state: 'running', offers: [...offersOf('vm', true), offer('takeSnapshot', 'verb.takeSnapshot')] });
const no = (key: 'because.saved' | 'because.notRunning' | 'because.noAgent') =>
  ({ ready: false, because: say(key) }) as const;

const sized = (bytes: number) => ({ size: { bytes, atLeast: false } });
const base = aSnapshot('base', { createdAt: 1000, state: 'off', memory: false, ...sized(gib) });
const upgrade = aSnapshot('upgrade', { createdAt: 2000, parent: id('base'), ...sized(gib) });
const failed = aSnapshot('failed', { createdAt: 3000, parent: id('upgrade'), ...sized(gib) });
const tree = someSnapshots('web', [base, upgrade, failed], { current: id('upgrade') });

const dialog = () => within(document.querySelector('dialog[open]') as HTMLElement);
const title = () => document.querySelector('dialog[open] h2')?.textContent;
const type = (label: string, value: string): void =>
  void fireEvent.change(dialog().getByLabelText(label), { target: { value } });
const yes = (name: string): void => void fireEvent.click(dialog().getByRole('button', { name }));

/** The window without the pane: forms need nothing of it. */
async function draw(answer: GuestSnapshots) {
  return drawApp(
    { guests: [web(), web('mail')] },
    {
      prepare: (main) => {
        main.views = { saved: [], sizes: { snapshotsShown: 0 } };
        main.answers['guest.snapshots'] = () => answer;
      },
    },
  );
}
async function take(answer: GuestSnapshots = tree) {
  const app = await draw(answer);
  clickRow('web');
  fireEvent.click(verbButton('Take snapshot'));
  await dialog().findByDisplayValue(/Snapshot \d/);
  return app;
}
async function open(verb: AskingSnapshotVerb, name: string, answer: GuestSnapshots = tree) {
  const app = await draw(answer);
  await act(async () => app.stores.view.setState({ snapshotForm: { verb, guest: idOf('web'), snapshot: id(name) } }));
  return app;
}

describe('taking a snapshot', () => {
  test('offers a name that is free, and keeps the memory unless told otherwise', async () => {
    const { main } = await take(someSnapshots('web', [base, upgrade, aSnapshot('Snapshot 4')]));
    expect(dialog().getByLabelText('Name')).toHaveProperty('value', 'Snapshot 4 (2)');
    expect(dialog().getByText(/paused while its memory/)).toBeTruthy();
    expect(dialog().queryByText(/power cut/)).toBeNull();
    type('Description', ' before the upgrade ');
    yes('Take snapshot');
    expect(main.inputs('guest.act')).toEqual([
      {
        guests: [idOf('web')],
        action: {
          ...{ verb: 'takeSnapshot', name: 'Snapshot 4 (2)', description: 'before the upgrade' },
          ...{ memory: true, freeze: false },
        },
      },
    ]);
    expect(document.querySelector('dialog[open]')).toBeNull();
  });

  test('proposes another name where the first is taken meanwhile, and typing takes its place', async () => {
    const { main } = await take();
    const box = dialog().getByLabelText('Name') as HTMLInputElement;
    main.answers['guest.snapshots'] = () => someSnapshots('web', [base, upgrade, aSnapshot('Snapshot 4'), failed]);
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect(box.value).toBe('Snapshot 5');
    expect([box.selectionStart, box.selectionEnd]).toEqual([0, 10]);
  });

  test('of the disks alone says what that means, and freezes where the agent can', async () => {
    const { main } = await take();
    expect(dialog().queryByLabelText(/to rest first/)).toBeNull();
    fireEvent.click(dialog().getByLabelText('Disks only'));
    expect(dialog().getByText(/power cut/)).toBeTruthy();
    expect(dialog().getByLabelText(/to rest first/)).toHaveProperty('checked', true);
    yes('Take snapshot');
    expect(main.inputs('guest.act')[0]?.action).toMatchObject({ memory: false, freeze: true });
  });

  test('does not freeze where that is not wanted', async () => {
    const { main } = await take();
    fireEvent.click(dialog().getByLabelText('Disks only'));
    fireEvent.click(dialog().getByLabelText(/to rest first/));
    yes('Take snapshot');
    expect(main.inputs('guest.act')[0]?.action).toMatchObject({ memory: false, freeze: false });
  });

  test('asks nothing about memory where there is no choice, and says why on one that is on', async () => {
    const { main } = await take({ ...tree, takeWithMemory: no('because.saved'), freeze: no('because.noAgent') });
    expect(dialog().queryByRole('radio')).toBeNull();
    expect(dialog().queryByLabelText(/to rest first/)).toBeNull();
    expect(dialog().getByText(/memory cannot be kept: Its saved state stands/)).toBeTruthy();
    yes('Take snapshot');
    expect(main.inputs('guest.act')[0]?.action).toMatchObject({ memory: false, freeze: false });
  });

  test('of one that is off has no word on memory', async () => {
    await take({ ...tree, now: 'off', takeWithMemory: no('because.notRunning') });
    expect(dialog().queryByText(/memory/)).toBeNull();
    expect(dialog().queryByLabelText(/to rest first/)).toBeNull();
  });

  test('is refused with the reason where it cannot be done at all', async () => {
    const never = no('because.saved');
    const { main } = await take({ ...tree, takeWithMemory: never, takeDisks: never, freeze: never });
    expect(dialog().getByRole('alert').textContent).toContain('Its saved state stands in the way');
    yes('Take snapshot');
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test.each([
    ['  ', 'It needs a name.'],
    [' upgrade ', 'Another snapshot is called upgrade.'],
  ])('refuses %j with a reason', async (name, reason) => {
    const { main } = await take();
    type('Name', name);
    expect(dialog().getByText(reason)).toBeTruthy();
    yes('Take snapshot');
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test('that cannot be asked about says why, with a way to try again', async () => {
    const { main } = await draw(tree);
    main.answers['guest.snapshots'] = () => ({ ok: false, failure: aFailure('web') });
    clickRow('web');
    fireEvent.click(verbButton('Take snapshot'));
    expect(await dialog().findByText('web could not be started')).toBeTruthy();
    yes('Take snapshot');
    expect(main.inputs('guest.act')).toEqual([]);
    main.answers['guest.snapshots'] = () => tree;
    await act(async () => yes('Try again'));
    yes('Take snapshot');
    expect(main.inputs('guest.act')).toHaveLength(1);
  });

  test('is for one guest at a time', async () => {
    await draw(tree);
    clickRow('web');
    clickRow('mail', { ctrlKey: true });
    expect(verbButton('Take snapshot').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('restoring', () => {
  test('says what happens, and keeps what the guest is now first', async () => {
    const { main } = await open('restoreSnapshot', 'failed');
    expect(title()).toBe('Restore web to “failed”?');
    expect(dialog().getByText('It goes on exactly where it was then: running.')).toBeTruthy();
    expect(dialog().getByText(/ended at once/)).toBeTruthy();
    expect(dialog().queryByText(/is lost/)).toBeNull();
    // Enter alone harms nothing.
    expect(document.activeElement?.textContent).toBe('Cancel');
    const name = dialog().getByLabelText('Name of that snapshot');
    expect(fireEvent.keyDown(name, { key: 'Enter' })).toBe(false);
    type('Name of that snapshot', 'mine');
    yes('Keep and restore');
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('web')], action: { verb: 'restoreSnapshot', snapshot: 'failed', keepNow: 'mine' } },
    ]);
  });

  test('without keeping says what is lost since when, and does it on that button only', async () => {
    const { main } = await open('restoreSnapshot', 'base');
    expect(dialog().getByText(/It is off afterwards/)).toBeTruthy();
    fireEvent.click(dialog().getByLabelText(/First keep/));
    expect(dialog().getByRole('alert').textContent).toMatch(
      /^What has changed on its disks and in its memory since “upgrade” \(.* ago\) is lost\.$/,
    );
    yes('Restore');
    expect(main.inputs('guest.act')[0]?.action).toEqual({ verb: 'restoreSnapshot', snapshot: 'base' });
  });

  test('offers a name for NOW that no other has', async () => {
    await open('restoreSnapshot', 'base', someSnapshots('web', [base, aSnapshot('Before restoring base')]));
    expect(dialog().getByLabelText('Name of that snapshot')).toHaveProperty('value', 'Before restoring base (2)');
    type('Name of that snapshot', 'base');
    expect(dialog().getByText('Another snapshot is called base.')).toBeTruthy();
  });

  test('where NOW cannot be kept says why, and that it is lost', async () => {
    const never = no('because.saved');
    const { current: _current, ...rest } = tree;
    const all = { ...rest, now: 'off', takeDisks: never } as const;
    const { main } = await open('restoreSnapshot', 'base', all);
    expect(dialog().getByLabelText(/First keep/)).toMatchObject({ checked: false, disabled: true });
    expect(dialog().getByText(/Its saved state stands in the way/)).toBeTruthy();
    expect(dialog().getByText('What is on its disks now is lost.')).toBeTruthy();
    expect(dialog().queryByText(/ended at once/)).toBeNull();
    yes('Restore');
    expect(main.inputs('guest.act')[0]?.action).toEqual({ verb: 'restoreSnapshot', snapshot: 'base' });
  });
});

describe('renaming and describing', () => {
  test('sends both; one that stays as it is sends nothing', async () => {
    const { main, stores } = await open('editSnapshot', 'base');
    yes('Save');
    expect([main.inputs('guest.act'), document.querySelector('dialog[open]')]).toEqual([[], null]);
    await act(async () =>
      stores.view.setState({ snapshotForm: { verb: 'editSnapshot', guest: idOf('web'), snapshot: id('base') } }),
    );
    type('Name', ' start ');
    type('Description', 'clean');
    yes('Save');
    expect(main.inputs('guest.act')[0]?.action).toEqual({
      ...{ verb: 'editSnapshot', snapshot: 'base', name: 'start', description: 'clean' },
    });
  });

  test('takes no name that another one has', async () => {
    const { main } = await open('editSnapshot', 'base');
    type('Name', 'failed');
    yes('Save');
    expect(main.inputs('guest.act')).toEqual([]);
  });
});

describe('deleting a snapshot', () => {
  test('at the end of a branch says what is freed, and that NOW stays', async () => {
    const { main } = await open('deleteSnapshot', 'failed');
    expect(dialog().getByText(/web stays as it is now/)).toBeTruthy();
    expect(dialog().getByText('1.0 GiB will be free again.')).toBeTruthy();
    expect(dialog().queryByRole('radio')).toBeNull();
    expect(document.activeElement?.textContent).toBe('Cancel');
    yes('Delete snapshot');
    expect(main.inputs('guest.act')[0]?.action).toEqual({
      ...{ verb: 'deleteSnapshot', snapshot: 'failed', children: false },
    });
  });

  test('in the middle says that what it holds goes on, and can take along all that stand on it', async () => {
    const { main } = await open('deleteSnapshot', 'base');
    expect(dialog().getByText('2 snapshots stand on it')).toBeTruthy();
    expect(dialog().getByText(/What it holds goes on in those that stand on it/)).toBeTruthy();
    expect(dialog().queryByText(/will be free again/)).toBeNull();
    fireEvent.click(dialog().getByLabelText(/This one and all 2/));
    expect(
      dialog()
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['upgrade', 'failed']);
    expect(dialog().getByText('3.0 GiB will be free again.')).toBeTruthy();
    yes('Delete 3 snapshots');
    expect(main.inputs('guest.act')[0]?.action).toEqual({
      ...{ verb: 'deleteSnapshot', snapshot: 'base', children: true },
    });
  });

  test('takes none along that is protected', async () => {
    const guarded = { ...aSnapshot('failed', { protected: true }), parent: id('upgrade') };
    await open('deleteSnapshot', 'base', someSnapshots('web', [base, upgrade, guarded]));
    expect(dialog().getByLabelText(/This one and all 2/)).toHaveProperty('disabled', true);
    expect(dialog().getByText('“failed” is protected.')).toBeTruthy();
  });

  test('that somebody else has deleted meanwhile is no question any more', async () => {
    const { main } = await open('deleteSnapshot', 'failed');
    main.answers['guest.snapshots'] = () => someSnapshots('web', [base]);
    await act(async () => void window.dispatchEvent(new Event('focus')));
    expect(title()).toBe('Gone');
    expect(main.inputs('guest.act')).toEqual([]);
  });
});
