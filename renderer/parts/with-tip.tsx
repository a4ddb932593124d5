import { type ReactNode, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Floating } from './floating.tsx';

/** A tip comes when the pointer rests, at once when the keyboard arrives. */
const restMs = 450;

interface WithTipProps {
  /** Shown beside what is inside; nothing is shown without it. */
  tip: string | undefined;
  className?: string;
  children: ReactNode;
}

/**
 * Shows a tip over pointer or keyboard focus. It is for the eye: what it says must also be the description of the
 * control inside.
 */
export function WithTip({ tip, className, children }: WithTipProps) {
  const [shown, setShown] = useState(false);
  const holder = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function hide(): void {
    clearTimeout(timer.current);
    setShown(false);
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the control inside
    <span
      ref={holder}
      className={className}
      onPointerEnter={() => {
        timer.current = setTimeout(() => setShown(true), restMs);
      }}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(':focus-visible') && setShown(true)}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {shown &&
        tip &&
        createPortal(
          <Floating
            anchor={() => holder.current?.getBoundingClientRect()}
            prefer="below"
            className="tip"
            role="tooltip"
          >
            {tip}
          </Floating>,
          document.body,
        )}
    </span>
  );
}
