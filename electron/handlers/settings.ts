import { nativeTheme } from 'electron';
import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** The person's settings. */
export function settingsHandlers({ settings }: Services) {
  return {
    'settings.change': async (part) => {
      const now = await (await settings).change(part);
      nativeTheme.themeSource = now.theme; // menus and scroll bars of the window follow
      return now;
    },
  } satisfies Partial<Handlers>;
}
