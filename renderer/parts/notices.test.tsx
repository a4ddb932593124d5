// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { drawApp } from '../testing/draw-app.tsx';
import { aFailure } from '../testing/guests.ts';

test('of many failures the newest are shown; the others are counted, and come when these are dismissed', async () => {
  const { stores } = await drawApp();
  act(() => {
    for (const name of ['web', 'db', 'mail', 'cache']) {
      stores.notices.getState().add({ about: 'failure', failure: aFailure(name) });
    }
  });
  const notices = () => within(screen.getByRole('region', { name: 'Notices' }));
  const texts = (): string =>
    notices()
      .getAllByRole('alert')
      .map((each) => each.textContent)
      .join();
  expect(texts()).not.toContain('web');
  expect(texts()).toContain('cache');
  expect(notices().getByText('1 earlier notice')).toBeTruthy();
  fireEvent.click(notices().getAllByRole('button', { name: 'Dismiss' })[0] as HTMLElement);
  expect(texts()).toContain('web');
  expect(notices().queryByText('1 earlier notice')).toBeNull();
  act(() => stores.notices.getState().add({ about: 'failure', failure: aFailure('last') }));
  fireEvent.click(notices().getByRole('button', { name: 'Dismiss all' }));
  expect(screen.queryByRole('region', { name: 'Notices' })).toBeNull();
});
