import { FileArchive, ScrollText } from 'lucide-react';
import { send } from './send.ts';
import type { UserAction } from './user-action.ts';

export const saveDiagnostics: UserAction = {
  id: 'diagnostics.save',
  icon: FileArchive,
  label: (_none, text) => text.t('diagnostics.save'),
  run: (_none, stores) => void send(stores, 'app.saveDiagnostics', { title: 'Posada' }),
};

export const showLog: UserAction = {
  id: 'log.show',
  icon: ScrollText,
  label: (_none, text) => text.t('diagnostics.showLog'),
  run: (_none, stores) => void send(stores, 'app.showLog', {}),
};
