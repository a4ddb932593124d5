// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { Guest } from '../../../shared/guest.ts';
import type { EngineId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { clickRow, drawApp, pressInList } from '../../testing/draw-app.tsx';
import { aContainer, aGuest, anEngine, idOf, offer } from '../../testing/guests.ts';

const offers = [
  offer('rename', 'verb.rename'),
  offer('setTitle', 'verb.setTitle'),
  offer('setTags', 'verb.setTags'),
  offer('setRestartPolicy', 'verb.setRestartPolicy'),
  offer('export', 'verb.export'),
];
const vm = (name: string, part: Partial<Guest> = {}): Guest => aGuest(name, { offers, ...part });
const container = (name: string, part: Partial<Guest> = {}): Guest => aContainer(name, { offers, ...part });
const form = (name: string | RegExp) => within(screen.getByRole('dialog', { name }));

/** Opens the form of a verb for the guests that are chosen, as menu and palette do. */
async function open(guests: readonly Guest[], verb: Guest['offers'][number]['verb']) {
  const app = await drawApp({ guests: [...guests] });
  act(() => app.stores.view.setState({ form: { verb: verb as 'rename', guests: guests.map(({ id }) => id) } }));
  return app;
}
const type = (box: HTMLElement, value: string): void => void fireEvent.change(box, { target: { value } });
const send = (name: string | RegExp): void =>
  void fireEvent.submit(screen.getByRole('dialog', { name }).querySelector('form') as HTMLFormElement);

describe('renaming', () => {
  test('begins with F2, sends the new name, and closes', async () => {
    const { main } = await drawApp({ guests: [vm('web')] });
    clickRow('web');
    pressInList('F2');
    type(form('Rename web').getByLabelText('New name'), 'Web 2');
    send('Rename web');
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'rename', name: 'Web 2' } }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test.each([
    ['a/b', '“a/b” cannot be a name here.'],
    ['  ', 'It needs a name.'],
    ['db', 'Another guest of this engine is called db.'],
  ])('refuses %j with a reason', async (name, reason) => {
    const { main } = await open([vm('web'), vm('db')].slice(0, 1), 'rename');
    act(() => main.patch({ guests: [vm('db')] }));
    type(form('Rename web').getByLabelText('New name'), name);
    expect(form('Rename web').getByText(reason)).toBeTruthy();
    send('Rename web');
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test('a container follows the rules of its engine', async () => {
    await open([container('db')], 'rename');
    type(form('Rename db').getByLabelText('New name'), 'two words');
    expect(form('Rename db').getByText('“two words” cannot be a name here.')).toBeTruthy();
  });

  test('a VM with snapshots is offered a title instead, with the reason', async () => {
    const because = say('because.hasSnapshots', { count: 3 });
    const guest = vm('web', {
      offers: [
        { verb: 'rename', label: say('verb.rename'), ready: false, because },
        offer('setTitle', 'verb.setTitle'),
      ],
    });
    const { main } = await drawApp({ guests: [guest] });
    clickRow('web');
    pressInList('F2');
    expect(form('Title of web').getByText(/cannot be renamed now.*3 snapshots/)).toBeTruthy();
    type(form('Title of web').getByLabelText('Title'), ' Tuesday class ');
    send('Title of web');
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('web')], action: { verb: 'setTitle', title: 'Tuesday class' } },
    ]);
  });

  test('Delete in a text box deletes letters, not guests', async () => {
    const { main } = await drawApp({ guests: [aGuest('web', { offers: [offer('delete', 'verb.delete')] })] });
    clickRow('web');
    fireEvent.keyDown(screen.getByLabelText('Filter guests'), { key: 'Delete' });
    expect([screen.queryByRole('alertdialog'), main.inputs('guest.planDelete')]).toEqual([null, []]);
  });
});

