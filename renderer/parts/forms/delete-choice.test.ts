import { describe, expect, test } from 'vitest';
import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import { idOf } from '../../testing/guests.ts';
import { asProposed, choosableKinds, deleteOrder, sumOf, withKind, withPart } from './delete-choice.ts';

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
    expect(deleteOrder(plans, asProposed)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['/a'] } },
    ]);
  });

  test('is told apart by guest, also where two have parts of the same id', () => {
    const plans = [plan('a', disk('vol')), plan('b', disk('vol'))];
    expect(deleteOrder(plans, withPart(asProposed, idOf('a'), disk('vol'), false))).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: [] } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['vol'] } },
    ]);
  });

  test('never names a part that stays', () => {
    const stays = part('/shared', 'disk', { goes: 'never', chosen: false });
    const plans = [plan('a', definition, disk('/a')), plan('b', stays), plan('c')];
    const everything = withPart(withKind(plans, asProposed, 'disk', true), idOf('b'), stays, true);
    expect(deleteOrder(plans, everything)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['/a'] } },
      { guests: [idOf('b'), idOf('c')], action: { verb: 'delete', parts: [] } },
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
    expect(deleteOrder([first, later], one)).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['v'] } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['/b', 'w'] } },
    ]);
    expect(deleteOrder([first, later], withKind([first], one, 'disk', false))).toEqual([
      { guests: [idOf('a')], action: { verb: 'delete', parts: ['v'] } },
      { guests: [idOf('b')], action: { verb: 'delete', parts: ['w'] } },
    ]);
  });

  test('is summed up, and said to be more where a size is not known', () => {
    const plans = [plan('a', definition, disk('/a', 5), disk('/b', 7)), plan('c', part('v', 'anonymousVolume'))];
    expect(sumOf(plans, asProposed)).toEqual({ bytes: 12, more: true, disks: 2, volumes: 1 });
    const nothing = withKind(plans, withKind(plans, asProposed, 'disk', false), 'anonymousVolume', false);
    expect(sumOf(plans, nothing)).toEqual({ bytes: 0, more: false, disks: 0, volumes: 0 });
  });
});
