import { describe, expect, test } from 'vitest';
import { deletePart } from '../../../shared/delete-plan.ts';
import { deletePlanOf, removalOf } from './delete-plan.ts';
import { inspected } from './testing/fake-daemon.ts';
import { inspectedContainer, type ListedContainer } from './wire.ts';

const [one = '', two = '', three = ''] = ['1', '2', '3'].map((digit) => digit.repeat(64));

function container(volumes: string[], host: object = {}, sizeRw?: number) {
  const info = inspected({ id: 'a'.repeat(64), name: 'web', state: 'running', volumes, host });
  return inspectedContainer.parse({ ...info, ...(sizeRw !== undefined && { SizeRw: sizeRw }) });
}

function other(volume: string): ListedContainer {
  const Mounts = [{ Type: 'volume', Name: volume }];
  return { Id: 'b'.repeat(64), Names: ['/db'], Created: 0, State: 'exited', Mounts };
}

describe('the plan', () => {
  test('takes the writable layer always, volumes without a name as the person likes, those with one never', () => {
    const sizes = new Map([
      [one, 5],
      ['data', 7],
    ]);
    const plan = deletePlanOf(container([one, 'data'], {}, 100), [], sizes, false);
    expect(plan).toEqual([
      { id: 'writableLayer', kind: 'writableLayer', name: '', goes: 'always', chosen: true, size: 100 },
      { id: one, kind: 'anonymousVolume', name: one, goes: 'person', chosen: true, size: 5 },
      {
        ...{ id: 'data', kind: 'namedVolume', name: 'data', goes: 'never', chosen: false, size: 7 },
        because: { key: 'part.namedVolume' },
      },
    ]);
    for (const part of plan) expect(deletePart.safeParse(part).error).toBeUndefined();
  });

  test('never takes a volume that another container uses', () => {
    const [, part] = deletePlanOf(container([one]), [other(one)], new Map(), false);
    const because = { key: 'part.shared', params: { name: 'db' } };
    expect(part).toMatchObject({ goes: 'never', chosen: false, because });
  });

  test('does not take the container itself for another one', () => {
    const self = { ...other(one), Id: 'a'.repeat(64) };
    expect(deletePlanOf(container([one]), [self], new Map(), false)[1]).toMatchObject({ goes: 'person', chosen: true });
  });

  test.each([
    ['-v', { Binds: [`${one}:/data`] }],
    ['--mount', { Mounts: [{ Type: 'volume', Source: one, Target: '/data' }] }],
  ])('leaves a volume that was given by its id (%s) to be chosen', (_how, host) => {
    const [, part] = deletePlanOf(container([one], host), [], new Map(), false);
    expect(part).toMatchObject({ goes: 'person', chosen: false, because: { key: 'part.givenVolume' } });
    // Podman writes all of them so.
    expect(deletePlanOf(container([one], host), [], new Map(), true)[1]).toMatchObject({ chosen: true });
  });

  test('tells what Podman takes along when a container is removed as it stops', () => {
    const [, part] = deletePlanOf(container([one], { AutoRemove: true }), [], new Map(), true);
    expect(part).toMatchObject({ goes: 'always', chosen: true, because: { key: 'part.autoRemove' } });
    expect(removalOf([], [part as NonNullable<typeof part>])).toEqual({ withVolumes: true, single: [] });
    expect(deletePlanOf(container([one], { AutoRemove: true }), [], new Map(), false)[1]).toMatchObject({
      goes: 'person',
    });
  });

  test('names a volume once that is mounted twice', () => {
    expect(deletePlanOf(container([one, one]), [], new Map(), false)).toHaveLength(2);
  });
});

describe('the engine is asked with v', () => {
  const own = deletePlanOf(container([one, two, 'data']), [], new Map(), false);
  const given = deletePlanOf(container([one, two], { Binds: [`${two}:/x`] }), [], new Map(), false);
  const shared = deletePlanOf(container([one, two]), [other(two)], new Map(), false);

  test.each([
    ['exactly when all are chosen', own, [one, two], true, []],
    ['not when some are kept', own, [one], false, [one]],
    ['not when all are kept', own, [], false, []],
    ['not when there are none', deletePlanOf(container([]), [], new Map(), false), ['writableLayer'], false, []],
    ['and what v leaves is named', given, [one, two], true, [two]],
    ['not when only what v leaves is chosen', given, [two], false, [two]],
    ['not where one is shared', shared, [one], false, [one]],
    ['not without a plan', undefined, [one, three], false, [one, three]],
  ] as const)('%s', (_when, plan, chosen, withVolumes, single) => {
    expect(removalOf(['writableLayer', ...chosen], plan)).toEqual({ withVolumes, single });
  });
});
