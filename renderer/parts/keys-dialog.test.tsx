// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { windowActions } from '../actions/window-keys.ts';
import { drawApp } from '../testing/draw-app.tsx';
import { makeText } from '../text/make-text.ts';

test('the keys are those that the actions of the window really have', async () => {
  await drawApp();
  fireEvent.keyDown(document.body, { key: '?', shiftKey: true });
  const dialog = within(screen.getByRole('dialog', { name: 'Keys' }));
  for (const action of windowActions.filter(({ shortcuts }) => shortcuts)) {
    expect(dialog.getByText(action.label(undefined, makeText('en')))).toBeTruthy();
  }
  const line = (words: string) => dialog.getByText(words).parentElement;
  const keys = (words: string) => Array.from(line(words)?.querySelectorAll('kbd') ?? [], (key) => key.textContent);
  expect(keys('Command palette')).toEqual(['Ctrl', 'K']);
  expect(keys('Filter')).toEqual(['/', 'Ctrl', 'F']);
  expect(keys('Show tasks')).toEqual(['Ctrl', 'J']);
  expect(keys('A page up or down')).toEqual(['PgUp', 'PgDn']);
  expect(keys('Menu of verbs')).toEqual(['Shift', 'F10', 'Menu']);
  expect(keys('Show terms and values')).toEqual(['Alt', '↓']);
  expect(keys('Previous place found (in the configuration)')).toEqual(['Shift', 'Enter', 'Shift', 'F3']);
  expect(keys('More or less height (at the edge)')).toEqual(['↑ ↓', 'PgUp', 'PgDn']);
  expect(keys('Oldest and newest value (in a chart)')).toEqual(['Home', 'End']);
});
