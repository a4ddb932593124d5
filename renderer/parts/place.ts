export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Distance from the anchor and from the edge of the window, in CSS pixels. */
const gap = 4;
const edge = 6;

/**
 * Where something of a size goes beside its anchor so that it is inside the window: below or above it as preferred,
 * on the other side where there is no room.
 */
export function place(
  anchor: Box,
  size: { readonly width: number; readonly height: number },
  room: { readonly width: number; readonly height: number },
  prefer: 'above' | 'below',
): { left: number; top: number } {
  const above = anchor.top - gap - size.height;
  const below = anchor.bottom + gap;
  const fitsAbove = above >= edge;
  const fitsBelow = below + size.height <= room.height - edge;
  const top = prefer === 'above' ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above;
  const clamp = (value: number, most: number): number => Math.max(edge, Math.min(value, most - edge));
  return {
    left: clamp(anchor.left, room.width - size.width),
    top: clamp(top, room.height - size.height),
  };
}