describe('the title of several guests', () => {
  const different = [vm('a', { title: 'first' }), vm('b', { title: 'second' }), vm('c', { title: 'both' })];

  test('stays with each of them until something is written', async () => {
    const { main } = await open(different, 'setTitle');
    const box = form('Title of 3 guests').getByLabelText('Title');
    expect([(box as HTMLInputElement).value, box.getAttribute('placeholder')]).toEqual(['', 'Different titles']);
    send('Title of 3 guests');
    expect(main.inputs('guest.act')).toEqual([]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('is sent to those that have another one', async () => {
    const { main } = await open(different, 'setTitle');
    type(form('Title of 3 guests').getByLabelText('Title'), 'both');
    send('Title of 3 guests');
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('a'), idOf('b')], action: { verb: 'setTitle', title: 'both' } },
    ]);
  });

  test('is taken away by a space alone', async () => {
    const { main } = await open(different, 'setTitle');
    type(form('Title of 3 guests').getByLabelText('Title'), ' ');
    send('Title of 3 guests');
    expect(main.inputs('guest.act')[0]?.action).toEqual({ verb: 'setTitle', title: '' });
  });
});

describe('tags of several guests', () => {
  test('are added to all, given from some to all, and taken away', async () => {
    const { main } = await open([vm('a', { tags: ['prod', 'db'] }), vm('b', { tags: ['prod'] })], 'setTags');
    const dialog = form('Tags of 2 guests');
    expect(dialog.getByText('1 of 2')).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Give db to all' }));
    fireEvent.click(dialog.getByRole('button', { name: 'Remove tag prod' }));
    const box = dialog.getByLabelText('Add tag');
    type(box, 'new');
    fireEvent.keyDown(box, { key: ',' });
    type(box, 'pending');
    send('Tags of 2 guests');
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('a'), idOf('b')], action: { verb: 'setTags', add: ['db', 'new', 'pending'], remove: ['prod'] } },
    ]);
  });

  test('are sent to those only that they change', async () => {
    const { main } = await open([vm('a', { tags: ['prod'] }), vm('b')], 'setTags');
    fireEvent.click(form('Tags of 2 guests').getByRole('button', { name: 'Give prod to all' }));
    send('Tags of 2 guests');
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('b')], action: { verb: 'setTags', add: ['prod'], remove: [] } },
    ]);
  });

  test('that stay as they are end the form without an order', async () => {
    const { main } = await open([vm('a', { tags: ['prod'] })], 'setTags');
    send('Tags of a');
    expect([screen.queryByRole('dialog'), main.inputs('guest.act')]).toEqual([null, []]);
  });

  test('suggest those that other guests have', async () => {
    await drawApp({ guests: [vm('a', { tags: ['mine'] }), vm('b', { tags: ['yours'] })] }).then(({ stores }) =>
      act(() => stores.view.setState({ form: { verb: 'setTags', guests: [idOf('a')] } })),
    );
    const options = screen.getByRole('dialog').querySelectorAll('datalist option');
    expect([...options].map((one) => one.getAttribute('value'))).toEqual(['yours']);
  });

  test('that cannot be tags are explained and not sent', async () => {
    const { main } = await open([vm('a')], 'setTags');
    const box = form('Tags of a').getByLabelText('Add tag');
    type(box, 'a:b');
    expect(form('Tags of a').getByText(/one word without commas/)).toBeTruthy();
    send('Tags of a');
    type(box, 'x'.repeat(65));
    expect(form('Tags of a').getByText('A tag has at most 64 letters.')).toBeTruthy();
    send('Tags of a');
    expect(main.inputs('guest.act')).toEqual([]);
  });
});

describe('the restart policy', () => {
  test('takes a number of tries after failures, and no other than a whole one', async () => {
    const { main } = await open(
      [container('db', { startup: { by: 'restartPolicy', policy: 'always' } })],
      'setRestartPolicy',
    );
    const dialog = form('Restart policy of db');
    expect((dialog.getByLabelText(/^Always/) as HTMLInputElement).checked).toBe(true);
    fireEvent.click(dialog.getByLabelText(/^After a failure/));
    type(dialog.getByLabelText(/Give up/), '-1');
    send('Restart policy of db');
    expect(main.inputs('guest.act')).toEqual([]);
    type(dialog.getByLabelText(/Give up/), '5');
    send('Restart policy of db');
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('db')], action: { verb: 'setRestartPolicy', policy: 'on-failure', maximumRetries: 5 } },
    ]);
  });
});

