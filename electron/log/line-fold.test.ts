import { describe, expect, test } from 'vitest';
import { LineFold } from './line-fold.ts';

const minute = 60_000;

describe('lines of the log that repeat', () => {
  test('are written once, then counted', () => {
    const fold = new LineFold();
    expect(fold.take('no figures', 0)).toEqual(['no figures']);
    expect(fold.take('no figures', 1000)).toEqual([]);
    expect(fold.take('another', 2000)).toEqual(['another']);
    expect(fold.take('no figures', 3000)).toEqual([]);
    expect(fold.take('no figures', 10 * minute)).toEqual(['2 more times: no figures', 'no figures']);
    expect(fold.take('no figures', 11 * minute)).toEqual([]);
  });

  test('are counted by their first line at the end, and only those that repeated', () => {
    const fold = new LineFold();
    for (const line of ['once', 'twice\nat stack', 'twice\nat stack']) fold.take(line, 0);
    expect(fold.end()).toEqual(['1 more times: twice']);
    expect(fold.end()).toEqual([]);
  });

  test('of too many kinds are not remembered for ever, and no count is lost', () => {
    const fold = new LineFold();
    fold.take('old', 0);
    fold.take('old', 0);
    for (let at = 0; at < 199; at += 1) fold.take(`line ${at}`, 0);
    expect(fold.take('one too many', 0)).toEqual(['1 more times: old', 'one too many']);
    expect(fold.take('old', 0)).toEqual(['old']);
  });
});
