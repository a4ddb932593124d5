import { randomUUID } from 'node:crypto';
import type { Failure } from '../../shared/failure.ts';
import type { EngineId, TaskId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { Engine } from '../engines/engine.ts';
import { FailureError } from '../engines/failure-error.ts';
import type { Operation } from '../engines/operation.ts';
import { failureFrom } from '../inventory/engine-failures.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { operationError } from '../tasks/broken-off.ts';
import type { ActableEngine, TaskRunner } from '../tasks/task-runner.ts';
import type { JournalHead } from './journal-file.ts';
import { type Journals, type LeftJournal, UnknownStepError } from './journals.ts';
import { isBrokenByLoss, type OperationRun } from './perform.ts';
import type { Recovered } from './recover.ts';

/**
 * Brings to their ends the operations that were broken off: when their engine becomes live, and at once where it is live
 * all the same. Each is a task of its guest. What goes wrong again is tried again when the engine is back the next time.
 */
export class Recovery {
  readonly #journals: Journals;
  readonly #tasks: TaskRunner;
  readonly #inventory: Inventory;
  readonly #engineOf: (engine: EngineId) => ActableEngine | undefined;
  /** The task of each file: every try has the same. */
  readonly #ids = new Map<string, TaskId>();
  readonly #underWay = new Set<string>();
  /** Told once, and left alone until the app starts anew: nothing that the engine does makes them known. */
  readonly #unknown = new Set<string>();
  /** How often each engine has become live. */
  readonly #lives = new Map<EngineId, number>();
  #failures: Promise<Failure[]> = Promise.resolve([]);

  constructor(
    journals: Journals,
    tasks: TaskRunner,
    inventory: Inventory,
    engineOf: (engine: EngineId) => ActableEngine | undefined,
  ) {
    this.#journals = journals;
    this.#tasks = tasks;
    this.#inventory = inventory;
    this.#engineOf = engineOf;
    inventory.watchLive((engine) => {
      this.#lives.set(engine, this.#livesOf(engine) + 1);
      for (const left of journals.left()) if (left.head.engine === engine) this.#begin(left);
    });
    journals.watch((left) => {
      if (left.why === 'engineLost') this.#beginSoon(left);
    });
  }

  /** Finds what earlier runs have left. To be called before the engines are opened, and waited for. */
  async start(): Promise<void> {
    this.#failures = this.#find();
    await this.#failures;
  }

  /** What start() has found and could not read. */
  failures(): Promise<Failure[]> {
    return this.#failures;
  }

  async #find(): Promise<Failure[]> {
    const { folder } = this.#journals;
    try {
      return (await this.#journals.find()).map(({ file, error }) => unreadable(file, error));
    } catch (error) {
      return [unreadable(folder, error)];
    }
  }

  /** The engine may be live still: only one connection of several was lost. But it takes a moment to hear of the others. */
  #beginSoon(left: LeftJournal): void {
    setImmediate(() => {
      if (this.#inventory.engine(left.head.engine)?.state === 'live') this.#begin(left);
    });
  }

  #begin(left: LeftJournal): void {
    const { file, head } = left;
    const engine = this.#engineOf(head.engine);
    if (!engine || this.#underWay.has(file) || this.#unknown.has(file)) return;
    this.#underWay.add(file);
    const id = this.#ids.get(file) ?? (randomUUID() as TaskId);
    this.#ids.set(file, id);
    this.#tasks.recover(engine, left, id, (run) => this.#recover(engine.engine, left, run));
  }

  async #recover(engine: Engine, left: LeftJournal, run: OperationRun): Promise<Recovered> {
    const { file, head } = left;
    const lives = this.#livesOf(head.engine);
    try {
      return await this.#journals.recover(left, (known) => recall(engine, known), run);
    } catch (error) {
      // It has become live meanwhile, and nothing was begun for that.
      if (isBrokenByLoss(error) && this.#livesOf(head.engine) !== lives) this.#beginSoon(left);
      const title = say('failure.title.recover', { verb: `verb.${head.action.verb}`, name: head.guestName });
      if (!(error instanceof UnknownOperationError || error instanceof UnknownStepError)) {
        throw operationError(error, title);
      }
      this.#unknown.add(file);
      const { raw } = failureFrom(error.cause ?? error, title);
      throw new FailureError({
        ...{ code: 'not-supported', title, detail: say('failure.detail.journalUnknown', { path: file }) },
        remedies: [{ do: 'read', text: say('remedy.otherVersion') }],
        ...(raw && { raw }),
      });
    } finally {
      this.#underWay.delete(file);
    }
  }

  #livesOf(engine: EngineId): number {
    return this.#lives.get(engine) ?? 0;
  }
}

/** The engine cannot make the operation again. */
class UnknownOperationError extends Error {}

function recall(engine: Engine, { kind, plan }: JournalHead): Operation {
  if (!engine.recall) throw new UnknownOperationError(`${engine.info.name} recalls no operations`);
  try {
    return engine.recall(kind, plan);
  } catch (error) {
    throw new UnknownOperationError(kind, { cause: error });
  }
}

function unreadable(path: string, error: unknown): Failure {
  const title = say('failure.title.journal', { path });
  const { raw } = failureFrom(error, title);
  return {
    ...{ code: 'internal', title, detail: say('failure.detail.journalUnreadable') },
    remedies: [{ do: 'read', text: say('remedy.keepJournal') }],
    ...(raw && { raw }),
  };
}
