import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { app, BrowserWindow, protocol } from 'electron';
import { createApp } from './app.ts';
import { openLog } from './log/log.ts';
import { type Options, parseOptions } from './options.ts';
import { saveShot } from './shot.ts';
import { openWindow, refuseEverythingElse, serveRenderer, windowScheme } from './window.ts';
import { WindowKeeper } from './window-keeper.ts';

// The order matters: the scheme before `ready`, the window before the engines.
const options = parseOptions(process.argv.slice(1));
// One app per profile: two would write over each other's stores. The second shows the first one's window.
if (app.requestSingleInstanceLock()) begin(options);
else app.quit();

function begin({ shot }: Options): void {
  const log = openLog(path.join(app.getPath('userData'), 'logs'));
  log.write('info', `Posada ${app.getVersion()} on Electron ${process.versions.electron}`);
  app.on('quit', () => log.end());
  protocol.registerSchemesAsPrivileged([
    { scheme: windowScheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
  // For every window. Root has no sandbox to enable, and is told so on the command line.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  refuseEverythingElse();
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => app.quit());
  // A fault of ours in one corner must not take the window away: it is logged, the rest goes on.
  process.on('unhandledRejection', (error) => console.error('unhandled rejection', error));
  process.on('uncaughtException', (error) => console.error('uncaught exception', error));
  app.on('render-process-gone', (_event, _page, { reason, exitCode }) => console.error('page gone', reason, exitCode));
  app
    .whenReady()
    .then(async () => {
      const keeper = await WindowKeeper.open(path.join(app.getPath('userData'), 'window.json'));
      const served = serveRenderer();
      const posada = createApp(options, log, { show: showWindow, save: () => keeper.flush() });
      const window = openWindow(keeper.place());
      keeper.follow(window);
      posada.attach(window);
      askBeforeQuitting(posada, window);
      // Loading the engines' code would hold up the answers that the page waits for. One that never asks must not hold
      // up the engines either.
      await Promise.race([served, setTimeout(1000)]);
      await posada.start();
      if (shot) {
        await saveShot(window, shot);
        app.quit();
      }
    })
    .catch(fail);
}

function askBeforeQuitting({ quitting, closesToTray }: ReturnType<typeof createApp>, window: BrowserWindow): void {
  let ending = false;
  app.on('before-quit', (event) => {
    // Saved before the window goes: an app whose will-quit is put off never ends.
    ending = quitting.mayQuit() && quitting.isSaved();
    if (!ending) event.preventDefault();
  });
  // The session ends, or somebody at a terminal wants it gone: there is nobody to ask.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => quitting.agree());
  window.on('close', (event) => {
    if (ending) return;
    event.preventDefault();
    void closesToTray().then((hides) => (hides ? window.hide() : app.quit()));
  });
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function fail(error: unknown): void {
  console.error(error);
  app.exit(1);
}
