import { Check, type LucideIcon } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { Floating } from './floating.tsx';
import type { Box } from './place.ts';

export interface MenuItem {
  readonly id: string;
  readonly icon?: LucideIcon;
  readonly label: string;
  /** Why it is not ready, or not for all. */
  readonly reason?: string | undefined;
  readonly ready: boolean;
  /** Something that is on or off. */
  readonly checked?: boolean;
  /** The first of a section. */
  readonly apart?: boolean;
  run(): void;
}

interface MenuProps {
  place: Box;
  label: string;
  items: readonly MenuItem[];
  /** What opened it: pressing that closes it too, by itself. */
  opener?: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Gives the keyboard back to where it was. */
  giveBack: () => void;
}

/** A menu over the window: arrows go through it and around, a letter to what begins with it, Escape closes it. */
export function Menu({ place, label, items, opener, onClose, giveBack }: MenuProps) {
  const panel = useRef<HTMLDivElement>(null);
  /** The item where the keyboard is: its reason is shown, a tip comes only to the pointer. */
  const [here, setHere] = useState<string>();
  useEffect(() => {
    all(panel.current)[0]?.focus();
    function elsewhere(event: Event): void {
      const { target } = event;
      if (target instanceof Node && (panel.current?.contains(target) || opener?.current?.contains(target))) return;
      onClose();
    }
    document.addEventListener('pointerdown', elsewhere, true);
    window.addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
      window.removeEventListener('blur', onClose);
    };
  }, [onClose, opener]);

  function close(): void {
    onClose();
    giveBack();
  }

  function pressed(event: KeyboardEvent): void {
    // What opened the menu must not hear its keys.
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
      return;
    }
    const choices = all(panel.current);
    const here = choices.indexOf(document.activeElement as HTMLElement);
    const goal = { ArrowDown: here + 1, ArrowUp: here <= 0 ? -1 : here - 1, Home: 0, End: -1 }[event.key];
    if (goal !== undefined) choices.at(goal % choices.length)?.focus();
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey) {
      const letter = event.key.toLowerCase();
      const after = [...choices.slice(here + 1), ...choices.slice(0, here + 1)];
      after.find((choice) => choice.textContent?.toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
  }

  return (
    <Floating
      anchor={() => place}
      prefer="below"
      className="panel menu"
      role="menu"
      label={label}
      panelRef={panel}
      onKeyDown={pressed}
    >
      {items.map((item) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a menuitemcheckbox takes it
        <button
          key={item.id}
          type="button"
          role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
          aria-checked={item.checked}
          tabIndex={-1}
          className="menu-item"
          data-apart={item.apart || undefined}
          aria-disabled={item.ready ? undefined : true}
          title={item.reason}
          onFocus={() => setHere(item.id)}
          onClick={() => {
            if (!item.ready) return;
            close();
            item.run();
          }}
        >
          {item.checked !== undefined && <Check size={14} aria-hidden data-off={!item.checked || undefined} />}
          {item.icon && <item.icon size={14} aria-hidden />}
          <span>{item.label}</span>
          {item.reason && <span className="for-readers">{item.reason}</span>}
        </button>
      ))}
      {items.some(({ reason }) => reason) && (
        // Always there: a line that came and went would move the items under the pointer.
        <p className="menu-reason" aria-hidden>
          {items.find(({ id }) => id === here)?.reason}
        </p>
      )}
    </Floating>
  );
}

function all(panel: HTMLElement | null): HTMLElement[] {
  return [...(panel?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}
