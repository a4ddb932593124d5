import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** Which engines are used. */
export function connectionHandlers({ connections }: Services) {
  return {
    'connection.list': () => ({ connections: connections.list(), complete: connections.complete }),
    'connection.use': async ({ engine, on }) => {
      await connections.use(engine, on);
      return {};
    },
    'connection.add': async (added) => ({ engine: await connections.add(added) }),
    'connection.remove': async ({ engine }) => {
      await connections.remove(engine);
      return {};
    },
  } satisfies Partial<Handlers>;
}
