// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { clickRow, drawApp, pressInList, verbButton } from '../testing/draw-app.tsx';
import { aGuest, idOf, offer } from '../testing/guests.ts';

describe('the keys that act on chosen guests', () => {
  test('say why where none of them is ready', async () => {
    const { main } = await drawApp({
      guests: [aGuest('web', { offers: [offer('delete', 'verb.delete', 'because.protected')] })],
    });
    clickRow('web');
    pressInList('Delete');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('web was not deleted as asked');
    expect(alert.textContent).toContain('It is protected: take the protection off first.');
    expect(main.inputs('guest.planDelete')).toEqual([]);
  });

  test('rename one guest at a time, and say so for several', async () => {
    const offers = [offer('rename', 'verb.rename')];
    await drawApp({ guests: Array.from({ length: 9 }, (_, number) => aGuest(`vm${number}`, { offers })) });
    pressInList('a', { ctrlKey: true });
    pressInList('F2');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('vm0, vm1, vm2, vm3, vm4, vm5, … (+3) could not be renamed');
    expect(alert.textContent).toContain('Choose one guest only: this is done one at a time.');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('tell every reason where they are several', async () => {
    const because = ['because.protected', 'because.protected', 'because.engineNotLive'] as const;
    const guests = because.map((key, number) =>
      aGuest(`vm${number}`, { offers: [offer('delete', 'verb.delete', key)] }),
    );
    await drawApp({ guests });
    pressInList('a', { ctrlKey: true });
    pressInList('Delete');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('It is protected: take the protection off first. (2)');
    expect(alert.textContent).toContain('Its engine does not answer now. (1)');
  });
});

describe('the answer to a question', () => {
  const running = (name: string) => aGuest(name, { state: 'running' });
  const yes = () => fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Force off' }));

  test('leaves out those that are not ready any more, and says why', async () => {
    const { main, tell } = await drawApp({ guests: [running('a'), running('b')] });
    pressInList('a', { ctrlKey: true });
    fireEvent.click(verbButton('Force off'));
    tell({ guests: [aGuest('b')] });
    yes();
    expect((await screen.findByRole('alert')).textContent).toMatch(/^b could not be forced off.*It is not running\./);
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('a')], action: { verb: 'forceOff' } }]);
  });

  test('is not asked for any more once all of them are gone', async () => {
    const { tell } = await drawApp({ guests: [running('a'), running('b'), running('c')] });
    clickRow('a');
    clickRow('b', { ctrlKey: true });
    fireEvent.click(verbButton('Force off'));
    tell({ guestsGone: [idOf('a')] });
    expect(screen.getByRole('alertdialog', { name: 'Force off b?' }).textContent).not.toContain('guest/');
    tell({ guestsGone: [idOf('b')] });
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(screen.getByRole('dialog', { name: 'Gone' })).toBeTruthy();
  });

  test('is told when another client was quicker than the answer to the question', async () => {
    const running = aGuest('web', { state: 'running' });
    const { main, tell } = await drawApp({ guests: [running] });
    clickRow('web');
    fireEvent.click(verbButton('Force off'));
    tell({ guests: [aGuest('web')] });
    fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Force off' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is not running.');
    expect(main.inputs('guest.act')).toEqual([]);
  });
});
