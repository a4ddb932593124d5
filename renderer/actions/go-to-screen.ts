import { Server, Settings as SettingsIcon } from 'lucide-react';
import type { AppStores } from '../stores/app-stores.ts';
import { focusScreen } from './focus-screen.ts';
import type { UserAction } from './user-action.ts';

export const goToGuests: UserAction = {
  id: 'screen.guests',
  icon: Server,
  shortcuts: [{ key: '1', ctrl: true }],
  label: (_none, text) => text.t('screen.go', { screen: text.t('guests.title') }),
  run: (_none, stores) => goTo('guests', stores),
};

export const goToSettings: UserAction = {
  id: 'screen.settings',
  icon: SettingsIcon,
  shortcuts: [{ key: ',', ctrl: true }],
  label: (_none, text) => text.t('screen.go', { screen: text.t('settings.title') }),
  run: (_none, stores) => goTo('settings', stores),
};

function goTo(screen: string, { view }: AppStores): void {
  view.setState({ screen });
  // It has to be drawn first.
  requestAnimationFrame(focusScreen);
}
