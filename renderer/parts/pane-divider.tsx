import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useSizes, useStores, useText } from '../stores/context.tsx';

const step = 24;

interface PaneDividerProps {
  /** The pane below it, or at its end, which it makes larger and smaller. */
  paneId: string;
  /** The name under which the size is kept. */
  of: 'detailHeight' | 'snapshotsWidth';
  /** In CSS pixels: what the pane needs at least, what it may have, and what it has until it is dragged. */
  least: number;
  most: number;
  first: number;
  label: string;
  /** Enter folds the pane away. */
  onFold: () => void;
}

/** The edge of a pane: dragged, or moved by arrow keys. */
export function PaneDivider({ paneId, of, least, most: wanted, first, label, onFold }: PaneDividerProps) {
  const stores = useStores();
  const text = useText();
  const kept = useSizes(({ sizes }) => sizes[of]);
  const drag = useRef<{ at: number; size: number }>(undefined);
  const upright = of === 'snapshotsWidth';
  const most = Math.max(least, wanted);
  const size = Math.max(least, Math.min(most, kept ?? first));

  function set(next: number): void {
    stores.sizes.getState().set(of, Math.max(least, Math.min(most, next)));
  }
  function pressed(event: KeyboardEvent): void {
    const goals = {
      [upright ? 'ArrowLeft' : 'ArrowUp']: size + step,
      [upright ? 'ArrowRight' : 'ArrowDown']: size - step,
    };
    const goal = { ...goals, Home: most, End: least, PageUp: size + 5 * step, PageDown: size - 5 * step }[event.key];
    if (event.key === 'Enter') onFold();
    else if (goal === undefined) return;
    else set(goal);
    event.preventDefault();
  }
  function begin(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    // What is shown, which may be less than what was asked for in a larger window.
    const pane = document.getElementById(paneId);
    const shown = (upright ? pane?.offsetWidth : pane?.offsetHeight) ?? size;
    drag.current = { at: upright ? event.clientX : event.clientY, size: shown };
  }
  function end(): void {
    drag.current = undefined;
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus
    <div
      role="separator"
      className="pane-divider"
      tabIndex={0}
      aria-orientation={upright ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-controls={paneId}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={size}
      aria-valuetext={text.t('detail.heightValue', { pixels: size })}
      title={label}
      onKeyDown={pressed}
      onPointerDown={begin}
      onPointerMove={({ clientX, clientY }) => {
        if (drag.current) set(drag.current.size + drag.current.at - (upright ? clientX : clientY));
      }}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
