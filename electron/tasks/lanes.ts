import type { GuestId, TaskId } from '../../shared/ids.ts';
import type { Verb } from '../../shared/verbs.ts';

/** Tasks of one engine of which only so many run at once. */
interface Lane {
  readonly most: number;
  /** Whether what is asked of one guest is done one after the other. */
  readonly inTurn: boolean;
  waiting: number;
  running: number;
}

interface Waiting {
  readonly first: boolean;
  readonly id: TaskId;
  readonly guest: GuestId;
  readonly lane: Lane;
}

/** What takes as long as the guest has memory or files: it must not hold up what is done in a moment. */
const long: ReadonlySet<Verb> = new Set<Verb>([
  ...(['save', 'export', 'delete', 'takeSnapshot', 'restoreSnapshot', 'deleteSnapshot'] as const),
]);

/**
 * The order of the tasks of one engine: only so many at once, and what is asked of one guest is done one after the
 * other, as it was asked. Force off waits for no other verb: it is the remedy where they hang.
 */
export class Lanes {
  readonly #begin: (task: TaskId) => Promise<void> | undefined;
  /** libvirt answers no more than this many calls of one connection at a time. */
  readonly #usual = laneOf(4, true);
  /** Each has connections of its own. */
  readonly #long = laneOf(4, true);
  /** Each may have a connection of its own, and an engine takes only so many of those. */
  readonly #forceOff = laneOf(16, false);
  /** Guests that something is being done to. */
  readonly #busy = new Set<GuestId>();
  /** Of all lanes, as it was asked. */
  readonly #waiting: Waiting[] = [];

  /** @param begin runs the task, and returns undefined where it no longer waits */
  constructor(begin: (task: TaskId) => Promise<void> | undefined) {
    this.#begin = begin;
  }

  /** @param first goes before what waits already, but for others of the sort */
  add(id: TaskId, guest: GuestId, verb: Verb, first = false): void {
    const lane = verb === 'forceOff' ? this.#forceOff : long.has(verb) ? this.#long : this.#usual;
    lane.waiting += 1;
    const behind = this.#waiting.findIndex((each) => !each.first);
    this.#waiting.splice(first && behind >= 0 ? behind : this.#waiting.length, 0, { first, id, guest, lane });
    if (hasRoom(lane)) this.#beginWhatCan();
  }

  #beginWhatCan(): void {
    for (let next = this.#takeNext(); next; next = this.#takeNext()) {
      const { id, guest, lane } = next;
      const running = this.#begin(id);
      if (!running) continue;
      lane.running += 1;
      if (lane.inTurn) this.#busy.add(guest);
      void running.finally(() => {
        lane.running -= 1;
        if (lane.inTurn) this.#busy.delete(guest);
        this.#beginWhatCan();
      });
    }
  }

  /** The first that neither its lane nor its guest holds up: what was asked of a guest before goes first. */
  #takeNext(): Waiting | undefined {
    if (![this.#usual, this.#long, this.#forceOff].some((lane) => lane.waiting > 0 && hasRoom(lane))) return undefined;
    const held = new Set(this.#busy);
    const at = this.#waiting.findIndex(({ guest, lane }) => {
      if (hasRoom(lane) && !(lane.inTurn && held.has(guest))) return true;
      if (lane.inTurn) held.add(guest);
      return false;
    });
    const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (next) next.lane.waiting -= 1;
    return next;
  }
}

function laneOf(most: number, inTurn: boolean): Lane {
  return { most, inTurn, waiting: 0, running: 0 };
}

function hasRoom(lane: Lane): boolean {
  return lane.running < lane.most;
}
