import type { Guest } from '../../shared/guest.ts';
import type { AppStores } from '../stores/app-stores.ts';
import type { Text } from '../text/make-text.ts';
import { visibleText } from '../text/visible-text.ts';
import { copyText } from './copy-text.ts';
import { guestCopies } from './guest-copies.ts';
import { openablePorts, openPort } from './open-port.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { snapshotEntries } from './palette-snapshots.ts';

/** What can be done with one guest besides its verbs: its snapshots, and copies and ports as its menu has them. */
export function guestEntries(guest: Guest, stores: AppStores, text: Text): PaletteEntry[] {
  const labelled = (verb: string): string => text.t('palette.verbOn', { verb, name: guest.name });
  return [
    ...snapshotEntries(guest, stores, text),
    ...guestCopies(guest).map(
      ({ key, value }): PaletteEntry => ({
        id: `${key} ${guest.id}`,
        icon: copyText.icon,
        label: labelled(text.t(key)),
        detail: visibleText(value),
        run: () => copyText.run(value, stores),
      }),
    ),
    ...openablePorts(guest).map(
      (port): PaletteEntry => ({
        id: `${openPort.id} ${port.hostAddress} ${port.hostPort} ${guest.id}`,
        icon: openPort.icon,
        label: labelled(openPort.label(port, text)),
        run: () => openPort.run(port, stores),
      }),
    ),
  ];
}
