import { type KeyboardEvent, type ReactNode, type Ref, useLayoutEffect, useRef } from 'react';
import { type Box, place } from './place.ts';

interface FloatingProps {
  /** Beside what it floats: read anew whenever it is drawn. */
  anchor: () => Box | undefined;
  prefer: 'above' | 'below';
  className: string;
  role?: 'dialog' | 'menu' | 'tooltip';
  id?: string;
  label?: string;
  children: ReactNode;
  panelRef?: Ref<HTMLDivElement>;
  /** Keys pressed inside it, or while it has the keyboard itself. */
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A panel over the window beside its anchor, always inside the window. */
export function Floating({ anchor, prefer, className, role, id, label, children, panelRef, onKeyDown }: FloatingProps) {
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const panel = own.current;
    if (!panel) return;
    function put(): void {
      const box = anchor();
      if (!panel || !box) return;
      const root = document.documentElement;
      const size = { width: panel.offsetWidth, height: panel.offsetHeight };
      const { left, top } = place(box, size, { width: root.clientWidth, height: root.clientHeight }, prefer);
      panel.style.left = `${left}px`;
      panel.style.top = `${top}px`;
    }
    put();
    // Its content may grow (a fold opens), and so may the window.
    const observer = new ResizeObserver(put);
    observer.observe(panel);
    window.addEventListener('resize', put);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', put);
    };
  });
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole lint/a11y/noStaticElementInteractions: each role takes a name and keys
    <div
      ref={(element) => {
        own.current = element;
        if (typeof panelRef === 'function') panelRef(element);
        else if (panelRef) panelRef.current = element;
      }}
      className={`floating ${className}`}
      role={role}
      id={id}
      aria-label={label}
      onKeyDown={onKeyDown}
      tabIndex={role === 'tooltip' ? undefined : -1}
    >
      {children}
    </div>
  );
}
