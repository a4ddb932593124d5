import type { Action } from '../../shared/action.ts';
import type { DeletePart } from '../../shared/delete-plan.ts';
import type { Guest, GuestState } from '../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../shared/guest-detail.ts';
import type { EngineId, GuestId } from '../../shared/ids.ts';
import { say } from '../../shared/message.ts';
import type { GuestSample } from '../../shared/metrics.ts';
import type { ActionRun, Engine, EngineInfo, EngineWatcher } from '../engines/engine.ts';
import { FailureError } from '../engines/failure-error.ts';
import type { Json, Operation } from '../engines/operation.ts';

/** A promise that the test settles. */
export class Gate {
  readonly #opened: Promise<void>;
  open: () => void = () => undefined;
  constructor() {
    this.#opened = new Promise((resolve) => {
      this.open = resolve;
    });
  }
  passed(): Promise<void> {
    return this.#opened;
  }
}

/** An engine whose every answer the test decides: down, hung, slow, changing under the reader's feet. */
export class ScriptedEngine implements Engine {
  readonly info: EngineInfo;
  readonly guests = new Map<GuestId, Guest>();
  readonly calls: string[] = [];
  watcher: EngineWatcher | undefined;
  /** Set: open() rejects so. */
  down: FailureError | undefined;
  /** Set: questions wait for the gate. */
  gate: Gate | undefined;
  /** Set: act() does this. */
  acting: ((guest: GuestId, action: Action, run: ActionRun) => Promise<void>) | undefined;

  /** Set: makes operations again. */
  recall?: (kind: string, plan: Json) => Operation;

  constructor(name = 'scripted', info: Partial<EngineInfo> = {}) {
    this.info = { id: name as EngineId, kind: 'demo', name, address: 'memory', ...info };
  }

  add(name: string, state: GuestState = 'running'): Guest {
    const guest: Guest = {
      id: `${this.info.id}/${name}` as GuestId,
      engine: this.info.id,
      kind: 'vm',
      nativeId: name,
      name,
      state,
      tags: [],
      protected: false,
      transient: false,
      addresses: [],
      ports: [],
      offers: [
        { verb: 'start', label: say('verb.start'), ready: true },
        { verb: 'shutDown', label: say('verb.shutDown'), ready: true },
        { verb: 'protect', label: say('verb.protect'), ready: true },
        { verb: 'forceOff', label: say('verb.forceOff'), ready: true },
        { verb: 'pause', label: say('verb.pause'), ready: false, because: say('because.notRunning') },
      ],
    };
    this.guests.set(guest.id, guest);
    return guest;
  }

  async open(watcher: EngineWatcher): Promise<{ version: string }> {
    this.calls.push('open');
    await this.gate?.passed();
    if (this.down) throw this.down;
    this.watcher = watcher;
    return { version: 'Scripted 1' };
  }

  async close(): Promise<void> {
    this.calls.push('close');
    this.watcher = undefined;
  }

  ping(): Promise<void> {
    return this.#answer('ping', () => undefined);
  }

  list(): Promise<Guest[]> {
    return this.#answer('list', () => [...this.guests.values()]);
  }

  read(guests: readonly GuestId[]): Promise<Guest[]> {
    return this.#answer(`read ${guests.length}`, () => guests.flatMap((id) => this.guests.get(id) ?? []));
  }

  sample(guests: readonly GuestId[]): Promise<GuestSample[]> {
    return this.#answer(`sample ${guests.length}`, () =>
      guests.map((guest) => ({ guest, at: Date.now(), cpu: 1, memory: 1 })),
    );
  }

  async act(guest: GuestId, action: Action, run: ActionRun): Promise<void> {
    this.calls.push(`act ${guest} ${action.verb}`);
    await this.acting?.(guest, action, run);
  }

  commands(guest: GuestId, action: Action): string[] {
    return [`scripted ${action.verb} ${guest}`];
  }

  planDelete(guest: GuestId): Promise<DeletePart[]> {
    return this.#answer(`plan ${guest}`, () => []);
  }

  detail(guest: GuestId): Promise<GuestDetail> {
    return this.#answer(`detail ${guest}`, () => ({
      ...{ kind: 'vm', guest, tpm: false, disks: [], interfaces: [], graphics: [], agent: 'none' },
      pendingChanges: false,
    }));
  }

  configuration(guest: GuestId): Promise<ConfigurationText[]> {
    return this.#answer(`configuration ${guest}`, () => [{ of: 'only', language: 'xml', text: '<domain/>' }]);
  }

  /** The answer is what was true when the question came, given when the gate opens: as a slow engine does. */
  async #answer<T>(call: string, answer: () => T): Promise<T> {
    this.calls.push(call);
    const value = answer();
    await this.gate?.passed();
    if (this.down) throw this.down;
    return value;
  }
}

/** A failure as engines throw it. */
export function brokenEngine(): FailureError {
  return new FailureError({
    code: 'engine-lost',
    title: say('failure.title.connect', { engine: 'scripted' }),
    detail: say('failure.detail.lost'),
    remedies: [{ do: 'retry' }],
  });
}
