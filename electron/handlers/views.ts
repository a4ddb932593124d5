import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** How the window looks, kept over restarts. */
export function viewHandlers({ side }: Services) {
  return {
    'views.read': async () => (await side).views(),
    'views.keep': async (part) => {
      await (await side).keepViews(part);
      return {};
    },
  } satisfies Partial<Handlers>;
}