describe('a restart policy that some have already', () => {
  test('is sent to the others only', async () => {
    const startup = (policy: 'always' | 'no') => ({ startup: { by: 'restartPolicy', policy } }) as const;
    const { main } = await open([container('a', startup('always')), container('b', startup('no'))], 'setRestartPolicy');
    const name = 'Restart policy of 2 containers';
    fireEvent.click(form(name).getByLabelText(/^Always/));
    send(name);
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('b')], action: { verb: 'setRestartPolicy', policy: 'always' } },
    ]);
  });
});

describe('exporting', () => {
  test('asks main for a file of the guest’s name, and exports there', async () => {
    const { main } = await open([container('db')], 'export');
    main.answers['app.chooseFile'] = () => ({ file: '/tmp/db.tar' });
    send(/Export/);
    expect(form(/Export/).getByRole('alert').textContent).toBe('Choose first where the file goes.');
    await act(async () => fireEvent.click(form(/Export/).getByRole('button', { name: 'Choose file…' })));
    expect(main.inputs('app.chooseFile')[0]?.suggested).toBe('db.tar');
    send(/Export/);
    expect(main.inputs('guest.act')).toEqual([
      { guests: [idOf('db')], action: { verb: 'export', file: '/tmp/db.tar' } },
    ]);
  });

  test('of several asks for a file for each, and leaves out those without', async () => {
    const { main } = await open([container('a'), container('b')], 'export');
    main.answers['app.chooseFile'] = ({ suggested }) => ({ file: `/tmp/${suggested}` });
    await act(async () => fireEvent.click(form(/Export/).getByRole('button', { name: 'Choose file for b…' })));
    expect(form(/Export/).getByText('Export 1 container')).toBeTruthy();
    send(/Export/);
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('b')], action: { verb: 'export', file: '/tmp/b.tar' } }]);
  });
});

describe('exporting two guests of one name', () => {
  const podman = container('db2', { name: 'db', engine: 'docker:unix:///podman.sock' as EngineId });

  test('says which is which, and suggests a file of its own for each', async () => {
    const { main } = await open([container('db'), podman], 'export');
    act(() => main.patch({ engines: [anEngine(podman.engine, { name: 'podman rootless' })] }));
    main.answers['app.chooseFile'] = ({ suggested }) => ({ file: `/tmp/${suggested}` });
    const button = form(/Export/).getByRole('button', { name: 'Choose file for db (podman rootless)…' });
    await act(async () => fireEvent.click(button));
    expect(form(/Export/).getByText('/tmp/db-podman-rootless.tar')).toBeTruthy();
  });

  test('does not let both go to one file', async () => {
    const { main } = await open([container('db'), podman], 'export');
    main.answers['app.chooseFile'] = () => ({ file: '/tmp/db.tar' });
    for (const button of form(/Export/).getAllByRole('button', { name: /^Choose file/ })) {
      await act(async () => fireEvent.click(button));
    }
    expect(form(/Export/).getByRole('alert').textContent).toContain('/tmp/db.tar is already chosen for db');
    send(/Export/);
    expect(main.inputs('guest.act')).toHaveLength(1);
  });
});

describe('every form', () => {
  test('shows the same by hand, as it is filled in', async () => {
    const { main } = await open([vm('web')], 'rename');
    main.answers['guest.commands'] = ({ action }) => ({
      commands: [`virsh domrename web ${action.verb === 'rename' ? action.name : ''}`],
    });
    const details = screen.getByText('By hand').closest('details') as HTMLDetailsElement;
    details.open = true;
    fireEvent(details, new Event('toggle'));
    expect(within(details).getByText(/once the form is filled in/)).toBeTruthy();
    type(form('Rename web').getByLabelText('New name'), 'web2');
    expect(await within(details).findByText('virsh domrename web web2')).toBeTruthy();
    await act(async () => fireEvent.click(within(details).getByRole('button', { name: 'Copy command' })));
    expect(main.inputs('clipboard.write')).toEqual([{ text: 'virsh domrename web web2' }]);
  });

  test('says so when its guest goes away meanwhile', async () => {
    const { tell } = await open([vm('web')], 'rename');
    tell({ guestsGone: [idOf('web')] });
    expect(form('Gone').getByText('What this was about does not exist any more.')).toBeTruthy();
    fireEvent.click(form('Gone').getByRole('button', { name: 'Close' }));
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
