import { z } from 'zod';

const box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
/** In device-independent pixels. */
export type Box = z.infer<typeof box>;

/** Where the window was: its box while it is not maximised, and whether it was. */
export const windowPlace = z.strictObject({ box, maximised: z.boolean() });
export type WindowPlace = z.infer<typeof windowPlace>;

/** The least that is usable. */
export const smallest = { width: 640, height: 400 };
/** So much of the window's upper edge has to be on a screen, to move it by. */
const grip = { width: 100, height: 40 };

/**
 * A box that can be seen and moved: the kept one, made to fit where a screen is smaller now or gone.
 * @param screens work areas of the screens that there are; the first is the main one
 * @returns undefined where there is none to fit it to: the usual place is then better
 */
export function fitted(kept: Box, screens: readonly Box[]): Box | undefined {
  const screen = screens.find((each) => reaches(kept, each)) ?? screens[0];
  if (!screen) return undefined;
  const width = Math.max(smallest.width, Math.min(kept.width, screen.width));
  const height = Math.max(smallest.height, Math.min(kept.height, screen.height));
  const seen = screens.some((each) => reaches({ ...kept, width, height }, each));
  if (seen) return { x: kept.x, y: kept.y, width, height };
  return {
    x: screen.x + Math.max(0, Math.round((screen.width - width) / 2)),
    y: screen.y + Math.max(0, Math.round((screen.height - height) / 2)),
    width,
    height,
  };
}

/** Whether enough of the box's upper edge is on the screen. */
function reaches({ x, y, width }: Box, screen: Box): boolean {
  const across = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return across >= grip.width && y >= screen.y && y + grip.height <= screen.y + screen.height;
}
