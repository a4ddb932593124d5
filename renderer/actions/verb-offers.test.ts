// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import type { Guest } from '../../shared/guest.ts';
import { aContainer, aGuest, idOf, offer } from '../testing/guests.ts';
import { makeText } from '../text/make-text.ts';
import { jointOffers, offerLabel, offerReason } from './verb-offers.ts';

const text = makeText('en');

/** Label and reason of each verb that the guests offer together. */
function words(guests: readonly Guest[]): Record<string, [string, string | undefined]> {
  return Object.fromEntries(
    jointOffers(guests).map((joint) => [joint.verb, [offerLabel(joint, text), offerReason(joint, text)]]),
  );
}

const runningVm = aGuest('vm', { state: 'running' });
const stoppedVm = aGuest('off');
const runningBox = aContainer('box', { state: 'running' });

describe('what chosen guests offer together', () => {
  test('no guest offers nothing', () => {
    expect(jointOffers([])).toEqual([]);
  });

  test('one guest offers its verbs in its own order and words, with the reason where one is not ready', () => {
    expect(words([runningVm])).toEqual({
      start: ['Start', 'Not ready: It is running already.'],
      shutDown: ['Shut down', undefined],
      restart: ['Reboot', undefined],
      pause: ['Pause', undefined],
      forceOff: ['Force off', undefined],
    });
    expect(jointOffers([runningVm]).map((joint) => joint.verb)).toEqual(runningVm.offers.map((each) => each.verb));
  });

  test('a verb that the kinds call differently has both words', () => {
    const both = words([runningVm, runningBox]);
    expect(both.shutDown).toEqual(['Shut down / Stop', undefined]);
    expect(both.forceOff).toEqual(['Force off / Kill', undefined]);
    expect(both.pause).toEqual(['Pause', undefined]);
  });

  test('words that are the same in a language are said once', () => {
    const restart = jointOffers([runningVm, runningBox]).find((joint) => joint.verb === 'restart');
    expect(restart && offerLabel(restart, text)).toBe('Reboot / Restart');
    expect(restart && offerLabel(restart, makeText('es'))).toBe('Reiniciar');
  });

  test('a verb acts on those that are ready, and says how many they are and what stops the others', () => {
    const guests = [runningVm, stoppedVm, aGuest('off2')];
    const start = jointOffers(guests).find((joint) => joint.verb === 'start');
    expect(start?.ready).toEqual([idOf('off'), idOf('off2')]);
    expect(words(guests).start).toEqual(['Start (2 of 3)', '2 of 3. Not ready: It is running already. (1)']);
  });

  test('reasons are counted, each once', () => {
    const busy = aGuest('busy', { offers: [offer('start', 'verb.start', 'because.stopping')] });
    const guests = [runningVm, runningBox, busy];
    expect(words(guests).start).toEqual(['Start', 'Not ready: It is running already. (2) It is stopping. (1)']);
  });

  test('a guest that does not have the verb at all is counted with its own reason', () => {
    const bare = aGuest('bare', { offers: [] });
    const resuming = aGuest('paused', { state: 'paused', offers: [offer('resume', 'verb.resume')] });
    expect(words([resuming, bare]).resume).toEqual([
      'Resume (1 of 2)',
      '1 of 2. Not ready: Its engine cannot do this. (1)',
    ]);
  });
});
