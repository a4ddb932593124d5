// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { FakeBridge } from '../../bridge/testing/fake-bridge.ts';
import { clickRow, drawApp, pressInList } from '../../testing/draw-app.tsx';
import { aContainer, aFailure, aGuest, aTask, idOf, offer } from '../../testing/guests.ts';

const gib = 1024 ** 3;
const vmParts: DeletePart[] = [
  { id: 'definition', kind: 'definition', name: '', goes: 'always', chosen: true },
  { id: '/pool/a', kind: 'disk', name: '/pool/a.qcow2', size: 6 * gib, goes: 'person', chosen: true },
  { id: '/pool/b', kind: 'disk', name: '/pool/b.qcow2', size: 2 * gib, goes: 'person', chosen: false },
  {
    ...{ id: '/base', kind: 'backing', name: '/base.qcow2', goes: 'never', chosen: false },
    because: say('part.shared', { name: 'db' }),
  },
];
const vm = (name: string, part: Partial<Guest> = {}): Guest =>
  aGuest(name, { offers: [offer('delete', 'verb.delete'), offer('forceOff', 'verb.forceOff')], ...part });
const ctr = (name: string): Guest =>
  aContainer(name, { state: 'running', offers: [offer('delete', 'verb.remove'), offer('forceOff', 'verb.kill')] });

/** Chooses the guests and presses Delete; main tells these plans. */
async function askDelete(guests: readonly Guest[], planOf: (id: DeletePlan['guest']) => Omit<DeletePlan, 'guest'>) {
  const prepare = (main: FakeBridge): void => {
    main.answers['guest.planDelete'] = (input) => ({
      plans: (input.guests as GuestId[]).map((guest) => ({ guest, ...planOf(guest) })),
    });
  };
  const app = await drawApp({ guests: [...guests] }, { prepare });
  for (const { name } of guests) clickRow(name, { ctrlKey: true });
  await act(async () => pressInList('Delete'));
  return { ...app, dialog: within(screen.getByRole('alertdialog')) };
}

describe('deleting a guest', () => {
  test('lists what goes and what stays, with sizes and reasons, and says that it is final', async () => {
    const { main, dialog } = await askDelete([vm('web', { state: 'running' })], () => ({ parts: vmParts }));
    expect(screen.getByRole('alertdialog', { name: 'Delete web?' })).toBeTruthy();
    expect(dialog.getByText(/This is final: there is no trash yet/)).toBeTruthy();
    expect(dialog.getByText(/It is on: it is forced off first/)).toBeTruthy();
    expect(dialog.getByText('Stays: db uses it too.')).toBeTruthy();
    expect(dialog.getByText('6.0 GiB will be free again.')).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Cancel');
    fireEvent.submit(screen.getByRole('alertdialog').querySelector('form') as HTMLFormElement);
    // What is said to be forced off may be.
    expect(main.inputs('guest.act')).toMatchObject([{ action: { parts: ['/pool/a'], endsRunning: true } }]);
  });

  test.each([
    ...(['running', 'paused', 'suspended', 'stopping', 'crashed'] as const).map((state) => [state, true] as const),
    ...(['stopped', 'saved'] as const).map((state) => [state, false] as const),
  ])('of one that is %s: that it is forced off first is said: %j', async (state, said) => {
    const { dialog } = await askDelete([vm('web', { state })], () => ({ parts: vmParts }));
    expect(dialog.queryByText(/It is on: it is forced off first/) !== null).toBe(said);
  });

  test('takes what the person chooses, and its button names it', async () => {
    const { main, dialog } = await askDelete([vm('web')], () => ({ parts: vmParts }));
    expect(dialog.getByRole('button', { name: 'Delete web and 1 disk' })).toBeTruthy();
    fireEvent.click(dialog.getByLabelText(/b\.qcow2/));
    expect(dialog.getByText('8.0 GiB will be free again.')).toBeTruthy();
    fireEvent.submit(
      dialog
        .getByRole('button', { name: 'Delete web and 2 disks' })
        .closest('dialog')
        ?.querySelector('form') as HTMLFormElement,
    );
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('web')], action: { verb: 'delete', parts: ['/pool/a', '/pool/b'], endsRunning: false } },
    ]);
  });

  test('is not begun by Enter on one of its boxes', async () => {
    const { dialog } = await askDelete([vm('web')], () => ({ parts: vmParts }));
    const goesOn = (element: HTMLElement): boolean => fireEvent.keyDown(element, { key: 'Enter' });
    expect(goesOn(dialog.getByLabelText(/b\.qcow2/))).toBe(false);
    expect(goesOn(dialog.getByText('By hand'))).toBe(true);
  });

  test('cannot be made to take what stays, nor to leave what always goes', async () => {
    const { dialog } = await askDelete([vm('web')], () => ({ parts: vmParts }));
    fireEvent.click(dialog.getByLabelText(/base\.qcow2/));
    fireEvent.click(dialog.getByLabelText('Definition'));
    expect((dialog.getByLabelText(/base\.qcow2/) as HTMLInputElement).checked).toBe(false);
    expect((dialog.getByLabelText('Definition') as HTMLInputElement).checked).toBe(true);
    expect(dialog.getByRole('button', { name: 'Delete web and 1 disk' })).toBeTruthy();
  });

  test('waits for the plan: until it is there nothing can be deleted', async () => {
    const { main, tell } = await drawApp({ guests: [vm('web')] });
    let answer: (value: { plans: DeletePlan[] }) => void = () => undefined;
    main.answers['guest.planDelete'] = () => new Promise((resolve) => (answer = resolve));
    clickRow('web');
    await act(async () => pressInList('Delete'));
    const dialog = within(screen.getByRole('alertdialog'));
    expect(dialog.getByText('Looking what belongs to it…')).toBeTruthy();
    const form = screen.getByRole('alertdialog').querySelector('form') as HTMLFormElement;
    fireEvent.submit(form);
    expect(main.inputs('guest.act')).toEqual([]);
    await act(async () => answer({ plans: [{ guest: idOf('web'), parts: [] }] }));
    fireEvent.submit(form);
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('web')], action: { verb: 'delete', parts: [], endsRunning: false } },
    ]);
    tell({});
  });

  test('of which no plan can be made says why, and is not deleted', async () => {
    const { main, dialog } = await askDelete([vm('web')], () => ({ parts: [], failure: aFailure('web') }));
    expect(dialog.getByText('web could not be started')).toBeTruthy();
    fireEvent.submit(screen.getByRole('alertdialog').querySelector('form') as HTMLFormElement);
    expect(main.inputs('guest.act')).toEqual([]);
    main.answers['guest.planDelete'] = () => ({ plans: [{ guest: idOf('web'), parts: vmParts }] });
    await act(async () => fireEvent.click(dialog.getByRole('button', { name: 'Try again' })));
    expect(dialog.getByRole('button', { name: 'Delete web and 1 disk' })).toBeTruthy();
  });
});

