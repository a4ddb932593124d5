// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { drawApp, listedNames, pressInList, typeFilter } from '../../testing/draw-app.tsx';
import { aGuest, anEngine, docker, dockerOff, hostileNames, idOf, libvirt } from '../../testing/guests.ts';
import { visibleText } from '../../text/visible-text.ts';

const web = () => ({ guests: [aGuest('web'), aGuest('mail')] });
const filterBox = () => screen.getByLabelText('Filter guests') as HTMLInputElement;

describe('the filter', () => {
  test('shows how many guests it lets through', async () => {
    await drawApp(web());
    typeFilter('WEB');
    expect(listedNames()).toEqual(['web']);
    expect(screen.getByText('1 of 2 guests')).toBeTruthy();
  });

  test('that finds nothing says so, and one button brings all guests back', async () => {
    await drawApp(web());
    typeFilter('nothing like this');
    const empty = within(screen.getByText('No guest matches “nothing like this”').parentElement as HTMLElement);
    expect(screen.queryByRole('grid')).toBeNull();
    fireEvent.click(empty.getByRole('button', { name: 'Clear filter' }));
    expect(listedNames()).toEqual(['mail', 'web']);
    expect(filterBox().value).toBe('');
  });

  test.each([hostileNames.markup, hostileNames.turned, hostileNames.pattern])(
    'shows %j as it was typed',
    async (typed) => {
      await drawApp(web());
      typeFilter(typed);
      expect(screen.getByText(`No guest matches “${visibleText(typed)}”`)).toBeTruthy();
      expect(document.querySelector('img')).toBeNull();
    },
  );

  test('Escape and the button in the box clear it and leave the keyboard there', async () => {
    await drawApp(web());
    typeFilter('web');
    fireEvent.keyDown(filterBox(), { key: 'Escape' });
    expect(listedNames()).toEqual(['mail', 'web']);
    typeFilter('web');
    fireEvent.click(screen.getByRole('button', { name: 'Clear filter' }));
    expect(listedNames()).toEqual(['mail', 'web']);
    expect(document.activeElement).toBe(filterBox());
  });

  test('Enter and the arrow lead from the box to the list', async () => {
    await drawApp(web());
    for (const key of ['Enter', 'ArrowDown']) {
      filterBox().focus();
      fireEvent.keyDown(filterBox(), { key });
      expect(document.activeElement).toBe(screen.getByRole('grid'));
    }
    pressInList('Home');
    expect(screen.getByText('1 selected')).toBeTruthy();
  });

  test('a guest that comes and matches brings the list back', async () => {
    const { tell } = await drawApp(web());
    typeFilter('new');
    tell({ guests: [aGuest('newcomer')] });
    expect(listedNames()).toEqual(['newcomer']);
  });
});

describe('a list without guests', () => {
  const libvirtOff = anEngine(libvirt, { state: 'off' });

  test.each([
    ['the first engine is still being tried', [anEngine(docker, { state: 'connecting' }), libvirtOff], 'Connecting…'],
    ['an engine is live', [anEngine(docker), libvirtOff], 'No guests yet'],
    ['no engine can be reached', [dockerOff, libvirtOff], 'No engine can be reached'],
  ])('where %s it says so', async (_where, engines, words) => {
    await drawApp({ engines });
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByRole('grid')).toBeNull();
  });

  test('becomes a list with the first guest, and is empty again without the last', async () => {
    const { tell } = await drawApp();
    tell({ guests: [aGuest('web')] });
    expect(listedNames()).toEqual(['web']);
    tell({ guestsGone: [idOf('web')] });
    expect(screen.getByText('No guests yet')).toBeTruthy();
  });
});

test('where no engine is used, that is said with the way to the settings, and nothing turns for ever', async () => {
  await drawApp({ engines: [] });
  const empty = within((await screen.findByText('No engine is in use')).parentElement as HTMLElement);
  fireEvent.click(empty.getByRole('button', { name: 'Go to Settings' }));
  expect(screen.getByRole('heading', { name: 'Settings', level: 1 })).toBeTruthy();
});

test('before main has found the engines, none is said to be missing', async () => {
  await drawApp(
    { engines: [] },
    {
      prepare: (main) => {
        main.answers['connection.list'] = () => ({ connections: [], complete: false });
      },
    },
  );
  expect(screen.getByText('Connecting…')).toBeTruthy();
});
