import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** Engines and what is known of all their guests. */
export function engineHandlers({ inventory, connections }: Services) {
  return {
    'engine.retry': ({ engine }) => {
      const found = connections.link(engine);
      if (!found) {
        throw new FailureError({
          code: 'bad-input',
          title: say('failure.title.connect', { engine }),
          detail: say('failure.detail.badInput'),
          remedies: [],
        });
      }
      found.retry();
      return {};
    },
    'inventory.read': () => inventory.read(),
  } satisfies Partial<Handlers>;
}
