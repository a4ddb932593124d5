// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import { clickRow, descriptionOf, drawApp, verbButton } from '../../testing/draw-app.tsx';
import { aContainer, aFailure, aGuest, idOf, offer, offersOf } from '../../testing/guests.ts';

const running = (name: string) => aGuest(name, { state: 'running' });

describe('the verbs that have no button', () => {
  const offers = [
    ...offersOf('vm', true),
    offer('save', 'verb.save'),
    offer('discardSave', 'verb.discardSave', 'because.notSaved'),
    offer('delete', 'verb.delete'),
  ];
  const more = () => screen.getByRole('button', { name: 'More' });
  const words = () => screen.getAllByRole('menuitem').map((item) => item.querySelector('span')?.textContent);

  test('are under More', async () => {
    const { main } = await drawApp({ guests: [aGuest('web', { state: 'running', offers })] });
    clickRow('web');
    expect(within(screen.getByRole('toolbar')).queryByText('Save to disk')).toBeNull();
    fireEvent.click(more());
    expect(more().getAttribute('aria-expanded')).toBe('true');
    expect(words()).toEqual(['Save to disk', 'Discard saved state', 'Delete']);
    fireEvent.click(screen.getByText('Save to disk'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'save' } }]);
    expect(document.activeElement).toBe(more());
  });

  test('are joined by main ones where the window is narrow', async () => {
    // The third button and those after it are wrapped into a second line.
    vi.spyOn(HTMLElement.prototype, 'offsetTop', 'get').mockImplementation(function (this: HTMLElement) {
      const place = [...(this.parentElement?.children ?? [])].indexOf(this);
      return this.parentElement?.className === 'verbs' && place >= 2 ? 34 : 0;
    });
    await drawApp({ guests: [aGuest('web', { state: 'running', offers })] });
    clickRow('web');
    fireEvent.click(more());
    expect(words()).toEqual(['Reboot', 'Pause', 'Force off', 'Save to disk', 'Discard saved state', 'Delete']);
  });

  test('More closes when it is pressed again', async () => {
    await drawApp({ guests: [aGuest('web', { state: 'running', offers })] });
    clickRow('web');
    for (const open of [true, false, true]) {
      fireEvent.pointerDown(more());
      fireEvent.click(more());
      expect(screen.queryByRole('menu') !== null).toBe(open);
    }
  });
});

describe('what can be done to chosen guests', () => {
  test('with no guest chosen there is no verb', async () => {
    await drawApp({ guests: [aGuest('web')] });
    const bar = within(screen.getByRole('toolbar'));
    expect(bar.getByText('Select guests to act on them.')).toBeTruthy();
    expect(bar.queryByText('Start')).toBeNull();
  });

  test('a click on Start starts the chosen guest and no other', async () => {
    const { main } = await drawApp({ guests: [aGuest('web'), aGuest('mail')] });
    clickRow('web');
    fireEvent.click(verbButton('Start'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'start' } }]);
  });

  test('a verb that is not ready says why and does nothing', async () => {
    const { main } = await drawApp({ guests: [running('web')] });
    clickRow('web');
    const start = verbButton('Start');
    expect(start.getAttribute('aria-disabled')).toBe('true');
    expect(descriptionOf(start)).toBe('Not ready: It is running already.');
    // It can still be reached by keyboard, or its reason could not be read.
    expect(start.hasAttribute('disabled')).toBe(false);
    fireEvent.click(start);
    expect(main.inputs('guest.act')).toEqual([]);
    const pause = verbButton('Pause');
    expect([pause.getAttribute('aria-disabled'), descriptionOf(pause)]).toEqual([null, undefined]);
  });

  test('the verbs follow the state of the guest', async () => {
    const { main, tell } = await drawApp({ guests: [aGuest('web')] });
    clickRow('web');
    expect(verbButton('Pause').getAttribute('aria-disabled')).toBe('true');
    tell({ guests: [running('web')] });
    expect(verbButton('Start').getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(verbButton('Pause'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'pause' } }]);
  });

  test('of several guests a verb acts on those that are ready and tells how many they are', async () => {
    const { main } = await drawApp({ guests: [aGuest('a'), running('b'), aContainer('c')] });
    clickRow('a');
    clickRow('b', { ctrlKey: true });
    clickRow('c', { ctrlKey: true });
    const start = verbButton('Start (2 of 3)');
    expect(descriptionOf(start)).toBe('2 of 3. Not ready: It is running already. (1)');
    expect(start.getAttribute('aria-disabled')).toBeNull();
    fireEvent.click(start);
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('a'), idOf('c')], action: { verb: 'start' } }]);
    expect(verbButton('Shut down / Stop (1 of 3)')).toBeTruthy();
    expect(screen.getByText('3 selected')).toBeTruthy();
  });

  test('a verb is told by what the guest offers, not by what kind it is', async () => {
    const only = offersOf('vm', true).filter((offer) => offer.verb === 'shutDown');
    await drawApp({ guests: [aGuest('web', { state: 'running', offers: only })] });
    clickRow('web');
    const words = within(screen.getByRole('toolbar')).getAllByRole('button');
    expect(words.map((button) => button.textContent).filter(Boolean)).toEqual(['Shut down']);
  });

  test('main refusing the order is told', async () => {
    const { main } = await drawApp({ guests: [aGuest('web')] });
    main.answers['guest.act'] = () => ({ ok: false, failure: aFailure('web') });
    clickRow('web');
    fireEvent.click(verbButton('Start'));
    expect((await screen.findByRole('alert')).textContent).toContain('web could not be started');
  });
});

