// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { clickRow, drawApp, pressInList, verbButton } from '../testing/draw-app.tsx';
import { aGuest, offer } from '../testing/guests.ts';

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

  test('say so when another client was quicker than the answer to the question', async () => {
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
