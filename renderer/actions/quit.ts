import { LogOut } from 'lucide-react';
import { send } from './send.ts';
import type { UserAction } from './user-action.ts';

/** Ends the app, whatever runs: the person has said so. */
export const quit: UserAction = {
  id: 'app.quit',
  icon: LogOut,
  label: (_none, text) => text.t('quit.yes'),
  run: (_none, stores) => void send(stores, 'app.quit', {}),
};
