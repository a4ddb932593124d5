import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** `alertdialog` where it asks before something that cannot be taken back. */
  role?: 'alertdialog';
  className?: string;
  children: ReactNode;
}

/**
 * A native modal dialog: the browser keeps the focus inside and gives it back. Escape closes it. The focus begins at
 * what is marked data-focus-first, else at the first control.
 */
export function Dialog({ title, onClose, role, className, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before its first drawing: what is inside may take the focus while it is drawn.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-focus-first]')?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [before]);
  return (
    <dialog
      ref={dialog}
      className={className ? `dialog ${className}` : 'dialog'}
      role={role}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
    </dialog>
  );
}
