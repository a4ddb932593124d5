import { useEffect } from 'react';
import { useConnections, useInventory } from '../stores/context.tsx';

/**
 * Says on the root element how far the window is, for pictures and measurements: data-ready is `window` after the
 * first paint, `list` once every engine has answered or failed and what there is to list is painted.
 */
export function useReadyMarks(): void {
  const complete = useConnections((all) => all.complete);
  const listed = useInventory(
    ({ loaded, engines }) =>
      loaded &&
      // Where no engine is used there is none to wait for.
      (engines.size > 0 || complete) &&
      [...engines.values()].every((engine) => engine.state !== 'connecting'),
  );
  useEffect(() => afterPaint(() => mark('window')), []);
  useEffect(() => (listed ? afterPaint(() => mark('list')) : undefined), [listed]);
}

function mark(step: 'window' | 'list'): void {
  const { dataset } = document.documentElement;
  if (dataset.ready === 'list') return;
  dataset.ready = step;
  performance.mark(`posada:${step}`);
}

/** Calls back when the frame that shows what is drawn now has been painted; returns what stops that. */
function afterPaint(call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(call, 0);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
