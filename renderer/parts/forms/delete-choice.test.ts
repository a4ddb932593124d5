import { describe, expect, test } from 'vitest';
import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import { idOf } from '../../testing/guests.ts';
import { choosableKinds, deleteOrder, firstChoice, partKey, sumOf, withKind } from './delete-choice.ts';

const part = (id: string, kind: DeletePart['kind'], more: Partial<DeletePart> = {}): DeletePart => ({
  ...{ id, kind, name: id, goes: 'person', chosen: true },
  ...more,
});
const plan = (name: string, ...parts: DeletePart[]): DeletePlan => ({ guest: idOf(name), parts });
const definition = part('definition', 'definition', { goes: 'always' });
const disk = (id: string, size?: number): DeletePart => part(id, 'disk', size === undefined ? {} : { size });

describe('what goes with guests', () => {
  test('is at first what the engines propose', () => {
    const plans = [plan('a', definition, disk('/a'), part('/base', 'backing', { chosen: false }))];
    expect([...firstChoice(plans)]).toEqual([partKey(idOf('a'), disk('/a'))]);
  });

  test('is told apart by guest, also where two have parts of the same id', () => {
    const plans = [plan('a', disk('vol')), plan('b', disk('vol'))];
    const choice = new Set([partKey(idOf('b'), disk('vol'))]);
    expect(deleteOrder(plans, choice)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: [] } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['vol'] } },
    ]);
  });

  test('never names a part that stays, nor one of another guest', () => {
    const plans = [
      plan('a', definition, disk('/a')),
      plan('b', part('/shared', 'disk', { goes: 'never', chosen: false })),
      plan('c'),
    ];
    const everything = new Set(plans.flatMap(({ guest, parts }) => parts.map((each) => partKey(guest, each))));
    expect(deleteOrder(plans, everything)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['/a'] } },
      { guests: [idOf('b'), idOf('c')], action: { verb: 'delete', parts: [] } },
    ]);
  });

  test('is chosen for all guests together by its kind', () => {
    const plans = [plan('a', disk('/a', 5)), plan('b', disk('/b', 7), part('v', 'anonymousVolume'))];
    const none = withKind(plans, firstChoice(plans), 'disk', false);
    expect(choosableKinds(plans, none).get('disk')).toEqual({ count: 2, chosen: 0, size: 12 });
    expect(choosableKinds(plans, none).get('anonymousVolume')).toEqual({ count: 1, chosen: 1, size: 0 });
    expect(choosableKinds(plans, withKind(plans, none, 'disk', true)).get('disk')?.chosen).toBe(2);
  });

  test('is summed up, and said to be more where a size is not known', () => {
    const plans = [plan('a', definition, disk('/a', 5), disk('/b', 7)), plan('c', part('v', 'anonymousVolume'))];
    expect(sumOf(plans, firstChoice(plans))).toEqual({ bytes: 12, more: true, disks: 2, volumes: 1 });
    expect(sumOf(plans, new Set())).toEqual({ bytes: 0, more: false, disks: 0, volumes: 0 });
  });
});
