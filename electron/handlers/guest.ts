import type { DeletePlan } from '../../shared/delete-plan.ts';
import type { GuestId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import { eachLimited } from '../engines/each-limited.ts';
import type { Engine } from '../engines/engine.ts';
import { FailureError } from '../engines/failure-error.ts';
import { failureFrom } from '../inventory/engine-failures.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { Services } from './all.ts';

/** An engine takes only so many questions at once. */
const plansAtOnce = 4;

/** Acting on guests, looking at them closely, measuring them, and the tasks that come of it. */
export function guestHandlers({ tasks, sampler, history, inventory, connections, files }: Services) {
  function engineOf(id: GuestId): Engine {
    const guest = inventory.guest(id);
    const engine = guest && connections.link(guest.engine)?.engine;
    if (engine) return engine;
    throw new FailureError({
      code: 'guest-gone',
      title: say('failure.title.guest', { name: guest?.name ?? id }),
      detail: say('failure.detail.guestGone'),
      remedies: [],
      guest: id,
    });
  }

  async function planDelete(guest: GuestId, together: object): Promise<DeletePlan> {
    try {
      return { guest, parts: await engineOf(guest).planDelete(guest, together) };
    } catch (error) {
      const title = say('failure.title.guest', { name: inventory.guest(guest)?.name ?? guest });
      return { guest, parts: [], failure: failureFrom(error, title) };
    }
  }

  return {
    'guest.act': ({ guests, action }) => {
      files.claim(guests, action, inventory.tasks());
      return { tasks: tasks.act(guests, action) };
    },
    'guest.commands': ({ guest, action }) => ({ commands: engineOf(guest).commands(guest, action) }),
    'guest.configuration': async ({ guest }) => ({ texts: await engineOf(guest).configuration(guest) }),
    'guest.detail': ({ guest }) => engineOf(guest).detail(guest),
    'guest.events': ({ guest }) => ({ events: history.of(guest) }),
    'guest.planDelete': async ({ guests }) => {
      const together = {};
      return { plans: await eachLimited(guests, plansAtOnce, (guest) => planDelete(guest, together)) };
    },
    'guest.snapshots': ({ guest }) => {
      const { snapshots } = engineOf(guest);
      if (snapshots) return snapshots.list(guest);
      throw new FailureError({
        code: 'not-supported',
        title: say('failure.title.snapshots', { name: inventory.guest(guest)?.name ?? guest }),
        detail: say('failure.detail.noSnapshots'),
        remedies: [],
        guest,
      });
    },
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
