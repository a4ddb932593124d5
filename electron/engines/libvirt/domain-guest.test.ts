import { describe, expect, test } from 'vitest';
import type { Failure } from '../../../shared/failure.ts';
import { guest as guestSchema } from '../../../shared/guest.ts';
import type { EngineId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { domainState } from './client/index.ts';
import { domainGuest, domainGuestId } from './domain-guest.ts';
import { guestState, isActive, stateNote } from './domain-states.ts';
import { domainOffers } from './domain-verbs.ts';
import { fakeDomain } from './testing/fakes.ts';
import { noPosadaFacts } from './xml/posada-metadata.ts';

const engine = 'libvirt:qemu:///system' as EngineId;
const dom = fakeDomain(1, 'web');

describe('the row of a domain', () => {
  test('has what is known from a list alone', () => {
    const row = domainGuest(engine, { dom, state: domainState.shutoff, reason: 1 });
    expect(row).toEqual({
      id: 'libvirt:qemu:///system/00000000-0000-4000-8000-000000000001',
      engine,
      kind: 'vm',
      nativeId: '00000000-0000-4000-8000-000000000001',
      name: 'web',
      state: 'stopped',
      tags: [],
      protected: false,
      transient: false,
      addresses: [],
      ports: [],
      offers: domainOffers('stopped'),
    });
    expect(guestSchema.safeParse(row).error).toBeUndefined();
  });

  test('has the facts of its definition and its addresses', () => {
    const addresses = ['192.168.122.9', 'fd00::9'];
    const facts = {
      ...{ type: 'kvm', title: 'Web server', os: 'Debian 12', cpus: 4, memoryLimit: 2 ** 31 },
      ...{
        disks: [{ target: 'vda', path: '/images/web.qcow2' }],
        interfaces: 1,
        agent: true,
        osType: 'hvm',
        memoryCurrent: 2 ** 30,
      },
      posada: { protected: true, tags: ['db', 'prod'], lab: 'shop' },
    };
    const row = domainGuest(engine, { dom, state: domainState.running, reason: 1, facts, look: { addresses } });
    expect(row).toMatchObject({
      ...{ state: 'running', image: 'Debian 12', title: 'Web server', cpus: 4, addresses },
      ...{ memoryLimit: 2 ** 31, memoryCurrent: 2 ** 30, virtualization: 'full', domainType: 'kvm' },
      ...{ protected: true, tags: ['db', 'prod'], lab: 'shop' },
    });
    expect(guestSchema.safeParse(row).error).toBeUndefined();
    // The row is sent away: what it was made from must not change with it.
    expect(row.addresses).not.toBe(addresses);
  });

  test('leaves out what the definition does not tell', () => {
    const facts = { type: 'lxc', disks: [], interfaces: 0, agent: false, posada: noPosadaFacts };
    const row = domainGuest(engine, { dom, state: domainState.running, reason: 1, facts });
    for (const field of ['image', 'cpus', 'memoryLimit', 'failure', 'stateNote']) expect(row).not.toHaveProperty(field);
  });

  test('has its flags, and what they make of its verbs', () => {
    const flags = { saved: true, autostart: true, transient: false, snapshots: 2 };
    const row = domainGuest(engine, { dom, state: domainState.shutoff, reason: 1, flags });
    expect(row).toMatchObject({ state: 'saved', startup: { by: 'autostart', on: true }, snapshots: 2 });
    expect(row.offers).toEqual(domainOffers('saved', { ...flags, protected: false }));
    expect(guestSchema.safeParse(row).error).toBeUndefined();
    // The image is there while it runs, too, when that could not be removed: it runs all the same.
    expect(domainGuest(engine, { dom, state: domainState.running, reason: 1, flags }).state).toBe('running');
  });

  test('has its failure beside the rest', () => {
    const failure: Failure = {
      code: 'guest-broken',
      title: say('failure.title.guest', { name: 'web' }),
      remedies: [],
      engine,
      guest: domainGuestId(engine, dom.uuid),
    };
    const row = domainGuest(engine, { dom, state: domainState.shutoff, reason: 0, failure });
    expect(row).toMatchObject({ name: 'web', state: 'stopped', failure });
    expect(guestSchema.safeParse(row).error).toBeUndefined();
  });

  test('tells why it is paused when that is trouble', () => {
    const row = domainGuest(engine, { dom, state: domainState.paused, reason: 5 });
    expect(row).toMatchObject({ state: 'paused', stateNote: { key: 'state.note.ioError' } });
    expect(row.offers).toEqual(domainOffers('paused'));
  });
});

describe('the id of a domain', () => {
  test('is its own on its engine, whatever it is called and however often it starts', () => {
    const parts = { state: domainState.running, reason: 1 };
    const before = domainGuest(engine, { ...parts, dom });
    const after = domainGuest(engine, { ...parts, dom: { ...dom, name: 'renamed', id: 99 } });
    expect(after).toMatchObject({ id: before.id, name: 'renamed' });
    expect(domainGuestId('libvirt:lxc:///system' as EngineId, dom.uuid)).not.toBe(before.id);
  });
});

describe('a state of libvirt', () => {
  test.each([
    ['noState', 'running', true],
    ['running', 'running', true],
    ['blocked', 'running', true],
    ['paused', 'paused', true],
    ['shutdown', 'stopping', true],
    ['shutoff', 'stopped', false],
    ['crashed', 'crashed', true],
    ['pmSuspended', 'suspended', true],
  ] as const)('%s is shown as %s', (name, shown, active) => {
    expect(guestState(domainState[name])).toBe(shown);
    expect(isActive(shown)).toBe(active);
  });

  test('that a newer libvirt has is unknown', () => {
    expect([guestState(8), guestState(-1)]).toEqual(['unknown', 'unknown']);
    expect(isActive('unknown')).toBe(false);
  });

  test.each([
    ['a paused domain with an I/O error', domainState.paused, 5, 'state.note.ioError'],
    ['a paused domain that has crashed', domainState.paused, 10, 'state.note.crashed'],
    ['a domain that has crashed and is off', domainState.shutoff, 3, 'state.note.crashed'],
    ['a domain that somebody paused', domainState.paused, 1, undefined],
    ['a running domain', domainState.running, 5, undefined],
    ['a domain that is off', domainState.shutoff, 5, undefined],
  ])('has the right note for %s', (_title, state, reason, key) => {
    expect(stateNote(state, reason)?.key).toBe(key);
  });
});
