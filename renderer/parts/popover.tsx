import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Floating } from './floating.tsx';

interface PopoverProps {
  /** What the button shows. */
  face: ReactNode;
  /** Name of the button, where its face does not say it all. */
  buttonLabel?: string;
  /** So that it can be opened from elsewhere. */
  buttonId?: string;
  buttonClass: string;
  title?: string;
  /** Name of the panel. */
  label: string;
  className?: string;
  children: (close: () => void) => ReactNode;
}

/** A button that opens a panel. Escape, a click elsewhere, or leaving it by keyboard closes it. */
export function Popover({
  face,
  buttonLabel,
  buttonId,
  buttonClass,
  title,
  label,
  className = '',
  children,
}: PopoverProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();

  useEffect(() => {
    if (!open) return;
    panel.current?.focus();
    function inside(target: EventTarget | null): boolean {
      return target instanceof Node && !!(panel.current?.contains(target) || button.current?.contains(target));
    }
    function elsewhere(event: Event): void {
      if (!inside(event.target)) setOpen(false);
    }
    document.addEventListener('pointerdown', elsewhere, true);
    document.addEventListener('focusin', elsewhere);
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
      document.removeEventListener('focusin', elsewhere);
    };
  }, [open]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is heard from everything inside
    <div
      className="popover"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        id={buttonId}
        className={buttonClass}
        title={title}
        aria-label={buttonLabel}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {face}
      </button>
      {open && (
        <Floating
          anchor={() => button.current?.getBoundingClientRect()}
          prefer="above"
          className={`panel ${className}`}
          role="dialog"
          id={id}
          label={label}
          panelRef={panel}
        >
          {children(close)}
        </Floating>
      )}
    </div>
  );
}
