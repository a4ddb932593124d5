import { LogOut } from 'lucide-react';
import { send } from './send.ts';
import type { UserAction } from './user-action.ts';

/** Ends the app; main asks back while tasks run. */
export const quitApp: UserAction = {
  id: 'app.askQuit',
  icon: LogOut,
  shortcuts: [{ key: 'q', ctrl: true }],
  label: (_none, text) => text.t('tray.quit'),
  run: (_none, stores) => void send(stores, 'app.askQuit', {}),
};
