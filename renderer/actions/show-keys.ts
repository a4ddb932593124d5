import { Keyboard } from 'lucide-react';
import type { UserAction } from './user-action.ts';

export const showKeys: UserAction = {
  id: 'keys.show',
  icon: Keyboard,
  shortcuts: [{ key: '?' }],
  label: (_none, text) => text.t('keys.show'),
  run(_none, { view }) {
    view.setState({ keysShown: true });
  },
};
