import { randomUUID } from 'node:crypto';
import type { Action } from '../../shared/action.ts';
import type { Failure } from '../../shared/failure.ts';
import type { Guest, VerbOffer } from '../../shared/guest.ts';
import type { GuestId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';
import { snapshotVerbs, type Verb } from '../../shared/verbs.ts';
import type { Engine } from '../engines/engine.ts';
import type { Operation } from '../engines/operation.ts';
import { failureFrom } from '../inventory/engine-failures.ts';
import type { History } from '../inventory/history.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Journals, LeftJournal } from '../journal/journals.ts';
import type { OperationRun } from '../journal/perform.ts';
import type { Recovered } from '../journal/recover.ts';
import { operationError } from './broken-off.ts';
import { Lanes } from './lanes.ts';
import { type AskedShutdown, type ShutdownTimes, usualShutdownTimes, waitForShutdown } from './shutdown-wait.ts';

/** Ended tasks that are kept for reading. */
const mostEnded = 500;

/** Where a guest's engine is found, and what is to be done when one of its guests was acted on. */
export interface ActableEngine {
  readonly engine: Engine;
  refresh(guests: readonly GuestId[]): void;
}

/** Brings what a task has left to its end. */
interface RecoveryWork {
  readonly of: TaskId;
  work(run: OperationRun): Promise<Recovered>;
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
  readonly #recoveries = new Map<TaskId, RecoveryWork>();

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

  /**
   * Brings to its end what was broken off, as a task that goes before all that waits to be done to the guest.
   * @param id of the task: the same for each try
   * @param work rejects with a FailureError where it is still not at its end
   */
  recover(engine: ActableEngine, { head, why }: LeftJournal, id: TaskId, work: RecoveryWork['work']): void {
    const { guest, guestName, action } = head;
    const { verb } = action;
    const offer = this.#inventory.guest(guest)?.offers.find((candidate) => candidate.verb === verb);
    const label = offer?.label ?? say(`verb.${verb}`);
    this.#recoveries.set(id, { of: head.task, work });
    this.#inventory.putTask({
      ...{ id, guest, guestName, action, label, state: 'waiting', startedAt: Date.now() },
      ...{ cancellable: false, commands: [], journaled: true, recovery: why },
    });
    this.#lanesOf(engine).add(id, guest, verb, true);
  }

  /** Takes back what waits, and aborts what runs where that can be; does nothing to an ended task. */
  cancel(id: TaskId): void {
    const task = this.#inventory.task(id);
    if (!task?.cancellable) return;
    if (task.state === 'waiting') this.#end(task, 'cancelled');
    else this.#aborts.get(id)?.abort();
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
        const recovery = this.#recoveries.get(id);
        if (task?.state !== 'waiting') return undefined;
        return recovery ? this.#recover(engine, task, recovery) : this.#run(engine, task);
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
    const title = say('failure.title.act', { verb: task.label.key, name: task.guestName });
    const { id, guest, guestName, action } = task;
    const about = { task: id, engine: engine.engine.info.id, guest, guestName, action, at: Date.now() };
    /** What became of an operation says more than what the engine makes of its error. */
    let told: unknown;
    const perform = async (operation: Operation): Promise<void> => {
      running = { ...running, journaled: true };
      try {
        await this.#journals.perform(operation, about, how);
      } catch (error) {
        const left = this.#journals.left().find(({ head }) => head.task === id);
        if (left) running = { ...running, brokenOff: left.why };
        const failed = operationError(error, title);
        if (failed !== error) told = failed;
        throw failed;
      } finally {
        running = { ...running, journaled: false };
        cancellable(engine.engine.info.cancels === true);
      }
    };
    try {
      await engine.engine.act(guest, action, { ...how, perform });
      if (task.action.verb === 'shutDown') void this.#shuttingDown(running, asked, abort);
      else this.#end(running, 'done');
    } catch (error) {
      const failure = failureFrom(told ?? error, title);
      this.#end(running, failure.code === 'cancelled' ? 'cancelled' : 'failed', failure);
    } finally {
      if (this.#inventory.task(task.id)?.state !== 'running') this.#aborts.delete(task.id);
      // Engines signal what they did, but a signal may be lost: reading once more costs little.
      engine.refresh([task.guest]);
    }
  }

  async #recover(engine: ActableEngine, task: Task, { of, work }: RecoveryWork): Promise<void> {
    let running: Task = { ...task, state: 'running' };
    const progress = (part: number): void => {
      running = { ...running, progress: part };
      this.#inventory.putTask(running);
    };
    this.#inventory.putTask(running);
    try {
      const { signal } = new AbortController(); // half of it would be no better
      const recovered = await work({ signal, progress, cancellable: () => undefined });
      this.#end({ ...running, recovered }, 'done');
      const first = this.#inventory.task(of); // gone with the run that has begun it, if not this one
      if (first) this.#inventory.putTask({ ...first, recovered, state: recovered === 'finished' ? 'done' : 'failed' });
    } catch (error) {
      const title = say('failure.title.recover', { verb: task.label.key, name: task.guestName });
      this.#end(running, 'failed', failureFrom(error, title));
    } finally {
      this.#recoveries.delete(task.id);
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
    const verb = task.label.key;
    const what = task.recovery
      ? say('event.recovered', { verb, how: task.recovered ?? 'left' })
      : say(state === 'done' ? 'event.done' : 'event.failed', { verb });
    const failed = failure && { action: task.action, failure };
    this.#history.add('posada', [
      { guest: task.guest, at: endedAt, what, bad: state === 'failed', ...(failed && { failed }) },
    ]);
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
