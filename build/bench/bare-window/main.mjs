// The least that an Electron app can be: what Posada's figures are held against.
import { app, BrowserWindow } from 'electron';

function open() {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } });
  window.removeMenu();
  window.once('ready-to-show', () => window.show());
  void window.loadFile(new URL('index.html', import.meta.url).pathname);
}

app.on('window-all-closed', () => app.quit());
// Not awaited here: `ready` waits for the end of this file.
app.whenReady().then(open);
