import { Settings as SettingsIcon } from 'lucide-react';
import type { Settings } from '../../shared/settings.ts';
import { takeOver } from '../stores/settings-store.ts';
import type { UserAction } from './user-action.ts';

/** Changes part of the settings; main keeps them and tells every window. */
export const changeSettings: UserAction<Partial<Omit<Settings, 'ignoredEngines' | 'addedConnections'>>> = {
  id: 'settings.change',
  icon: SettingsIcon,
  label: (_part, text) => text.t('settings.title'),
  run(part, { bridge, settings, notices }) {
    void bridge.call('settings.change', part).then((reply) => {
      if (reply.ok) takeOver(settings, reply.value);
      else notices.getState().add({ about: 'failure', failure: reply.failure });
    });
  },
};
