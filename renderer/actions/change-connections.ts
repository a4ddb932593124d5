import { Plug, Trash2 } from 'lucide-react';
import type { Connection } from '../../shared/connection.ts';
import { send } from './send.ts';
import type { UserAction } from './user-action.ts';

/** Switches a connection on or off. */
export const useConnection: UserAction<Connection> = {
  id: 'connection.use',
  icon: Plug,
  label: ({ name }, text) => text.t('connections.use', { name }),
  run: ({ engine, used }, stores) => void send(stores, 'connection.use', { engine, on: !used }),
};

/** Forgets a connection that was added. */
export const removeConnection: UserAction<Connection> = {
  id: 'connection.remove',
  icon: Trash2,
  label: ({ name }, text) => text.t('connections.remove', { name }),
  run: ({ engine }, stores) => void send(stores, 'connection.remove', { engine }),
};
