import { app, BrowserWindow, clipboard, dialog, shell } from 'electron';
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
    'app.chooseFile': async ({ title, suggested }) => {
      const [window] = BrowserWindow.getAllWindows();
      const options = { title, defaultPath: suggested };
      const { canceled, filePath } = window
        ? await dialog.showSaveDialog(window, options)
        : await dialog.showSaveDialog(options);
      return canceled || !filePath ? {} : { file: filePath };
    },
    'app.openLink': async ({ url }) => {
      await shell.openExternal(url);
      return {};
    },
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
