import { Server, Settings as SettingsIcon } from 'lucide-react';
import type { UserAction } from './user-action.ts';

export const goToGuests: UserAction = {
  id: 'screen.guests',
  icon: Server,
  shortcuts: [{ key: '1', ctrl: true }],
  label: (_none, text) => text.t('screen.go', { screen: text.t('guests.title') }),
  run: (_none, { view }) => view.setState({ screen: 'guests' }),
};

export const goToSettings: UserAction = {
  id: 'screen.settings',
  icon: SettingsIcon,
  shortcuts: [{ key: ',', ctrl: true }],
  label: (_none, text) => text.t('screen.go', { screen: text.t('settings.title') }),
  run: (_none, { view }) => view.setState({ screen: 'settings' }),
};
