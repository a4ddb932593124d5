import type { PointerEvent } from 'react';
import type { ColumnId } from '../../../shared/columns.ts';
import type { AppStores } from '../../stores/app-stores.ts';

/** A press becomes a drag after so many CSS pixels. */
const slackPx = 6;

/**
 * Moves a column by its head: it goes before the head under the pointer, or behind it in its right half. Begins at a
 * press; `dropped` is called if it became a drag, so that its click is not taken for one.
 */
export function dragColumn(
  event: PointerEvent<HTMLElement>,
  column: ColumnId,
  stores: AppStores,
  dropped: () => void,
): void {
  if (event.button !== 0 || column === 'name') return;
  const head = event.currentTarget;
  const row = head.closest('[role=row]');
  const { pointerId, clientX: startX } = event;
  let dragging = false;
  let goal: { before: ColumnId | undefined } | undefined;

  function mark(heads: readonly HTMLElement[], target: HTMLElement | undefined, side: 'before' | 'after'): void {
    for (const each of heads) {
      if (each === target) each.dataset.drop = side;
      else delete each.dataset.drop;
    }
  }
  function heads(): HTMLElement[] {
    return [...(row?.querySelectorAll<HTMLElement>('[role=columnheader][data-id]') ?? [])];
  }
  function moved(now: globalThis.PointerEvent): void {
    if (!dragging) {
      if (Math.abs(now.clientX - startX) < slackPx) return;
      dragging = true;
      head.setPointerCapture(pointerId);
      head.dataset.dragged = 'true';
    }
    // Not before the name: it is always the first.
    const all = heads();
    const under = all.findLast((each) => each.getBoundingClientRect().left <= now.clientX) ?? all[0];
    if (!under) return;
    const box = under.getBoundingClientRect();
    const after = under.dataset.id === 'name' || now.clientX > box.left + box.width / 2;
    const next = after ? all[all.indexOf(under) + 1] : under;
    goal = { before: next?.dataset.id as ColumnId | undefined };
    mark(all, under, after ? 'after' : 'before');
  }
  function ended(now: globalThis.PointerEvent): void {
    window.removeEventListener('pointermove', moved);
    window.removeEventListener('pointerup', ended);
    window.removeEventListener('pointercancel', ended);
    if (!dragging) return;
    delete head.dataset.dragged;
    mark(heads(), undefined, 'before');
    dropped();
    if (goal && now.type === 'pointerup') stores.columns.getState().moveBefore(column, goal.before);
  }
  window.addEventListener('pointermove', moved);
  window.addEventListener('pointerup', ended);
  window.addEventListener('pointercancel', ended);
}
