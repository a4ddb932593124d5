import type { AppStores } from '../stores/app-stores.ts';
import { deleteChosen, renameChosen } from './act-on-chosen.ts';
import { focusFilter } from './find-guests.ts';
import { goToGuests, goToSettings } from './go-to-screen.ts';
import { openPalette } from './open-palette.ts';
import { quitApp } from './quit-app.ts';
import { showKeys } from './show-keys.ts';
import { showTasks } from './show-tasks.ts';
import { tryEngines } from './try-engine.ts';
import { matches, type UserAction } from './user-action.ts';

/** Actions whose keys work in the whole window. */
export const windowActions: readonly UserAction[] = [
  openPalette,
  goToGuests,
  goToSettings,
  focusFilter,
  showTasks,
  renameChosen,
  deleteChosen,
  tryEngines,
  showKeys,
  quitApp,
];

/** Runs the window's actions by their keys. Returns what stops that. */
export function listenForKeys(stores: AppStores): () => void {
  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const target = event.target;
    const typing = target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio';
    for (const action of windowActions) {
      for (const shortcut of action.shortcuts ?? []) {
        if (!matches(event, shortcut) || (typing && !shortcut.ctrl && changesText(shortcut.key))) continue;
        event.preventDefault();
        action.run(undefined, stores);
        return;
      }
    }
  }
  document.addEventListener('keydown', pressed);
  return () => document.removeEventListener('keydown', pressed);
}

/** Keys that a text box needs for itself. */
function changesText(key: string): boolean {
  return key.length === 1 || key === 'Delete';
}
