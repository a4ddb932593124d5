import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { toggleDetail } from '../../../actions/toggle-detail.ts';
import { useSizes, useStores, useText } from '../../../stores/context.tsx';

export const detailId = 'detail-pane';

/** Heights of the pane in CSS pixels: what it needs at least, and what the list above it keeps. */
const least = 120;
const leftForList = 150;
const step = 24;
/** Part of the window that the pane has at first, as in theme/panes.css. */
const firstPart = 0.42;

/** Between list and facts: dragged, or moved by arrow keys; Enter folds the facts away. */
export function PaneDivider() {
  const stores = useStores();
  const text = useText();
  const kept = useSizes(({ sizes }) => sizes.detailHeight);
  const drag = useRef<{ y: number; height: number }>(undefined);
  const most = Math.max(least, window.innerHeight - leftForList);
  const height = Math.max(least, Math.min(most, kept ?? Math.round(window.innerHeight * firstPart)));

  function set(next: number): void {
    stores.sizes.getState().set('detailHeight', Math.max(least, Math.min(most, next)));
  }
  function pressed(event: KeyboardEvent): void {
    const goals = { ArrowUp: height + step, ArrowDown: height - step, Home: most, End: least };
    const goal = { ...goals, PageUp: height + 5 * step, PageDown: height - 5 * step }[event.key];
    if (event.key === 'Enter') toggleDetail.run(true, stores);
    else if (goal === undefined) return;
    else set(goal);
    event.preventDefault();
  }
  function begin(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    // What is shown, which may be less than what was asked for in a higher window.
    const shown = document.getElementById(detailId)?.offsetHeight ?? height;
    drag.current = { y: event.clientY, height: shown };
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus
    <div
      role="separator"
      className="pane-divider"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={text.t('detail.height')}
      aria-controls={detailId}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={height}
      aria-valuetext={text.t('detail.heightValue', { pixels: height })}
      title={text.t('detail.height')}
      onKeyDown={pressed}
      onPointerDown={begin}
      onPointerMove={(event) => {
        if (drag.current) set(drag.current.height + drag.current.y - event.clientY);
      }}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
    />
  );
}