describe('forcing off', () => {
  test('asks first, with Cancel at hand, and Cancel does nothing', async () => {
    const { main } = await drawApp({ guests: [running('web')] });
    clickRow('web');
    fireEvent.click(verbButton('Force off'));
    const question = within(screen.getByRole('alertdialog', { name: 'Force off web?' }));
    expect(question.getByText(/What it has not saved is lost/)).toBeTruthy();
    expect(document.activeElement).toBe(question.getByText('Cancel'));
    fireEvent.click(question.getByText('Cancel'));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test('Escape is a no as well', async () => {
    const { main } = await drawApp({ guests: [running('web')] });
    clickRow('web');
    fireEvent.click(verbButton('Force off'));
    // The browser tells a modal dialog of Escape in this way.
    fireEvent(screen.getByRole('alertdialog'), new Event('cancel', { cancelable: true }));
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(main.inputs('guest.act')).toEqual([]);
  });

  test('happens after a yes', async () => {
    const { main } = await drawApp({ guests: [running('web')] });
    clickRow('web');
    fireEvent.click(verbButton('Force off'));
    expect(main.inputs('guest.act')).toEqual([]);
    fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Force off'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('web')], action: { verb: 'forceOff' } }]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  test('names the guests, the first six of many', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await drawApp({ guests: names.map(running) });
    fireEvent.click(screen.getByLabelText('Select all guests'));
    fireEvent.click(verbButton('Force off'));
    const question = within(screen.getByRole('alertdialog', { name: 'Force off 8 guests?' }));
    expect(question.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      ...names.slice(0, 6),
      'and 2 more',
    ]);
  });

  test('leaves alone what has stopped while the question was asked', async () => {
    const { main, tell } = await drawApp({ guests: [running('a'), running('b')] });
    fireEvent.click(screen.getByLabelText('Select all guests'));
    fireEvent.click(verbButton('Force off'));
    tell({ guests: [aGuest('a')] });
    fireEvent.click(within(screen.getByRole('alertdialog')).getByText('Force off'));
    expect(main.inputs('guest.act')).toEqual([{ guests: [idOf('b')], action: { verb: 'forceOff' } }]);
  });
});

describe('the reason of a verb that is not ready', () => {
  test('is shown while the pointer rests on it or the keyboard is at it', async () => {
    await drawApp({ guests: [running('web')] });
    clickRow('web');
    const start = verbButton('Start');
    act(() => start.focus());
    expect((await screen.findByRole('tooltip')).textContent).toBe('Not ready: It is running already.');
    fireEvent.keyDown(start, { key: 'Escape' });
    expect(screen.queryByRole('tooltip')).toBeNull();
    fireEvent.pointerEnter(start.parentElement as HTMLElement);
    // It comes when the pointer has rested; how soon is no matter here.
    const tip = await screen.findByRole('tooltip', {}, { timeout: 4000 });
    expect(tip.textContent).toBe('Not ready: It is running already.');
    fireEvent.pointerLeave(start.parentElement as HTMLElement);
    expect(screen.queryByRole('tooltip')).toBeNull();
  });
});
