import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Menu, nativeImage, Tray } from 'electron';
import type { TrayMenu } from '../shared/tray.ts';
import { iconUrl } from './icon.ts';

const execute = promisify(execFile);

/**
 * Whether the desktop shows trays. On Linux an icon is shown by whoever owns this name on the session bus; without one
 * it would be drawn nowhere, and a window that was closed to it could not be found again.
 */
export async function hasTray(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  if (!process.env.DBUS_SESSION_BUS_ADDRESS) return false;
  const watcher = 'org.kde.StatusNotifierWatcher';
  const bus = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner'];
  try {
    const [destination = '', path = '', method = ''] = bus;
    const where = ['--session', '--dest', destination, '--object-path', path, '--method', method];
    const { stdout } = await execute('gdbus', ['call', ...where, watcher], { timeout: 2000 });
    return stdout.includes('true');
  } catch {
    return false; // no gdbus, or no bus behind the address: then there is no tray that we could be sure of
  }
}

/** The tray, as the window words it. */
export class AppTray {
  readonly #chosen: (id: string) => void;
  readonly #show: () => void;
  #tray: Tray | undefined;

  constructor(chosen: (id: string) => void, show: () => void) {
    this.#chosen = chosen;
    this.#show = show;
  }

  set({ tip, items }: TrayMenu): void {
    if (!this.#tray) {
      this.#tray = new Tray(nativeImage.createFromDataURL(iconUrl));
      this.#tray.on('click', this.#show);
    }
    const click = (id: string) => () => this.#chosen(id);
    this.#tray.setToolTip(tip);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate(
        items.flatMap(({ id, label, enabled, apart, items: below }) => [
          ...(apart ? [{ type: 'separator' as const }] : []),
          below.length > 0
            ? {
                label,
                enabled,
                submenu: below.map((each) => ({ label: each.label, enabled: each.enabled, click: click(each.id) })),
              }
            : { label, enabled, click: click(id) },
        ]),
      ),
    );
  }
}
