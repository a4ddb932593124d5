import type { EngineState, EngineStatus } from '../../shared/engine-status.ts';
import type { Failure } from '../../shared/failure.ts';
import type { GuestId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { Engine, EngineWatcher } from '../engines/engine.ts';
import { failureFrom, hungFailure } from './engine-failures.ts';
import { GuestReader } from './guest-reader.ts';
import type { History } from './history.ts';
import type { Inventory } from './inventory.ts';

/** All times in milliseconds. */
export interface LinkTimes {
  /** Pause before each next try of an engine that was live; the last one repeats. */
  readonly reconnect: readonly number[];
  /** The same for an engine that was never reached. */
  readonly retryOff: readonly number[];
  /** How often a quiet engine is asked for a sign of life. */
  readonly heartbeat: number;
  /** How long it may take to answer before it counts as silent. */
  readonly patience: number;
}

export const usualTimes: LinkTimes = {
  reconnect: [250, 500, 1000, 2000, 5000],
  retryOff: [2000, 5000, 10_000, 30_000],
  heartbeat: 5000,
  patience: 4000,
};

/**
 * Keeps one engine open and the inventory true to it: opens it, lists, follows its signals, notices when it falls
 * silent or goes away, opens it again. Engines know nothing of each other, so a dead one never delays a live one.
 */
export class EngineLink {
  readonly engine: Engine;
  readonly #inventory: Inventory;
  readonly #history: History;
  readonly #times: LinkTimes;
  readonly #reader: GuestReader;
  #status: EngineStatus;
  #everLive = false;
  #failedTries = 0;
  #stopped = false;
  /** Signals of an earlier connection carry an older number and are not heard. */
  #connection = 0;
  /** The end of the last connection: the next one begins after it. */
  #closing: Promise<void> = Promise.resolve();
  #retryTimer: NodeJS.Timeout | undefined;
  #heartTimer: NodeJS.Timeout | undefined;

  constructor(engine: Engine, inventory: Inventory, history: History, times: LinkTimes = usualTimes) {
    this.engine = engine;
    this.#inventory = inventory;
    this.#history = history;
    this.#times = times;
    const { id, kind, name, address } = engine.info;
    this.#status = { id, kind, name, address, state: 'connecting' };
    this.#reader = new GuestReader(engine, inventory, {
      answered: () => this.#set('live'),
      failed: (failure) => this.#set('silent', failure),
    });
  }

  /** Begins; returns at once. */
  start(): void {
    this.#set('connecting');
    void this.#connect();
  }

  /** Tries now instead of when the next try is due; a connection that hangs is given up for a new one. */
  retry(): void {
    if (this.#status.state === 'live' || this.#stopped) return;
    this.#failedTries = 0;
    if (this.#retryTimer === undefined) {
      this.#leave();
      this.#closing = this.engine.close();
    }
    clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
    void this.#connect();
  }

  /** Reads these guests again soon, for example after an action. */
  refresh(guests: readonly GuestId[]): void {
    if (this.#status.state === 'live' && !this.#stopped) this.#reader.changed(guests);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#leave();
    clearTimeout(this.#retryTimer);
    await this.engine.close();
  }

  async #connect(): Promise<void> {
    this.#connection += 1;
    const mine = this.#connection;
    const current = (): boolean => mine === this.#connection && !this.#stopped;
    const slow = setTimeout(() => {
      if (current()) this.#set('silent', hungFailure(this.engine.info, this.#times.patience));
    }, this.#times.patience);
    const watcher: EngineWatcher = {
      changed: (guests) => current() && this.#reader.changed(guests),
      changedAll: () => current() && this.#reader.changedAll(),
      happened: (events) => current() && this.#history.add('engine', events),
      lost: (failure) => current() && this.#lost(failure),
    };
    try {
      await this.#closing;
      const { version } = await this.engine.open(watcher);
      if (!current()) return;
      this.#status = { ...this.#status, version };
      await this.#reader.begin();
      if (!current()) return;
      this.#failedTries = 0;
      this.#everLive = true;
      this.#set('live');
      this.#scheduleHeartbeat();
    } catch (error) {
      if (current()) this.#lost(this.#connectFailure(error));
    } finally {
      clearTimeout(slow);
    }
  }

  #lost(failure: Failure): void {
    this.#leave();
    const pauses = this.#everLive ? this.#times.reconnect : this.#times.retryOff;
    const pause = pauses[Math.min(this.#failedTries, pauses.length - 1)] ?? 0;
    this.#failedTries += 1;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      void this.#connect();
    }, pause);
    this.#set(this.#everLive ? 'reconnecting' : 'off', failure, Date.now() + pause);
    this.#closing = this.engine.close();
  }

  #connectFailure(error: unknown): Failure {
    return failureFrom(error, say('failure.title.connect', { engine: this.#status.name }));
  }

  #leave(): void {
    this.#connection += 1;
    clearTimeout(this.#heartTimer);
    this.#reader.end();
  }

  #scheduleHeartbeat(): void {
    clearTimeout(this.#heartTimer);
    this.#heartTimer = setTimeout(() => void this.#beat(), this.#times.heartbeat);
  }

  /** One question at a time: a silent engine is asked nothing more until it has answered the last one. */
  async #beat(): Promise<void> {
    const mine = this.#connection;
    const current = (): boolean => mine === this.#connection && !this.#stopped;
    let silent = false;
    const slow = setTimeout(() => {
      silent = true;
      if (current()) this.#set('silent', hungFailure(this.engine.info, this.#times.patience));
    }, this.#times.patience);
    try {
      await this.engine.ping();
      if (!current()) return;
      // Events may have been missed while it was silent: list again; that also makes it live.
      if (silent || this.#status.state === 'silent') this.#reader.changedAll();
      else this.#status = { ...this.#status, lastContact: Date.now() };
    } catch (error) {
      if (current()) this.#lost(this.#connectFailure(error));
    } finally {
      clearTimeout(slow);
      if (current()) this.#scheduleHeartbeat();
    }
  }

  #set(state: EngineState, failure?: Failure, nextTry?: number): void {
    const { failure: _old, nextTry: _due, ...rest } = this.#status;
    this.#status = { ...rest, state, ...(failure && { failure }), ...(nextTry && { nextTry }) };
    if (state === 'live') this.#status = { ...this.#status, lastContact: Date.now() };
    if (this.engine.info.optional && !this.#everLive) return;
    this.#inventory.setEngine(this.#status);
  }
}
