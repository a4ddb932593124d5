import { app, protocol } from 'electron';
import { createApp } from './app.ts';
import { parseOptions } from './options.ts';
import { saveShot } from './shot.ts';
import { openWindow, refuseEverythingElse, serveRenderer, windowScheme } from './window.ts';

// The order matters: the scheme before `ready`, the window before the engines.
const options = parseOptions(process.argv.slice(1));
protocol.registerSchemesAsPrivileged([{ scheme: windowScheme, privileges: { standard: true, secure: true } }]);
// For every window. Root has no sandbox to enable, and is told so on the command line.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
refuseEverythingElse();

app
  .whenReady()
  .then(async () => {
    serveRenderer();
    const posada = createApp(options);
    const window = openWindow();
    posada.attach(window);
    // The window is on its way; from here on the engines are found and opened.
    await posada.start();
    if (options.shot) {
      await saveShot(window, options.shot);
      app.quit();
    }
  })
  .catch(fail);

app.on('window-all-closed', () => app.quit());
// A fault of ours in one corner must not take the window away: it is logged, the rest goes on.
process.on('unhandledRejection', (error) => console.error('unhandled rejection', error));

function fail(error: unknown): void {
  console.error(error);
  app.exit(1);
}
