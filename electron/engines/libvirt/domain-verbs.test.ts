import { describe, expect, test } from 'vitest';
import { type GuestState, verbOffer } from '../../../shared/guest.ts';
import { guestStates } from '../../../shared/guest-words.ts';
import { togglePairs, type Verb } from '../../../shared/verbs.ts';
import { type DomainFlags, noFlags } from './domain-flags.ts';
import { domainOffers, domainVerbLabel, lackingVerbs } from './domain-verbs.ts';

/** What a domain is asked for in one state after the other. */
const lifecycle = [
  'start',
  'shutDown',
  'restart',
  'pause',
  'resume',
  'reset',
  'forceOff',
  'save',
  'discardSave',
] as const;

const stopping = [
  ...['because.stopping', 'because.stopping', 'because.stopping', 'because.stopping', 'because.stopping'],
  ...['because.stopping', 'yes', 'because.stopping', 'because.notSaved'],
];
const off = [
  ...['yes', 'because.notRunning', 'because.notRunning', 'because.notRunning', 'because.notRunning'],
  ...['because.notRunning', 'because.notRunning', 'because.notRunning'],
];

/** What a state lets be done, in the order of `lifecycle`: `yes`, or the reason why not. */
const expected: Readonly<Record<GuestState, readonly string[]>> = {
  running: [
    'because.alreadyRunning',
    'yes',
    'yes',
    'yes',
    'because.notPaused',
    'yes',
    'yes',
    'yes',
    'because.notSaved',
  ],
  paused: [
    ...['because.alreadyRunning', 'because.paused', 'because.paused', 'because.paused'],
    ...['yes', 'yes', 'yes', 'yes', 'because.notSaved'],
  ],
  suspended: [
    ...['because.alreadyRunning', 'because.suspended', 'because.suspended', 'because.suspended'],
    ...['yes', 'yes', 'yes', 'because.suspended', 'because.notSaved'],
  ],
  restarting: stopping,
  stopping,
  stopped: [...off, 'because.notSaved'],
  saved: [...off, 'yes'],
  crashed: [
    ...['because.crashed', 'because.crashed', 'because.crashed', 'because.crashed', 'because.crashed'],
    ...['yes', 'yes', 'because.crashed', 'because.notSaved'],
  ],
  unknown: [
    ...['yes', 'yes', 'because.broken', 'because.broken', 'because.broken', 'because.broken', 'yes'],
    ...['because.broken', 'because.notSaved'],
  ],
};

function told(state: GuestState, flags: Partial<DomainFlags> = {}, lacks?: ReadonlySet<Verb>): Record<string, string> {
  const offers = domainOffers(state, { ...noFlags, ...flags }, lacks);
  return Object.fromEntries(offers.map((offer) => [offer.verb, offer.ready ? 'yes' : offer.because.key]));
}

describe('what can be done to a domain', () => {
  test.each(guestStates)('that is %s is said of every verb', (state) => {
    const verbs = told(state);
    expect(lifecycle.map((verb) => verbs[verb])).toEqual(expected[state]);
    const offers = domainOffers(state);
    for (const offer of offers) {
      expect(verbOffer.safeParse(offer).error).toBeUndefined();
      expect(offer.label.key).toBe(domainVerbLabel(offer.verb, state));
    }
    for (const pair of togglePairs) {
      expect(pair.filter((verb) => verbs[verb] === 'yes')).toHaveLength(1);
    }
    // Facts of the person's own can be written down whatever it does.
    expect([verbs.setTitle, verbs.setTags, verbs.protect, verbs.delete]).toEqual(['yes', 'yes', 'yes', 'yes']);
  });

  test('has the words of virtual machines: shut down and reboot, not stop; and no verb of containers', () => {
    expect(domainOffers('running').map(({ label }) => label.key)).toEqual([
      ...['verb.start', 'verb.shutDown', 'verb.reboot', 'verb.pause', 'verb.resume', 'verb.reset', 'verb.forceOff'],
      ...['verb.save', 'verb.discardSave', 'verb.takeSnapshot', 'verb.enableAutostart', 'verb.disableAutostart'],
      ...['verb.rename', 'verb.setTitle', 'verb.setTags', 'verb.protect', 'verb.unprotect', 'verb.delete'],
    ]);
  });

  test('is to restore one that is saved', () => {
    expect(domainOffers('saved')[0]).toMatchObject({ verb: 'start', ready: true, label: { key: 'verb.restore' } });
  });

  test('is to rename it while it is off and has no saved state', () => {
    expect(told('stopped').rename).toBe('yes');
    expect(told('stopped', { snapshots: 2 }).rename).toBe('yes');
    expect(told('saved', { saved: true }).rename).toBe('because.saved');
    for (const state of ['running', 'paused', 'stopping', 'crashed'] as const) {
      expect(told(state).rename).toBe('because.running');
    }
  });

  test('is to take a snapshot where it has a definition that stays and its state can be kept', () => {
    for (const state of ['running', 'paused', 'stopped'] as const) expect(told(state).takeSnapshot).toBe('yes');
    expect(told('saved', { saved: true }).takeSnapshot).toBe('because.saved');
    expect(told('crashed').takeSnapshot).toBe('because.crashed');
    expect(told('running', { transient: true }).takeSnapshot).toBe('because.transient');
  });

  test('turns autostart over', () => {
    expect(told('running', { autostart: true })).toMatchObject({
      enableAutostart: 'because.autostartOn',
      disableAutostart: 'yes',
    });
    expect(told('running')).toMatchObject({ enableAutostart: 'yes', disableAutostart: 'because.autostartOff' });
  });

  test('is not to delete one that is protected', () => {
    expect(told('stopped', { protected: true })).toMatchObject({
      ...{ delete: 'because.protected', protect: 'because.protected', unprotect: 'yes', start: 'yes' },
    });
    expect(told('stopped').unprotect).toBe('because.notProtected');
  });

  test('is nothing that a transient one has no definition for', () => {
    const verbs = told('running', { transient: true });
    for (const verb of ['save', 'rename', 'enableAutostart', 'disableAutostart']) {
      expect(verbs[verb], verb).toBe('because.transient');
    }
    expect([verbs.delete, verbs.setTags, verbs.shutDown]).toEqual(['yes', 'yes', 'yes']);
  });

  test.each([
    ['qemu:///system', []],
    ['qemu+unix:///session', []],
    ['test:///default', ['reset', 'takeSnapshot']],
    ['esx://host', ['takeSnapshot']],
    ['ch:///session', ['protect', 'setTags', 'setTitle', 'takeSnapshot', 'unprotect']],
    ['vbox+ssh://host/session', ['protect', 'setTags', 'setTitle', 'takeSnapshot', 'unprotect']],
    ['lxc:///system', ['discardSave', 'rename', 'reset', 'save', 'takeSnapshot']],
  ])('through %s is not what its driver lacks', (uri, lacks) => {
    const verbs = told('running', {}, lackingVerbs(uri));
    expect(
      Object.keys(verbs)
        .filter((verb) => verbs[verb] === 'because.unsupported')
        .sort(),
    ).toEqual(lacks);
  });
});
