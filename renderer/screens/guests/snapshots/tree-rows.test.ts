import { describe, expect, test } from 'vitest';
import type { SnapshotId } from '../../../../shared/snapshot.ts';
import { aSnapshot } from '../../../testing/snapshots.ts';
import { type TreeRow, treeRows } from './tree-rows.ts';

const id = (name: string) => name as SnapshotId;

/** Snapshots by name with the name of what each stands on, oldest first. */
function rowsOf(parents: Readonly<Record<string, string | undefined>>, current?: string): TreeRow[] {
  const snapshots = Object.entries(parents).map(([name, parent], index) =>
    aSnapshot(name, { createdAt: index, ...(parent !== undefined && { parent: id(parent) }) }),
  );
  // The order in which they come says nothing.
  return treeRows({ snapshots: snapshots.toReversed(), ...(current !== undefined && { current: id(current) }) });
}

/** The tree as it is drawn, in letters. */
function picture(rows: readonly TreeRow[]): string[] {
  return rows.map(({ id: name, lane, through, from, onPath }) => {
    const lanes = Array.from({ length: lane }, (_, at) =>
      from === 'left' && at === lane - 1 ? '├' : through.includes(at) ? '│' : ' ',
    );
    return `${lanes.join('')}${onPath ? '●' : '○'} ${name}`;
  });
}

describe('the tree of snapshots', () => {
  test('is a straight line as long as nothing branches, however long it is', () => {
    expect(picture(rowsOf({ a: undefined, b: 'a', c: 'b' }, 'c'))).toEqual(['● a', '● b', '● c', '● now']);
  });

  test('puts branches beside the newest, each in the order of time, with NOW as the newest', () => {
    const rows = rowsOf({ base: undefined, upgrade: 'base', tls: 'upgrade', failed: 'upgrade' }, 'tls');
    expect(picture(rows)).toEqual(['● base', '● upgrade', '├● tls', '│● now', '○ failed']);
    expect(picture(rowsOf({ base: undefined, a: 'base', b: 'a', c: 'base' }, 'base'))).toEqual([
      '● base',
      '├○ a',
      '│○ b',
      '├○ c',
      '● now',
    ]);
  });

  test('says level, place and parent of each as a screen reader tells them', () => {
    const rows = rowsOf({ base: undefined, a: 'base', b: 'base' }, 'a');
    expect(rows.map(({ id: name, level, place, siblings, parent }) => [name, level, place, siblings, parent])).toEqual([
      ['base', 1, 1, 1, -1],
      ['a', 2, 1, 2, 0],
      ['now', 3, 1, 1, 1],
      ['b', 2, 2, 2, 0],
    ]);
    expect(rows.map(({ down }) => down)).toEqual([true, true, false, false]);
  });

  test('has NOW by itself where it stands on none, and roots for those whose parent is unknown', () => {
    expect(picture(rowsOf({ a: 'gone', b: undefined }))).toEqual(['○ a', '○ b', '● now']);
  });

  test('shows each once, also where a list makes no sense', () => {
    expect(picture(rowsOf({ a: 'b', b: 'a', c: undefined }, 'a'))).toEqual(['○ c', '● b', '● a', '● now']);
  });

  test('keeps branches of branches apart', () => {
    const rows = rowsOf({ r: undefined, a: 'r', a1: 'a', a2: 'a', b: 'r' }, 'b');
    expect(picture(rows)).toEqual(['● r', '├○ a', '│├○ a1', '│○ a2', '● b', '● now']);
  });
});
