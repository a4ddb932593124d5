import type { Connection } from '../shared/connection.ts';
import type { Failure } from '../shared/failure.ts';
import type { EngineId } from '../shared/ids.ts';
import { type Message, say } from '../shared/message.ts';
import type { AddedConnection } from '../shared/settings.ts';
import type { Engine } from './engines/engine.ts';
import { FailureError } from './engines/failure-error.ts';
import type { EngineSource } from './find-engines.ts';
import { EngineLink } from './inventory/engine-link.ts';
import type { History } from './inventory/history.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { SettingsStore } from './store/settings-store.ts';

interface Known {
  readonly engine: Engine;
  /** What the person typed; undefined for one that was found. */
  readonly added: AddedConnection | undefined;
}

/** Which engines there are, and which of them are used: found on this machine or added, switched off or not. */
export class Connections {
  readonly #inventory: Inventory;
  readonly #history: History;
  readonly #settings: Promise<SettingsStore>;
  readonly #changed: () => void;
  readonly #openTasks: (engine: EngineId) => number;
  readonly #known = new Map<EngineId, Known>();
  readonly #links = new Map<EngineId, EngineLink>();
  #source: EngineSource | undefined;
  #complete = false;
  /** What is asked quickly is done in its order: each change reads what the one before has kept. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param changed is called when list() has another answer
   * @param openTasks how many tasks of the engine's guests are not over
   */
  constructor(
    inventory: Inventory,
    history: History,
    settings: Promise<SettingsStore>,
    changed: () => void,
    openTasks: (engine: EngineId) => number,
  ) {
    this.#inventory = inventory;
    this.#history = history;
    this.#settings = settings;
    this.#changed = changed;
    this.#openTasks = openTasks;
  }

  /** Finds the engines and begins to open those that are used; resolves when all have been begun. */
  start(source: EngineSource): Promise<void> {
    this.#source = source;
    return this.#inTurn(() => this.#start(source));
  }

  async #start(source: EngineSource): Promise<void> {
    const settings = (await this.#settings).read();
    for (const engine of await source.find()) this.#known.set(engine.info.id, { engine, added: undefined });
    for (const added of settings.addedConnections) {
      try {
        const engine = await source.make(added);
        if (!this.#isWanted(engine.info.id)) this.#known.set(engine.info.id, { engine, added });
      } catch (error) {
        console.error(`${added.address} cannot be used any more`, error);
      }
    }
    for (const id of this.#known.keys()) if (!settings.ignoredEngines.includes(id)) this.#begin(id);
    this.#complete = true;
    this.#changed();
  }

  /** False until all that were found or added are in list(). */
  get complete(): boolean {
    return this.#complete;
  }

  link(engine: EngineId): EngineLink | undefined {
    return this.#links.get(engine);
  }

  /** Those that are used. */
  engines(): Engine[] {
    return [...this.#links.values()].map((link) => link.engine);
  }

  list(): Connection[] {
    return Array.from(this.#known.values(), ({ engine, added }) => {
      const { id, kind, name, address } = engine.info;
      const origin = added ? 'added' : 'found';
      return { engine: id, kind, name, address, origin, used: this.#links.has(id) };
    });
  }

  /** Switches one on or off, at once and for later starts. */
  use(id: EngineId, on: boolean): Promise<void> {
    return this.#inTurn(() => this.#use(id, on));
  }

  async #use(id: EngineId, on: boolean): Promise<void> {
    if (!this.#known.has(id)) throw refused(say('failure.title.connect', { engine: id }), noSuch);
    if (!on) this.#refuseWhileBusy(id);
    const { ignoredEngines } = (await this.#settings).read();
    const others = ignoredEngines.filter((each) => each !== id);
    await (await this.#settings).change({ ignoredEngines: on ? others : [...others, id] });
    if (on) this.#begin(id);
    else await this.#end(id);
    this.#changed();
  }

  /** Uses an engine at an address of the person's. @throws FailureError for an address that cannot be used or is known */
  add(added: AddedConnection): Promise<EngineId> {
    return this.#inTurn(() => this.#add(added));
  }

  async #add(added: AddedConnection): Promise<EngineId> {
    const title = say('failure.title.addConnection', { address: added.address });
    const engine = await this.#source?.make(added);
    if (!engine) throw refused(title, say('failure.detail.internal'));
    const { id } = engine.info;
    if (this.#isWanted(id)) throw refused(title, say('failure.detail.connectionKnown', { address: added.address }));
    if (this.#known.has(id)) await this.#end(id);
    this.#known.set(id, { engine, added });
    const settings = await this.#settings;
    const { addedConnections, ignoredEngines } = settings.read();
    await settings.change({
      addedConnections: [...addedConnections, added],
      ignoredEngines: ignoredEngines.filter((each) => each !== id),
    });
    this.#begin(id);
    this.#changed();
    return id;
  }

  /** Forgets one that was added. */
  remove(id: EngineId): Promise<void> {
    return this.#inTurn(() => this.#remove(id));
  }

  async #remove(id: EngineId): Promise<void> {
    const added = this.#known.get(id)?.added;
    if (!added) throw refused(say('failure.title.connect', { engine: id }), noSuch);
    this.#refuseWhileBusy(id);
    const settings = await this.#settings;
    const { addedConnections, ignoredEngines } = settings.read();
    await settings.change({
      addedConnections: addedConnections.filter((each) => each.kind !== added.kind || each.address !== added.address),
      ignoredEngines: ignoredEngines.filter((each) => each !== id),
    });
    this.#known.delete(id);
    await this.#end(id);
    this.#changed();
  }

  /** False also of one that was found by looking around: until the person asks for it, it may be missing in silence. */
  #isWanted(id: EngineId): boolean {
    const known = this.#known.get(id);
    return known !== undefined && !known.engine.info.optional;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined); // a refused one is its caller's to hear
    return mine;
  }

  /** What is under way there would fail, or seem to be done since its guest is gone from the list. */
  #refuseWhileBusy(id: EngineId): void {
    const count = this.#openTasks(id);
    if (count === 0) return;
    const name = this.#known.get(id)?.engine.info.name ?? id;
    throw new FailureError({
      code: 'guest-busy',
      title: say('failure.title.stopUsing', { engine: name }),
      detail: say('failure.detail.tasksOpen', { count }),
      remedies: [{ do: 'read', text: say('remedy.endTasks') }],
      engine: id,
    });
  }

  #begin(id: EngineId): void {
    const known = this.#known.get(id);
    if (!known || this.#links.has(id)) return;
    const link = new EngineLink(known.engine, this.#inventory, this.#history);
    this.#links.set(id, link);
    link.start();
  }

  async #end(id: EngineId): Promise<void> {
    const link = this.#links.get(id);
    this.#links.delete(id);
    // What it knew goes at once: a hung engine may take long to close.
    const stopping = link?.stop();
    this.#inventory.removeEngine(id);
    await stopping;
    if (!this.#links.has(id)) this.#inventory.removeEngine(id);
  }
}

const noSuch = say('failure.detail.noSuchConnection');

function refused(title: Message, detail: Message): FailureError {
  return new FailureError({ code: 'bad-input', title, detail, remedies: [] } satisfies Failure);
}
