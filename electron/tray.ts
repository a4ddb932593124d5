import { Menu, nativeImage, Tray } from 'electron';
import type { TrayMenu } from '../shared/tray.ts';
import { iconUrl } from './icon.ts';

/** The tray, as the window words it. */
export class AppTray {
  readonly #chosen: (id: string) => void;
  readonly #show: () => void;
  #tray: Tray | undefined;

  constructor(chosen: (id: string) => void, show: () => void) {
    this.#chosen = chosen;
    this.#show = show;
  }

  /** Makes the icon, if it is not there: a click on it brings the window back before it has a menu. */
  draw(): Tray {
    if (!this.#tray) {
      this.#tray = new Tray(nativeImage.createFromDataURL(iconUrl));
      this.#tray.on('click', this.#show);
    }
    return this.#tray;
  }

  set({ tip, items }: TrayMenu): void {
    const tray = this.draw();
    const click = (id: string) => () => this.#chosen(id);
    tray.setToolTip(tip);
    tray.setContextMenu(
      Menu.buildFromTemplate(
        items.flatMap(({ id, label, enabled, apart, items: below }) => [
          ...(apart ? [{ type: 'separator' as const }] : []),
          below.length > 0
            ? {
                label: plain(label),
                enabled,
                submenu: below.map((each) => ({
                  label: plain(each.label),
                  enabled: each.enabled,
                  click: click(each.id),
                })),
              }
            : { label: plain(label), enabled, click: click(id) },
        ]),
      ),
    );
  }
}

/** An ampersand would underline the next letter. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}
