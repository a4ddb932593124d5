import type { Shortcut } from '../actions/user-action.ts';
import { useText } from '../stores/context.tsx';
import type { TextKey } from '../text/en.ts';

/** Keys that have words; the others are shown as they are. */
const words: Readonly<Record<string, TextKey>> = {
  Escape: 'key.Escape',
  Enter: 'key.Enter',
  Home: 'key.Home',
  End: 'key.End',
  Delete: 'key.Delete',
  ' ': 'key.Space',
};

/** A shortcut as keys to press together. */
export function ShortcutKeys({ shortcut }: { shortcut: Shortcut }) {
  const text = useText();
  const { key, ctrl, shift } = shortcut;
  const word = words[key];
  return (
    <span className="shortcut">
      {ctrl && <kbd>{text.t('key.Ctrl')}</kbd>}
      {shift && <kbd>{text.t('key.Shift')}</kbd>}
      <kbd>{word ? text.t(word) : key.length === 1 ? key.toUpperCase() : key}</kbd>
    </span>
  );
}
