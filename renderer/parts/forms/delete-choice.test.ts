import { describe, expect, test } from 'vitest';
import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { idOf } from '../../testing/guests.ts';
import {
  asProposed,
  type Choice,
  choosableKinds,
  deleteOrder,
  goes,
  sumOf,
  withKind,
  withPart,
} from './delete-choice.ts';

const part = (id: string, kind: DeletePart['kind'], more: Partial<DeletePart> = {}): DeletePart => ({
  ...{ id, kind, name: id, goes: 'person', chosen: true },
  ...more,
});
const plan = (name: string, ...parts: DeletePart[]): DeletePlan => ({ guest: idOf(name), parts });
const definition = part('definition', 'definition', { goes: 'always' });
const disk = (id: string, size?: number): DeletePart => part(id, 'disk', size === undefined ? {} : { size });

const nobody: ReadonlySet<GuestId> = new Set();
const going = (of: DeletePlan, choice: Choice): string[] =>
  of.parts.filter((each) => goes(of, each, choice)).map(({ id }) => id);

describe('what goes with guests', () => {
  test('is at first what the engines propose', () => {
    const one = plan('a', definition, disk('/a'), part('/base', 'backing', { chosen: false }));
    expect(going(one, asProposed)).toEqual(['definition', '/a']);
  });

  test('is told apart by guest, also where two have parts of the same id', () => {
    const plans = [plan('a', disk('vol')), plan('b', disk('vol'))];
    const choice = withPart(asProposed, idOf('a'), disk('vol'), false);
    expect(deleteOrder(plans, choice, nobody)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: [], endsRunning: false } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['vol'], endsRunning: false } },
    ]);
  });

  test('never names a part that stays', () => {
    const stays = part('/shared', 'disk', { goes: 'never', chosen: false });
    const plans = [plan('a', definition, disk('/a')), plan('b', stays), plan('c')];
    const everything = withPart(withKind(plans, asProposed, 'disk', true), idOf('b'), stays, true);
    expect(deleteOrder(plans, everything, nobody)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['/a'], endsRunning: false } },
      { guests: [idOf('b'), idOf('c')], action: { verb: 'delete', parts: [], endsRunning: false } },
    ]);
  });

  test('ends only those that the person has been told are running', () => {
    expect(deleteOrder([plan('a'), plan('b')], asProposed, new Set([idOf('b')]))).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: [], endsRunning: false } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: [], endsRunning: true } },
    ]);
  });

  test('is chosen for all guests together by its kind', () => {
    const plans = [plan('a', disk('/a', 5)), plan('b', disk('/b', 7), part('v', 'anonymousVolume'))];
    const none = withKind(plans, withPart(asProposed, idOf('a'), disk('/a'), true), 'disk', false);
    expect(choosableKinds(plans, none).get('disk')).toEqual({ count: 2, chosen: 0, size: 12 });
    expect(choosableKinds(plans, none).get('anonymousVolume')).toEqual({ count: 1, chosen: 1, size: 0 });
    expect(choosableKinds(plans, withKind(plans, none, 'disk', true)).get('disk')?.chosen).toBe(2);
  });

  test('is for a guest that is looked at later what its engine proposes, but for what was decided of a kind', () => {
    const first = plan('a', disk('/a'), part('v', 'anonymousVolume'));
    const later = plan('b', disk('/b'), part('w', 'anonymousVolume'));
    const one = withPart(asProposed, idOf('a'), disk('/a'), false);
    expect(deleteOrder([first, later], one, nobody)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['v'], endsRunning: false } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['/b', 'w'], endsRunning: false } },
    ]);
    expect(deleteOrder([first, later], withKind([first], one, 'disk', false), nobody)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['v'], endsRunning: false } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['w'], endsRunning: false } },
    ]);
  });

  test('is summed up, and said to be more where a size is not known', () => {
    const plans = [plan('a', definition, disk('/a', 5), disk('/b', 7)), plan('c', part('v', 'anonymousVolume'))];
    expect(sumOf(plans, asProposed)).toEqual({ bytes: 12, more: true, disks: 2, volumes: 1 });
    const nothing = withKind(plans, withKind(plans, asProposed, 'disk', false), 'anonymousVolume', false);
    expect(sumOf(plans, nothing)).toEqual({ bytes: 0, more: false, disks: 0, volumes: 0 });
  });
});

describe('settings of a machine', () => {
  const medium = part('/iso', 'disk', { goes: 'never', chosen: false, because: say('part.medium') });
  const tpm = part('tpm', 'tpm');
  const one = plan('a', disk('/a'), disk('/b'), medium, part('nvram', 'nvram'), tpm);

  test('stay as soon as one of its disks stays: it may not open without them', () => {
    expect(going(one, asProposed)).toEqual(['/a', '/b', 'nvram', 'tpm']);
    const kept = withPart(asProposed, one.guest, disk('/a'), false);
    expect(going(one, kept)).toEqual(['/b']);
    expect(going(one, withPart(kept, one.guest, disk('/a'), true))).toEqual(['/a', '/b', 'nvram', 'tpm']);
  });

  test('stay where libvirt cannot delete the disk', () => {
    const elsewhere = part('/c', 'disk', { goes: 'never', chosen: false, because: say('part.noPool') });
    expect(going(plan('a', elsewhere, tpm), asProposed)).toEqual([]);
  });

  test('are what the person says, if they say it', () => {
    const said = withPart(asProposed, one.guest, tpm, false);
    expect(going(one, said)).toEqual(['/a', '/b', 'nvram']);
    const both = withPart(withPart(asProposed, one.guest, tpm, true), one.guest, disk('/a'), false);
    expect(going(one, both)).toEqual(['/b', 'tpm']);
  });
});
