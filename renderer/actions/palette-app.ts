import { Bell, BellOff, Eye, EyeOff } from 'lucide-react';
import type { AppStores } from '../stores/app-stores.ts';
import type { Text } from '../text/make-text.ts';
import { addConnection } from './add-connection.ts';
import { useConnection as switchConnection } from './change-connections.ts';
import { changeSettings } from './change-settings.ts';
import { openDiagnostics, showLog } from './diagnostics.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { tryEngine } from './try-engine.ts';

/** What the palette offers of the app around the guests: its engines, what it shows and tells, its log. */
export function appEntries(stores: AppStores, text: Text): PaletteEntry[] {
  const { inventory, connections, settings } = stores;
  const { hostStrip, notifications } = settings.getState().settings;
  return [
    ...Array.from(inventory.getState().engines.values(), ({ id, name, state }): PaletteEntry => {
      const label = text.t('palette.tryEngine', { name });
      const because = state === 'live' ? text.t('engine.live') : undefined;
      return {
        id: `${tryEngine.id} ${id}`,
        icon: tryEngine.icon,
        label,
        because,
        run: () => tryEngine.run(id, stores),
      };
    }),
    ...connections.getState().connections.map(
      (connection): PaletteEntry => ({
        id: `${switchConnection.id} ${connection.engine}`,
        icon: switchConnection.icon,
        label: text.t(connection.used ? 'palette.leaveEngine' : 'palette.useEngine', { name: connection.name }),
        run: () => switchConnection.run(connection, stores),
      }),
    ),
    {
      id: 'settings.hostStrip',
      icon: hostStrip ? EyeOff : Eye,
      label: text.t(hostStrip ? 'palette.hideHost' : 'palette.showHost'),
      run: () => changeSettings.run({ hostStrip: !hostStrip }, stores),
    },
    {
      id: 'settings.notifications',
      icon: notifications ? BellOff : Bell,
      label: text.t(notifications ? 'palette.notNotify' : 'palette.notify'),
      run: () => changeSettings.run({ notifications: !notifications }, stores),
    },
    ...[addConnection, openDiagnostics, showLog].map(
      (action): PaletteEntry => ({
        id: action.id,
        icon: action.icon,
        label: action.label(undefined, text),
        run: () => action.run(undefined, stores),
      }),
    ),
  ];
}
