import type { GuestId, TaskId } from '../../shared/ids.ts';
import type { Verb } from '../../shared/verbs.ts';

/** Actions at once on one engine; libvirt answers no more than this many calls of one connection at a time. */
const mostAtOnce = 4;
/** Force offs at once beside them; each may have a connection of its own, and an engine takes only so many of those. */
const mostForceOffs = 16;

interface Waiting {
  readonly id: TaskId;
  readonly guest: GuestId;
}

/** Tasks of one engine that wait for each other. */
interface Lane {
  readonly most: number;
  /** Guests that something is being done to; undefined where that holds nothing up. */
  readonly busy: Set<GuestId> | undefined;
  readonly waiting: Waiting[];
  running: number;
}

/**
 * The order of the tasks of one engine: only so many at once, and what is asked of one guest is done one after the
 * other, as it was asked. Force off waits for no other verb: it is the remedy where they hang.
 */
export class Lanes {
  readonly #begin: (task: TaskId) => Promise<void> | undefined;
  readonly #usual: Lane = { most: mostAtOnce, busy: new Set(), waiting: [], running: 0 };
  readonly #forceOff: Lane = { most: mostForceOffs, busy: undefined, waiting: [], running: 0 };

  /** @param begin runs the task, and returns undefined where it no longer waits */
  constructor(begin: (task: TaskId) => Promise<void> | undefined) {
    this.#begin = begin;
  }

  add(id: TaskId, guest: GuestId, verb: Verb): void {
    const lane = verb === 'forceOff' ? this.#forceOff : this.#usual;
    lane.waiting.push({ id, guest });
    this.#next(lane);
  }

  #next(lane: Lane): void {
    while (lane.running < lane.most) {
      const at = lane.waiting.findIndex(({ guest }) => !lane.busy?.has(guest));
      if (at < 0) return;
      const [next] = lane.waiting.splice(at, 1);
      const running = next && this.#begin(next.id);
      if (!running) continue;
      lane.running += 1;
      lane.busy?.add(next.guest);
      void running.finally(() => {
        lane.running -= 1;
        lane.busy?.delete(next.guest);
        this.#next(lane);
      });
    }
  }
}