describe('deleting several guests', () => {
  test('has one choice for all, and each guest its own parts; those without a plan are left out', async () => {
    const { main, dialog } = await askDelete([vm('a'), vm('b'), ctr('c')], (guest) =>
      guest === idOf('c') ? { parts: [], failure: aFailure('c') } : { parts: vmParts.slice(0, 2) },
    );
    expect(screen.getByRole('alertdialog', { name: 'Delete / Remove 3 guests?' })).toBeTruthy();
    expect(dialog.getByText(/1 guest is left out/)).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Delete / Remove 2 guests and 2 disks' })).toBeTruthy();
    fireEvent.click(dialog.getByLabelText(/^Disks \(2\)/));
    fireEvent.submit(screen.getByRole('alertdialog').querySelector('form') as HTMLFormElement);
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('a'), idOf('b')], action: { verb: 'delete', parts: [], endsRunning: false } },
    ]);
  });

  test('asks main in steps where they are many', async () => {
    const guests = Array.from({ length: 120 }, (_, number) => vm(`g${number}`));
    const { main, stores } = await drawApp({ guests });
    await act(async () => stores.view.setState({ form: { verb: 'delete', guests: guests.map(({ id }) => id) } }));
    await screen.findByText(/and 70 more guests/);
    expect(main.inputs('guest.planDelete').map((input) => input.guests.length)).toEqual([50, 50, 20]);
  });
});

describe('a choice that is made while guests are still looked at', () => {
  test('changes nothing for those that come later', async () => {
    const guests = Array.from({ length: 51 }, (_, number) => vm(`g${number}`));
    const { main, stores } = await drawApp({ guests });
    const plansOf = (ids: readonly string[]) => ({
      plans: ids.map((guest) => ({ guest: guest as GuestId, parts: vmParts.slice(0, 2) })),
    });
    let later: (() => void) | undefined;
    main.answers['guest.planDelete'] = (input) =>
      input.guests.length === 50
        ? plansOf(input.guests)
        : new Promise((resolve) => {
            later = () => resolve(plansOf(input.guests));
          });
    await act(async () => stores.view.setState({ form: { verb: 'delete', guests: guests.map(({ id }) => id) } }));
    const [first] = screen.getAllByLabelText(/a\.qcow2/);
    fireEvent.click(first as HTMLElement);
    await act(async () => later?.());
    expect(screen.getByRole('button', { name: 'Delete 51 guests and 50 disks' })).toBeTruthy();
  });
});

describe('the result of an order', () => {
  test('is told for each guest', async () => {
    const { main, tell } = await askDelete([vm('a'), vm('b')], () => ({ parts: [] }));
    main.answers['guest.act'] = () => ({ tasks: ['1', '2'] as never });
    await act(
      async () => void fireEvent.submit(screen.getByRole('alertdialog').querySelector('form') as HTMLFormElement),
    );
    tell({
      tasks: [
        aTask('1', 'a', { state: 'done', endedAt: 1, action: { verb: 'delete', parts: [], endsRunning: true } }),
        aTask('2', 'b', { state: 'failed', endedAt: 1, failure: aFailure('b') }),
      ],
    });
    const notices = within(screen.getByRole('region', { name: 'Notices' }));
    expect(notices.getByText('1 deleted, 1 could not be deleted')).toBeTruthy();
    const lines = notices.getAllByRole('listitem').map((line) => line.textContent);
    expect(lines[0]).toMatch(/^b.*disk\.qcow2/);
    expect(lines[1]).toBe('aDone');
  });
});
