// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { clickRow, drawApp, pressInList } from '../testing/draw-app.tsx';
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
});
