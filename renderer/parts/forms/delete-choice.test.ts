import { describe, expect, test } from 'vitest';
import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { idOf } from '../../testing/guests.ts';
import { type Choice, choosableKinds, deleteOrder, goes, partKey, sumOf, withKind, withPart } from './delete-choice.ts';

const part = (id: string, kind: DeletePart['kind'], more: Partial<DeletePart> = {}): DeletePart => ({
  ...{ id, kind, name: id, goes: 'person', chosen: true },
  ...more,
});
const plan = (name: string, ...parts: DeletePart[]): DeletePlan => ({ guest: idOf(name), parts });
const definition = part('definition', 'definition', { goes: 'always' });
const disk = (id: string, size?: number): DeletePart => part(id, 'disk', size === undefined ? {} : { size });

const proposed: Choice = new Map();
const nobody: ReadonlySet<GuestId> = new Set();
const going = (of: DeletePlan, choice: Choice): string[] =>
  of.parts.filter((each) => goes(of, each, choice)).map(({ id }) => id);

describe('what goes with guests', () => {
  test('is at first what the engines propose', () => {
    const one = plan('a', definition, disk('/a'), part('/base', 'backing', { chosen: false }));
    expect(going(one, proposed)).toEqual(['definition', '/a']);
  });

  test('is told apart by guest, also where two have parts of the same id', () => {
    const plans = [plan('a', disk('vol')), plan('b', disk('vol'))];
    const choice = new Map([[partKey(idOf('a'), disk('vol')), false]]);
    expect(deleteOrder(plans, choice, nobody)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: [], endsRunning: false } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['vol'], endsRunning: false } },
    ]);
  });

  test('never names a part that stays, nor one of another guest', () => {
    const plans = [
      plan('a', definition, disk('/a')),
      plan('b', part('/shared', 'disk', { goes: 'never', chosen: false })),
      plan('c'),
    ];
    const everything = new Map(
      plans.flatMap(({ guest, parts }) => parts.map((each) => [partKey(guest, each), true] as const)),
    );
    expect(deleteOrder(plans, everything, nobody)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['/a'], endsRunning: false } },
      { guests: [idOf('b'), idOf('c')], action: { verb: 'delete', parts: [], endsRunning: false } },
    ]);
  });

  test('ends only those that the person has been told are running', () => {
    expect(deleteOrder([plan('a'), plan('b')], proposed, new Set([idOf('b')]))).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: [], endsRunning: false } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: [], endsRunning: true } },
    ]);
  });

  test('is chosen for all guests together by its kind', () => {
    const plans = [plan('a', disk('/a', 5)), plan('b', disk('/b', 7), part('v', 'anonymousVolume'))];
    const none = withKind(plans, proposed, 'disk', false);
    expect(choosableKinds(plans, none).get('disk')).toEqual({ count: 2, chosen: 0, size: 12 });
    expect(choosableKinds(plans, none).get('anonymousVolume')).toEqual({ count: 1, chosen: 1, size: 0 });
    expect(choosableKinds(plans, withKind(plans, none, 'disk', true)).get('disk')?.chosen).toBe(2);
  });

  test('is summed up, and said to be more where a size is not known', () => {
    const plans = [plan('a', definition, disk('/a', 5), disk('/b', 7)), plan('c', part('v', 'anonymousVolume'))];
    expect(sumOf(plans, proposed)).toEqual({ bytes: 12, more: true, disks: 2, volumes: 1 });
    const nothing = withKind(plans, withKind(plans, proposed, 'disk', false), 'anonymousVolume', false);
    expect(sumOf(plans, nothing)).toEqual({ bytes: 0, more: false, disks: 0, volumes: 0 });
  });
});

describe('settings of a machine', () => {
  const medium = part('/iso', 'disk', { goes: 'never', chosen: false, because: say('part.medium') });
  const tpm = part('tpm', 'tpm');
  const one = plan('a', disk('/a'), disk('/b'), medium, part('nvram', 'nvram'), tpm);

  test('stay as soon as one of its disks stays: it may not open without them', () => {
    expect(going(one, proposed)).toEqual(['/a', '/b', 'nvram', 'tpm']);
    const kept = withPart(one.guest, disk('/a'), proposed, false);
    expect(going(one, kept)).toEqual(['/b']);
    expect(going(one, withPart(one.guest, disk('/a'), kept, true))).toEqual(['/a', '/b', 'nvram', 'tpm']);
  });

  test('stay where libvirt cannot delete the disk', () => {
    const elsewhere = part('/c', 'disk', { goes: 'never', chosen: false, because: say('part.noPool') });
    expect(going(plan('a', elsewhere, tpm), proposed)).toEqual([]);
  });

  test('are what the person says, if they say it', () => {
    const said = withPart(one.guest, tpm, proposed, false);
    expect(going(one, said)).toEqual(['/a', '/b', 'nvram']);
    const both = withPart(one.guest, disk('/a'), withPart(one.guest, tpm, proposed, true), false);
    expect(going(one, both)).toEqual(['/b', 'tpm']);
  });
});
