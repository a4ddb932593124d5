import { Command } from 'lucide-react';
import type { UserAction } from './user-action.ts';

export const openPalette: UserAction = {
  id: 'palette.open',
  icon: Command,
  shortcuts: [{ key: 'k', ctrl: true }],
  label: (_none, text) => text.t('palette.title'),
  run(_none, { view }) {
    view.setState({ paletteOpen: true });
  },
};
