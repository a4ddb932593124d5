import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';

/** Engines answer or are given up long before this. */
const patienceMs = 60_000;

/**
 * Waits until the renderer says that the list is painted, then saves what the window shows.
 * @param file absolute path of the PNG to write
 * @throws Error where the list does not come within a minute
 */
export async function saveShot(window: BrowserWindow, file: string): Promise<void> {
  const late = setTimeout(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error('The list of guests did not come within a minute.');
  });
  await Promise.race([window.webContents.executeJavaScript(listIsPainted), late]);
  const picture = await window.webContents.capturePage();
  await writeFile(file, picture.toPNG());
}

/** Runs in the window: resolves two frames after renderer/ has set data-ready to "list" on the root element. */
const listIsPainted = `new Promise((done) => {
  const root = document.documentElement;
  const check = () => {
    if (root.dataset.ready !== 'list') return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
  };
  const observer = new MutationObserver(check);
  observer.observe(root, { attributes: true, attributeFilter: ['data-ready'] });
  check();
})`;
