import { describe, expect, test } from 'vitest';
import { fitted } from './window-place.ts';

const main = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 720 };

describe('the place of the window', () => {
  test('is kept where it can be seen and moved', () => {
    const kept = { x: 2000, y: 100, width: 900, height: 500 };
    expect(fitted(kept, [main, right])).toEqual(kept);
    const half = { x: -700, y: 100, width: 900, height: 500 };
    expect(fitted(half, [main])).toEqual(half);
  });

  test('comes back to the main screen when its screen is gone', () => {
    expect(fitted({ x: 2000, y: 100, width: 900, height: 500 }, [main])).toEqual({
      x: 510,
      y: 290,
      width: 900,
      height: 500,
    });
  });

  test.each([
    ['above the screen', { x: 100, y: -300, width: 900, height: 500 }],
    ['below it', { x: 100, y: 1070, width: 900, height: 500 }],
    ['all but left of it', { x: -850, y: 100, width: 900, height: 500 }],
  ])('is not left %s', (_where, kept) => {
    expect(fitted(kept, [main])).toEqual({ x: 510, y: 290, width: 900, height: 500 });
  });

  test('is no larger than its screen and no smaller than what is usable', () => {
    expect(fitted({ x: 1920, y: 0, width: 3000, height: 2000 }, [main, right])).toEqual(right);
    expect(fitted({ x: 10, y: 10, width: 20, height: 20 }, [main])).toEqual({ x: 10, y: 10, width: 640, height: 400 });
  });

  test('is the usual one where no screen is known', () => {
    expect(fitted({ x: 10, y: 10, width: 900, height: 500 }, [])).toBeUndefined();
  });
});
