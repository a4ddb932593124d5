import { FileArchive, ScrollText } from 'lucide-react';
import { send } from './send.ts';
import type { UserAction } from './user-action.ts';

/** Shows what a diagnostics bundle holds; it is written from there. */
export const openDiagnostics: UserAction = {
  id: 'diagnostics.open',
  icon: FileArchive,
  label: (_none, text) => text.t('diagnostics.open'),
  run: (_none, { view }) => view.setState({ diagnosticsOpen: true }),
};

export const showLog: UserAction = {
  id: 'log.show',
  icon: ScrollText,
  label: (_none, text) => text.t('diagnostics.showLog'),
  run: (_none, stores) => void send(stores, 'app.showLog', {}),
};
