import { app, clipboard } from 'electron';
import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** The app itself, the clipboard and the host's own strip. */
export function appHandlers({ demo, settings, host }: Services) {
  return {
    'app.read': async () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      demo,
      systemLanguage: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
      settings: (await settings).read(),
    }),
    'clipboard.write': async ({ text }) => {
      await clipboard.writeText(text); // a promise from Electron 44 on
      return {};
    },
    'host.watch': ({ on }) => {
      host.watch(on);
      return {};
    },
  } satisfies Partial<Handlers>;
}
