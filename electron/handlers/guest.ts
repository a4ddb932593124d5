import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** Acting on guests, measuring them, and the tasks that come of it. */
export function guestHandlers({ tasks, sampler }: Services) {
  return {
    'guest.act': ({ guests, verb }) => ({ tasks: tasks.act(guests, verb) }),
    'metrics.watch': ({ guests, all }) => {
      sampler.watch(guests, all);
      return {};
    },
    'task.cancel': ({ task }) => {
      tasks.cancel(task);
      return {};
    },
    'task.dismiss': ({ tasks: ended }) => {
      tasks.dismiss(ended);
      return {};
    },
  } satisfies Partial<Handlers>;
}
