import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, protocol, session } from 'electron';
import { type Box, smallest } from './window-place.ts';

/** Our pages come from this scheme, never from file: or the network. */
export const windowScheme = 'app';
const origin = `${windowScheme}://posada`;
const rendererFolder = path.join(import.meta.dirname, '../renderer');

/** Nothing from outside, no inline script or style, no connections: the window speaks to main over IPC only. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Answers app://posada/… from the built renderer folder and from nowhere else. Call once, after `ready`.
 * @returns resolves when the page's script has been served: from then on the window works by itself for a while
 */
export function serveRenderer(): Promise<void> {
  let served: () => void;
  const scriptServed = new Promise<void>((resolve) => {
    served = resolve;
  });
  protocol.handle(windowScheme, async (request) => {
    const url = new URL(request.url);
    const file = path.join(rendererFolder, decodeURIComponent(url.pathname));
    const type = contentTypes[path.extname(file)];
    if (url.host !== 'posada' || !file.startsWith(rendererFolder + path.sep) || !type) {
      return new Response('Not found', { status: 404 });
    }
    const body = await readFile(file);
    if (type === contentTypes['.js']) served();
    return new Response(new Uint8Array(body), {
      headers: {
        'content-type': type,
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    });
  });
  return scriptServed;
}

/** Denies every permission, navigation, new window, webview and download of any page. Call once, before `ready`. */
export function refuseEverythingElse(): void {
  app.on('session-created', (created) => {
    created.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
    created.setPermissionCheckHandler(() => false);
    created.setDevicePermissionHandler(() => false);
    created.on('will-download', (event) => event.preventDefault());
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/**
 * Opens the main window at once; it is shown when its first frame is ready, so that nothing flashes.
 * @param place where it was the last time
 */
export function openWindow(place: { box: Box; maximised: boolean } | undefined): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...place?.box,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Posada',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      session: session.defaultSession,
    },
  });
  window.removeMenu();
  window.once('ready-to-show', () => {
    if (place?.maximised) window.maximize();
    window.show();
  });
  void window.loadURL(`${origin}/index.html`);
  return window;
}

/** True for the main frame of a page that is ours: IPC answers nobody else. */
export function isOurPage(url: string, isMainFrame: boolean): boolean {
  return isMainFrame && (url === origin || url.startsWith(`${origin}/`));
}
