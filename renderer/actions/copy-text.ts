import { Copy } from 'lucide-react';
import type { UserAction } from './user-action.ts';

/** Puts text on the clipboard, through main: a page has no right to it. */
export const copyText: UserAction<string> = {
  id: 'clipboard.write',
  icon: Copy,
  label: (_text, words) => words.t('failure.copy'),
  run(text, { bridge, notices }) {
    void bridge.call('clipboard.write', { text }).then((reply) => {
      if (!reply.ok) notices.getState().add({ about: 'failure', failure: reply.failure });
    });
  },
};
