import { app, BrowserWindow, clipboard, dialog, Notification, nativeImage, shell } from 'electron';
import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import { iconUrl } from '../icon.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** Notifications that can still be followed: without a hold on them they are forgotten, and their clicks with them. */
const followable = new Set<Notification>();

/** The app itself: what it is, files and links, log, notifications, tray, quitting; and the host's own strip. */
export function appHandlers(services: Services) {
  const { demo, files, settings, host, inventory, logFolder, tray, quitting, journals, recovery } = services;
  const versions = (): Record<string, string> => ({
    posada: app.getVersion(),
    electron: process.versions.electron ?? '',
    chrome: process.versions.chrome ?? '',
    node: process.versions.node,
    system: `${process.platform} ${process.arch} ${process.getSystemVersion()}`,
  });
  return {
    'app.read': async () => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      demo,
      systemLanguage: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
      tray: (await tray) !== undefined,
      settings: (await settings).read(),
      failures: await recovery.failures(),
    }),
    'app.chooseFile': async ({ title, suggested }) => {
      const chosen = await chooseFile(title, suggested);
      if (chosen.file !== undefined) files.add(chosen.file);
      return chosen;
    },
    'app.openLink': async ({ url }) => {
      await shell.openExternal(url);
      return {};
    },
    'app.saveDiagnostics': async ({ title, suggested, about }) => {
      const { file } = await chooseFile(title, suggested);
      if (!file) return {};
      const { writeDiagnostics } = await import('../diagnostics.ts');
      try {
        const known = {
          versions: versions(),
          inventory: inventory.read(),
          settings: (await settings).read(),
          logFolder,
          journals,
          about,
        };
        await writeDiagnostics(file, known);
      } catch (error) {
        throw notWritten(file, error);
      }
      return { file };
    },
    'app.showLog': async () => {
      const text = await shell.openPath(logFolder);
      if (text) throw notWritten(logFolder, text);
      return {};
    },
    'app.notify': ({ title, body }) => {
      // In front of it the person sees for themselves.
      if (BrowserWindow.getFocusedWindow() || !Notification.isSupported()) return {};
      const notification = new Notification({ title, body, icon: nativeImage.createFromDataURL(iconUrl) });
      const done = (): void => void followable.delete(notification);
      notification.on('click', () => {
        done();
        services.showWindow();
        services.notificationFollowed();
      });
      notification.on('close', done);
      notification.on('failed', done);
      followable.add(notification);
      notification.show();
      return {};
    },
    'app.quit': () => {
      quitting.agree();
      return {};
    },
    'app.askQuit': () => {
      app.quit();
      return {};
    },
    'app.quitHeard': () => {
      quitting.heard();
      return {};
    },
    'app.setQuitWords': (words) => {
      services.quitQuestion.setWords(words);
      return {};
    },
    'tray.set': async (menu) => {
      (await tray)?.set(menu);
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

async function chooseFile(title: string, defaultPath: string): Promise<{ file?: string }> {
  const [window] = BrowserWindow.getAllWindows();
  const options = { title, defaultPath };
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  return canceled || !filePath ? {} : { file: filePath };
}

function notWritten(file: string, error: unknown): FailureError {
  const text = error instanceof Error ? error.message : String(error);
  return new FailureError({
    code: 'no-resources',
    title: say('failure.title.file', { path: file }),
    detail: say('failure.detail.fileRefused'),
    remedies: [{ do: 'retry' }],
    raw: { source: 'system', text },
  });
}
