import type { GuestId, TaskId } from '../../../shared/ids.ts';
import type { Task } from '../../../shared/task.ts';
import { History } from '../../inventory/history.ts';
import { Inventory } from '../../inventory/inventory.ts';
import { TaskRunner } from '../../tasks/task-runner.ts';
import { ScriptedEngine } from '../../testing/scripted-engine.ts';
import { Journals } from '../journals.ts';
import { Recovery } from '../recovery.ts';
import type { Plan, ScriptedWorld } from './scripted-world.ts';

/** One run of the app with an engine over a world; `start` performs the plan. */
export class ScriptedApp {
  readonly engine = new ScriptedEngine();
  readonly inventory = new Inventory(() => undefined);
  readonly history = new History(() => undefined);
  readonly journals: Journals;
  readonly tasks: TaskRunner;
  readonly recovery: Recovery;
  readonly guest: GuestId;
  #crashed = false;

  private constructor(world: ScriptedWorld, plan: Plan, folder: string) {
    this.engine.recall = world.recall;
    this.engine.acting = (_guest, { verb }, run) =>
      verb === 'start' ? run.perform(world.operation(plan)) : Promise.resolve();
    this.journals = new Journals(folder);
    const link = { engine: this.engine, refresh: () => undefined };
    this.tasks = new TaskRunner(this.inventory, () => link, this.history, this.journals);
    this.recovery = new Recovery(this.journals, this.tasks, this.inventory, () => link);
    const web = this.engine.add('web');
    this.guest = web.id;
    this.inventory.putGuests([web]);
  }

  /** Starts it on what earlier runs have left in the folder; its engine is not live yet. */
  static async start(world: ScriptedWorld, plan: Plan, folder: string): Promise<ScriptedApp> {
    const app = new ScriptedApp(world, plan, folder);
    app.lose();
    await app.recovery.start();
    return app;
  }

  live(): void {
    this.#setEngine('live');
  }

  lose(): void {
    this.#setEngine('reconnecting');
  }

  #setEngine(state: 'live' | 'reconnecting'): void {
    const { id, kind, name, address } = this.engine.info;
    this.inventory.setEngine({ id, kind, name, address, state });
  }

  /** Begins the operation. */
  act(): TaskId {
    const [task] = this.tasks.act([this.guest], { verb: 'start' });
    return task as TaskId;
  }

  /** Its engine becomes live, and the operation is begun. */
  begin(): void {
    this.live();
    this.act();
  }

  /** Nothing of it goes on any more. */
  crash(): void {
    this.#crashed = true;
  }

  /** Resolves when nothing is under way any more, or the app has crashed. */
  async quiet(): Promise<void> {
    for (let idle = 0; idle < 3 && !this.#crashed; idle += 1) {
      await new Promise(setImmediate);
      if (this.inventory.tasks().some((task) => task.endedAt === undefined)) idle = -1;
    }
  }

  recoveries(): Task[] {
    return this.inventory.tasks().filter((task) => task.recovery);
  }
}
