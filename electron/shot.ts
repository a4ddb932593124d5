import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

/**
 * Waits until the renderer says that the list is painted, then saves what the window shows.
 * @param file absolute path of the PNG to write
 */
export async function saveShot(window: BrowserWindow, file: string): Promise<void> {
  await window.webContents.executeJavaScript(listIsPainted);
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
