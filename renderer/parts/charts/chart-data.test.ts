import { describe, expect, test } from 'vitest';
import type { GuestId } from '../../../shared/ids.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import { curvesOf, lonely, nearest } from './chart-data.ts';

const guest = 'guest/1' as GuestId;
const at = (...seconds: number[]): GuestSample[] =>
  seconds.map((second) => ({ guest, at: second * 1000, cpu: second, memory: 1 }));

describe('the curves of a guest', () => {
  test('have one point for each moment', () => {
    expect(curvesOf(at(2, 4, 6), ['cpu', 'memory'])).toEqual({
      times: [2, 4, 6],
      rows: [
        [2, 4, 6],
        [1, 1, 1],
      ],
    });
  });

  test('are cut where moments are missing, as after the window was hidden', () => {
    const { times, rows } = curvesOf(at(2, 4, 30, 32), ['cpu']);
    expect(times).toEqual([2, 4, 17, 30, 32]);
    expect(rows).toEqual([[2, 4, null, 30, 32]]);
  });

  test('are whole where the pace of measuring changes', () => {
    expect(curvesOf(at(0, 10, 20, 22, 24), ['cpu']).rows).toEqual([[0, 10, 20, 22, 24]]);
    expect(curvesOf(at(0, 2, 4, 14, 24), ['cpu']).rows).toEqual([[0, 2, 4, 14, 24]]);
  });

  test('have a gap where the engine could not tell a figure', () => {
    const samples = at(2, 4, 6).map((sample, place) => (place === 1 ? { guest, at: sample.at } : sample));
    expect(curvesOf(samples, ['cpu']).rows).toEqual([[2, null, 6]]);
  });

  test('show a moment alone as a dot', () => {
    expect(lonely([1, null, 2, 3, null, 4])).toEqual([0, 5]);
  });

  test('are read at the moment nearest to the cursor', () => {
    expect([0, 2900, 3100, 99_000].map((time) => nearest(at(2, 4, 6), time))).toEqual([0, 0, 1, 2]);
  });
});
