import { Plus } from 'lucide-react';
import { whenDrawn } from './in-page.ts';
import type { UserAction } from './user-action.ts';

/** The box for the address of a new connection. */
export const connectionAddressId = 'connection-address';

/** Goes to where a connection is added by its address. */
export const addConnection: UserAction = {
  id: 'connection.add',
  icon: Plus,
  label: (_none, text) => text.t('connections.add'),
  run(_none, { view }) {
    view.setState({ screen: 'settings' });
    whenDrawn([() => document.getElementById(connectionAddressId)?.focus()]);
  },
};
