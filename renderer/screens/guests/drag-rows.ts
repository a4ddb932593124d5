import type { PointerEvent } from 'react';
import type { AppStores } from '../../stores/app-stores.ts';
import { rowIdOf } from '../../stores/list-rows.ts';

/** A press becomes a drag after so many CSS pixels. */
const slackPx = 5;
/** At the edges of the list the rows move on, faster the farther out the pointer is, at most so far in each frame. */
const mostScrollPx = 40;

interface Measures {
  readonly rowHeight: number;
  readonly headHeight: number;
}

/**
 * Chooses by dragging: all rows from where the pointer was pressed to where it is now; with Ctrl also those that were
 * chosen before. Begins at a press; a press that does not move stays a click.
 */
export function dragRows(
  event: PointerEvent<HTMLElement>,
  stores: AppStores,
  { rowHeight, headHeight }: Measures,
): void {
  const grid = event.currentTarget;
  const { target, pointerId } = event;
  if (event.button !== 0 || event.pointerType === 'touch' || event.shiftKey || !(target instanceof Element)) return;
  if (target.closest('input, button, a, .grid-head')) return;
  const box = grid.getBoundingClientRect();
  // A scroll bar is part of the grid too.
  if (event.clientX > box.left + grid.clientWidth || event.clientY > box.top + grid.clientHeight) return;
  const [startX, startY] = [event.clientX, event.clientY];
  const first = rowAt(startY);
  const before = event.ctrlKey || event.metaKey ? stores.selection.getState().chosen : undefined;
  let y = startY;
  let frame = 0;
  let dragging = false;

  function rowAt(clientY: number): string | undefined {
    const { rows } = stores.list.getState();
    const place = Math.floor((clientY - box.top + grid.scrollTop - headHeight) / rowHeight);
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    return row && rowIdOf(row);
  }
  function choose(): void {
    const here = rowAt(Math.max(box.top + headHeight, Math.min(box.top + grid.clientHeight - 1, y)));
    if (first !== undefined && here !== undefined) stores.selection.getState().chooseBetween(first, here, before);
  }
  function scroll(): void {
    const above = box.top + headHeight + slackPx - y;
    const below = y - (box.top + grid.clientHeight - slackPx);
    const by = above > 0 ? -above : Math.max(0, below);
    if (by !== 0) {
      grid.scrollTop += Math.max(-mostScrollPx, Math.min(mostScrollPx, by));
      choose();
    }
    frame = requestAnimationFrame(scroll);
  }
  function moved(now: globalThis.PointerEvent): void {
    if (now.pointerId !== pointerId) return;
    y = now.clientY;
    if (!dragging) {
      if (Math.hypot(now.clientX - startX, y - startY) < slackPx) return;
      dragging = true;
      // From here on the click belongs to the grid, not to a row that happens to be under the pointer.
      grid.setPointerCapture(pointerId);
      grid.focus({ preventScroll: true });
      frame = requestAnimationFrame(scroll);
    }
    choose();
  }
  function ended(now: globalThis.PointerEvent): void {
    if (now.pointerId !== pointerId) return;
    cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', moved);
    window.removeEventListener('pointerup', ended);
    window.removeEventListener('pointercancel', ended);
  }
  window.addEventListener('pointermove', moved);
  window.addEventListener('pointerup', ended);
  window.addEventListener('pointercancel', ended);
}
