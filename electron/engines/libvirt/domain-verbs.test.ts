import { describe, expect, test } from 'vitest';
import { type GuestState, verbOffer } from '../../../shared/guest.ts';
import { guestStates } from '../../../shared/guest-words.ts';
import { type Verb, verbs } from '../../../shared/verbs.ts';
import { callVerb, domainOffers, domainVerbLabel } from './domain-verbs.ts';
import { fakeConnection, fakeDomain, libvirtError } from './testing/fakes.ts';

/** What a state lets be done: `yes`, or the reason why not. */
const expected: Readonly<Record<GuestState, Readonly<Partial<Record<Verb, string>>>>> = {
  running: {
    start: 'because.alreadyRunning',
    shutDown: 'yes',
    restart: 'yes',
    pause: 'yes',
    resume: 'because.notPaused',
    forceOff: 'yes',
  },
  paused: {
    start: 'because.alreadyRunning',
    shutDown: 'because.paused',
    restart: 'because.paused',
    pause: 'because.paused',
    resume: 'yes',
    forceOff: 'yes',
  },
  suspended: {
    start: 'because.alreadyRunning',
    shutDown: 'because.suspended',
    restart: 'because.suspended',
    pause: 'because.suspended',
    resume: 'yes',
    forceOff: 'yes',
  },
  restarting: {
    start: 'because.stopping',
    shutDown: 'because.stopping',
    restart: 'because.stopping',
    pause: 'because.stopping',
    resume: 'because.stopping',
    forceOff: 'yes',
  },
  stopping: {
    start: 'because.stopping',
    shutDown: 'because.stopping',
    restart: 'because.stopping',
    pause: 'because.stopping',
    resume: 'because.stopping',
    forceOff: 'yes',
  },
  stopped: {
    start: 'yes',
    shutDown: 'because.notRunning',
    restart: 'because.notRunning',
    pause: 'because.notRunning',
    resume: 'because.notRunning',
    forceOff: 'because.notRunning',
  },
  saved: {
    start: 'yes',
    shutDown: 'because.notRunning',
    restart: 'because.notRunning',
    pause: 'because.notRunning',
    resume: 'because.notRunning',
    forceOff: 'because.notRunning',
  },
  crashed: {
    start: 'yes',
    shutDown: 'because.notRunning',
    restart: 'because.notRunning',
    pause: 'because.notRunning',
    resume: 'because.notRunning',
    forceOff: 'yes',
  },
  unknown: {
    start: 'yes',
    shutDown: 'yes',
    restart: 'because.broken',
    pause: 'because.broken',
    resume: 'because.broken',
    forceOff: 'yes',
  },
};

describe('what can be done to a domain', () => {
  test.each(guestStates)('that is %s is said of every verb', (state) => {
    const offers = domainOffers(state);
    expect(Object.fromEntries(offers.map((offer) => [offer.verb, offer.ready ? 'yes' : offer.because.key]))).toEqual(
      expected[state],
    );
    expect(offers).toHaveLength(verbs.length);
    for (const offer of offers) {
      expect(verbOffer.safeParse(offer).error).toBeUndefined();
      expect(offer.label.key).toBe(domainVerbLabel(offer.verb));
    }
  });

  test('has the words of virtual machines: shut down and reboot, not stop', () => {
    expect(verbs.map(domainVerbLabel)).toEqual([
      'verb.start',
      'verb.shutDown',
      'verb.reboot',
      'verb.pause',
      'verb.resume',
      'verb.forceOff',
    ]);
  });
});

describe('asking libvirt for it', () => {
  const dom = fakeDomain(1);

  test.each<[Verb, GuestState, string, object]>([
    ['start', 'stopped', 'DOMAIN_CREATE', { dom }],
    ['shutDown', 'running', 'DOMAIN_SHUTDOWN', { dom }],
    ['restart', 'running', 'DOMAIN_REBOOT', { dom, flags: 0 }],
    ['pause', 'running', 'DOMAIN_SUSPEND', { dom }],
    ['resume', 'paused', 'DOMAIN_RESUME', { dom }],
    ['resume', 'suspended', 'DOMAIN_PM_WAKEUP', { dom, flags: 0 }],
    ['forceOff', 'running', 'DOMAIN_DESTROY', { dom }],
  ])('to %s one that is %s is one call of %s', async (verb, state, name, args) => {
    const { calls, connection } = fakeConnection();
    await callVerb(connection, dom, verb, state);
    expect(calls).toEqual([{ name, args }]);
  });

  test('rejects with what libvirt answers', async () => {
    const error = libvirtError(55);
    const { connection } = fakeConnection(() => {
      throw error;
    });
    await expect(callVerb(connection, dom, 'start', 'running')).rejects.toBe(error);
  });
});
