import type { LucideIcon } from 'lucide-react';
import type { AppStores } from '../stores/app-stores.ts';
import type { Text } from '../text/make-text.ts';

/** A key with its modifiers, as KeyboardEvent names it. */
export interface Shortcut {
  readonly key: string;
  readonly ctrl?: boolean;
  readonly shift?: boolean;
}

/** One thing that a person can do, wherever it is drawn: button, menu item, key. */
export interface UserAction<Target = undefined> {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly shortcuts?: readonly Shortcut[];
  label(target: Target, text: Text): string;
  run(target: Target, stores: AppStores): void;
}

/** Whether the key was pressed with exactly these modifiers. Shift is left alone for signs such as `?`. */
export function matches(
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean },
  shortcut: Shortcut,
): boolean {
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (letter !== shortcut.key || event.altKey) return false;
  if ((event.ctrlKey || event.metaKey) !== (shortcut.ctrl ?? false)) return false;
  return shortcut.shift === undefined
    ? shortcut.key.length === 1 || !event.shiftKey
    : event.shiftKey === shortcut.shift;
}
