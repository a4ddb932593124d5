// Runs an app's own main file and does in it what the benchmark asks over the process's channel. A debugger would do
// too, but keeps a hidden page awake and costs time at the start.
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow } from 'electron';

const main = process.env.POSADA_BENCH_MAIN ?? '';
const now = () => performance.timeOrigin + performance.now();
/** @param {string} moment */
const tell = (moment) => process.send?.({ moment, at: now() });

app.on('browser-window-created', (_event, window) => {
  window.once('ready-to-show', () => tell('ready-to-show'));
  window.webContents.once('dom-ready', () => tell('dom-ready'));
  window.webContents.once('did-finish-load', () => tell('did-finish-load'));
});

/** @param {{ ask: 'run' | 'hide' | 'show', code?: string }} question */
async function answer({ ask, code }) {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) throw new Error('There is no window.');
  if (ask === 'run') return window.webContents.executeJavaScript(code ?? '');
  window[ask]();
}

process.on('message', (/** @type {any} */ { id, ...question }) => {
  answer(question).then(
    (value) => process.send?.({ id, value }),
    (error) => process.send?.({ id, error: String(error) }),
  );
});
// Whoever measured is gone.
process.on('disconnect', () => app.exit());

await import(pathToFileURL(main).href);
