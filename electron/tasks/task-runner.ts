import { randomUUID } from 'node:crypto';
import type { Action } from '../../shared/action.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Guest, VerbOffer } from '../../shared/guest.ts';
import type { GuestId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';
import { snapshotVerbs, type Verb } from '../../shared/verbs.ts';
import type { Engine } from '../engines/engine.ts';
import { failureFrom } from '../inventory/engine-failures.ts';
import type { History } from '../inventory/history.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Journals } from '../journal/journals.ts';
import { perform } from '../journal/perform.ts';
import { Lanes } from './lanes.ts';
import { type AskedShutdown, type ShutdownTimes, usualShutdownTimes, waitForShutdown } from './shutdown-wait.ts';

/** Ended tasks that are kept for reading. */
const mostEnded = 500;

/** Where a guest's engine is found, and what is to be done when one of its guests was acted on. */
export interface ActableEngine {
  readonly engine: Engine;
  refresh(guests: readonly GuestId[]): void;
}

/**
 * Runs actions on guests as tasks: the id exists before the engine is called, each guest has a result of its own, and
 * lanes.ts says what has to wait for what.
 */
export class TaskRunner {
  readonly #inventory: Inventory;
  readonly #engineOf: (guest: Guest) => ActableEngine | undefined;
  readonly #history: History;
  readonly #aborts = new Map<TaskId, AbortController>();
  readonly #times: ShutdownTimes;
  readonly #lanes = new Map<ActableEngine, Lanes>();
  readonly #journals: Journals;

  constructor(
    inventory: Inventory,
    engineOf: (guest: Guest) => ActableEngine | undefined,
    history: History,
    journals: Journals,
    times = usualShutdownTimes,
  ) {
    this.#inventory = inventory;
    this.#engineOf = engineOf;
    this.#history = history;
    this.#journals = journals;
    this.#times = times;
  }

  /** Begins the action on each guest and returns the task ids at once, in the order of the guests. */
  act(guests: readonly GuestId[], action: Action): TaskId[] {
    const tasks = guests.map((id) => this.#create(id, action));
    this.#trim();
    return tasks;
  }

  /** Takes back what waits, and aborts what runs where its engine can; does nothing to an ended task. */
  cancel(id: TaskId): void {
    const task = this.#inventory.task(id);
    if (task?.state === 'waiting') this.#end(task, 'cancelled');
    else if (task?.state === 'running' && task.cancellable) this.#aborts.get(id)?.abort();
  }

  /** How many tasks would be broken off if the app ended now. A shut-down that is only waited for is none. */
  atWork(): number {
    return this.#inventory.tasks().filter((task) => task.endedAt === undefined && !task.waitsForGuest).length;
  }

  /** Forgets ended tasks. */
  dismiss(ids: readonly TaskId[]): void {
    this.#inventory.removeTasks(ids.filter((id) => this.#inventory.task(id)?.endedAt !== undefined));
  }

  #create(guestId: GuestId, action: Action): TaskId {
    const { verb } = action;
    const guest = this.#inventory.guest(guestId);
    const offer = guest?.offers.find((candidate) => candidate.verb === verb);
    const engine = guest && this.#engineOf(guest);
    const task: Task = {
      id: randomUUID() as TaskId,
      guest: guestId,
      guestName: guest?.name ?? guestId,
      action,
      label: offer?.label ?? say(`verb.${verb}`),
      state: 'waiting',
      startedAt: Date.now(),
      cancellable: true,
      commands: engine?.engine.commands(guestId, action) ?? [],
    };
    if (!guest || !engine) this.#end(task, 'failed', refusal(task, undefined));
    else if (!offer?.ready && !isSnapshotVerb(verb)) this.#end(task, 'failed', refusal(task, offer));
    else {
      this.#inventory.putTask(task);
      this.#lanesOf(engine).add(task.id, guestId, verb);
    }
    return task.id;
  }

  #lanesOf(engine: ActableEngine): Lanes {
    let lanes = this.#lanes.get(engine);
    if (!lanes) {
      lanes = new Lanes((id) => {
        const task = this.#inventory.task(id);
        return task?.state === 'waiting' ? this.#run(engine, task) : undefined;
      });
      this.#lanes.set(engine, lanes);
    }
    return lanes;
  }

  /** Resolves when the engine has done its part; a shut-down is then waited for without holding anything up. */
  async #run(engine: ActableEngine, task: Task): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(task.id, abort);
    let running: Task = { ...task, state: 'running', cancellable: engine.engine.info.cancels === true };
    this.#inventory.putTask(running);
    const asked = { guest: task.guest, at: Date.now() };
    const progress = (part: number): void => {
      running = { ...running, progress: Math.min(1, Math.max(0, part)) };
      this.#inventory.putTask(running);
    };
    const cancellable = (can: boolean): void => {
      running = { ...running, cancellable: can };
      this.#inventory.putTask(running);
    };
    const how = { signal: abort.signal, progress, cancellable };
    const head = { task: task.id, engine: engine.engine.info.id, guest: task.guest, guestName: task.guestName };
    try {
      await engine.engine.act(task.guest, task.action, {
        ...how,
        perform: async ({ kind, plan, steps }) => {
          const begin = { journal: 1 as const, ...head, action: task.action, at: Date.now(), kind, plan };
          await perform({ kind, plan, steps }, await this.#journals.begin(begin), how);
        },
      });
      if (task.action.verb === 'shutDown') void this.#shuttingDown(running, asked, abort);
      else this.#end(running, 'done');
    } catch (error) {
      const failure = failureFrom(error, say('failure.title.act', { verb: task.label.key, name: task.guestName }));
      this.#end(running, failure.code === 'cancelled' ? 'cancelled' : 'failed', failure);
    } finally {
      if (this.#inventory.task(task.id)?.state !== 'running') this.#aborts.delete(task.id);
      // Engines signal what they did, but a signal may be lost: reading once more costs little.
      engine.refresh([task.guest]);
    }
  }

  /** Until the guest is off. What can be cancelled is the waiting: the request has been made. */
  async #shuttingDown(task: Task, asked: AskedShutdown, abort: AbortController): Promise<void> {
    let waiting: Task = { ...task, cancellable: true, waitsForGuest: true };
    this.#inventory.putTask(waiting);
    const ignored = (): void => {
      waiting = { ...waiting, ignored: true };
      this.#inventory.putTask(waiting);
    };
    const off = await waitForShutdown(this.#inventory, this.#history, asked, abort.signal, ignored, this.#times);
    this.#aborts.delete(task.id);
    if (off) this.#end(waiting, 'done');
    else if (abort.signal.aborted) this.#end(waiting, 'cancelled');
    else {
      this.#end(waiting, 'failed', {
        code: 'refused',
        title: say('failure.title.act', { verb: task.label.key, name: task.guestName }),
        detail: say('failure.detail.shutDownIgnored', { seconds: Math.round(this.#times.most / 1000) }),
        remedies: [{ do: 'read', text: say('remedy.forceOff') }],
        guest: task.guest,
      });
    }
  }

  #end(task: Task, state: 'done' | 'failed' | 'cancelled', failure?: Failure): void {
    const endedAt = Date.now();
    this.#inventory.putTask({ ...task, state, cancellable: false, endedAt, ...(failure && { failure }) });
    if (state === 'cancelled') return;
    const what = say(state === 'done' ? 'event.done' : 'event.failed', { verb: task.label.key });
    this.#history.add('posada', [{ guest: task.guest, at: endedAt, what, bad: state === 'failed' }]);
  }

  /** The oldest ended tasks go; failed ones stay longest. */
  #trim(): void {
    const ended = this.#inventory.tasks().filter((task) => task.endedAt !== undefined);
    const byWorth = [...ended.filter((task) => task.state !== 'failed'), ...ended.filter((t) => t.state === 'failed')];
    this.#inventory.removeTasks(byWorth.slice(0, Math.max(0, ended.length - mostEnded)).map((task) => task.id));
  }
}

/** What can be done with a snapshot is offered by the snapshot: its engine says no where it is not ready. */
function isSnapshotVerb(verb: Verb): boolean {
  return snapshotVerbs.some((each) => each === verb);
}

/** The verb is not to be had: with the reason of the offer, or since the guest is gone. */
function refusal(task: Task, offer: VerbOffer | undefined): Failure {
  const reason =
    offer && !offer.ready ? offer.because : say(offer ? 'failure.detail.verbNotOffered' : 'failure.detail.guestGone');
  return {
    code: offer ? 'not-offered' : 'guest-gone',
    title: say('failure.title.act', { verb: task.label.key, name: task.guestName }),
    detail: reason,
    remedies: [],
    guest: task.guest,
  };
}
