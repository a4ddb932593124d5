import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { FailureCode, Remedy } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../../shared/guest-detail.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import type { ActionRun, Engine, EngineInfo, EngineWatcher } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import type { Json, Operation } from '../operation.ts';
import { after } from './demo-act.ts';
import { demoConfiguration, demoDeletePlan, demoDetail } from './demo-detail.ts';
import { makeDemoGuests } from './demo-guests.ts';
import { DemoSnapshots, isSnapshotAction } from './demo-snapshots.ts';
import { labelOf, offersFor } from './demo-verbs.ts';

const gib = 1024 ** 3;

/**
 * Guests in memory: for looking around where there is no engine, and for tests. It behaves as real engines do: it
 * takes its time, tells of changes by hints, measures deltas. It touches nothing outside this process.
 */
export class DemoEngine implements Engine {
  readonly info: EngineInfo;
  readonly snapshots: DemoSnapshots;
  readonly #guests = new Map<GuestId, Guest>();
  readonly #delayMs: number;
  #watcher: EngineWatcher | undefined;

  /**
   * @param count how many guests, about half of each kind
   * @param delayMs how long an action takes
   */
  constructor(count: number, delayMs = 400) {
    const id = 'demo' as EngineId;
    this.info = { id, kind: 'demo', name: 'demo', address: 'memory', cancels: true };
    this.#delayMs = delayMs;
    this.snapshots = new DemoSnapshots({
      delayMs,
      guest: (guest) => this.#the(guest),
      change: (guest, part) => {
        const next: Guest = { ...this.#the(guest), ...part };
        this.put({ ...next, offers: offersFor(next) });
      },
      failure: (guest, action, code, detail) =>
        this.#failure(guest, action, code, detail, undefined, 'failure.title.snapshots'),
    });
    for (const guest of makeDemoGuests(id, count)) this.#guests.set(guest.id, guest);
  }

  async open(watcher: EngineWatcher): Promise<{ version: string }> {
    this.#watcher = watcher;
    return { version: `Demo, ${this.#guests.size} guests in memory` };
  }

  async close(): Promise<void> {
    this.#watcher = undefined;
  }

  async ping(): Promise<void> {
    this.#needsOpen();
  }

  async list(): Promise<Guest[]> {
    this.#needsOpen();
    return [...this.#guests.values()];
  }

  async read(guests: readonly GuestId[]): Promise<Guest[]> {
    this.#needsOpen();
    return guests.flatMap((id) => this.#guests.get(id) ?? []);
  }

  async sample(guests: readonly GuestId[]): Promise<GuestSample[]> {
    this.#needsOpen();
    const at = Date.now();
    return guests.flatMap((id): GuestSample[] => {
      const guest = this.#guests.get(id);
      if (guest?.state !== 'running') return [];
      // Waves of its own for each guest, so that the list lives and sorting by it moves rows.
      const phase = hash(id);
      const wave = (Math.sin(at / 9000 + phase) + 1) / 2;
      const limit = guest.memoryLimit ?? 2 * gib;
      const memory = Math.round(limit * (0.15 + 0.6 * ((wave + (phase % 1)) / 2)));
      const sample: GuestSample = {
        guest: id,
        at,
        cpu: wave * 100 * Math.min(2, guest.cpus ?? 1),
        memory,
        ...traffic(wave),
      };
      return [guest.kind === 'vm' ? { ...sample, memoryResident: memory + 90 * 1024 ** 2 } : sample];
    });
  }

  async act(id: GuestId, action: Action, run: ActionRun): Promise<void> {
    const guest = this.#the(id, action);
    this.#refuse(guest, action);
    if (isSnapshotAction(action)) {
      await this.snapshots.act(guest, action, run);
      this.#watcher?.changed([id]);
      return;
    }
    const steps = 8;
    for (let step = 1; step <= steps; step += 1) {
      await new Promise((done) => setTimeout(done, this.#delayMs / steps));
      if (run.signal.aborted) throw this.#failure(guest, action, 'cancelled', say('failure.detail.cancelled'));
      run.progress(step / steps);
    }
    const next = after(this.#guests.get(id) ?? guest, action);
    if (next) this.#guests.set(id, next);
    else this.#guests.delete(id);
    this.#watcher?.changed([id]);
    const what = happening(action);
    if (what) this.#watcher?.happened([{ guest: id, at: Date.now(), what, bad: false }]);
  }

  recall(kind: string, plan: Json): Operation {
    const operation = this.snapshots.recall(kind, plan);
    if (operation) return operation;
    throw new FailureError({
      code: 'not-supported',
      title: say('failure.title.command', { command: kind }),
      detail: say('failure.detail.notSupported'),
      remedies: [],
      engine: this.info.id,
    });
  }

  commands(): string[] {
    return []; // guests in memory have no tool
  }

  async planDelete(id: GuestId): Promise<DeletePart[]> {
    return demoDeletePlan(this.#the(id));
  }

  async detail(id: GuestId): Promise<GuestDetail> {
    return demoDetail(this.#the(id));
  }

  async configuration(id: GuestId): Promise<ConfigurationText[]> {
    return demoConfiguration(this.#the(id));
  }

  /** Takes a guest away as another client would, for tests. */
  remove(id: GuestId): void {
    if (this.#guests.delete(id)) this.#watcher?.changed([id]);
  }

  /** Adds or replaces a guest as another client would, for tests. */
  put(guest: Guest): void {
    this.#guests.set(guest.id, guest);
    this.#watcher?.changed([guest.id]);
  }

  /** Loses the connection as a killed daemon would, for tests. */
  lose(): void {
    const watcher = this.#watcher;
    this.#watcher = undefined;
    watcher?.lost(this.#lost());
  }

  #needsOpen(): void {
    if (!this.#watcher) throw new FailureError(this.#lost());
  }

  #lost() {
    return {
      code: 'engine-lost' as const,
      title: say('failure.title.connect', { engine: this.info.name }),
      detail: say('failure.detail.lost'),
      remedies: [{ do: 'retry' as const }],
      engine: this.info.id,
    };
  }

  #the(id: GuestId, action?: Action): Guest {
    this.#needsOpen();
    const guest = this.#guests.get(id);
    if (guest) return guest;
    throw this.#failure({ id, name: id, kind: 'vm' }, action, 'guest-gone', say('failure.detail.guestGone'));
  }

  /** @throws FailureError where a real engine would say no */
  #refuse(guest: Guest, action: Action): void {
    if (action.verb === 'delete' && guest.protected) {
      throw this.#failure(guest, action, 'refused', say('failure.detail.protected'), 'remedy.unprotect');
    }
    if (action.verb === 'rename') {
      const { name } = action;
      if (/[/\n]/.test(name)) {
        throw this.#failure(guest, action, 'bad-input', say('failure.detail.badName', { name }), 'remedy.otherName');
      }
      if ([...this.#guests.values()].some((other) => other.name === name && other.id !== guest.id)) {
        throw this.#failure(guest, action, 'bad-input', say('failure.detail.nameTaken', { name }), 'remedy.otherName');
      }
    }
    // What can be done with a snapshot is offered by the snapshot.
    if (isSnapshotAction(action) && action.verb !== 'takeSnapshot') return;
    if (guest.offers.some((offer) => offer.verb === action.verb && offer.ready)) return;
    throw this.#failure(guest, action, 'wrong-state', say('failure.detail.wrongState'));
  }

  #failure(
    { id, name, kind }: Pick<Guest, 'id' | 'name' | 'kind'>,
    action: Action | undefined,
    code: FailureCode,
    detail: Message,
    remedy?: MainMessageKey,
    asked: MainMessageKey = 'failure.title.guest',
  ): FailureError {
    const title = action ? say('failure.title.act', { verb: labelOf(action.verb, kind), name }) : say(asked, { name });
    const remedies: Remedy[] = remedy ? [{ do: 'read', text: say(remedy) }] : [];
    return new FailureError({ code, title, detail, remedies, engine: this.info.id, guest: id });
  }
}

/** What the engine would say of it afterwards. */
function happening({ verb }: Action): Message | undefined {
  if (verb === 'start' || verb === 'restart' || verb === 'reset') return say('event.started');
  if (verb === 'shutDown' || verb === 'forceOff' || verb === 'save') return say('event.stopped');
  if (verb === 'pause') return say('event.paused');
  return verb === 'resume' ? say('event.resumed') : undefined;
}

/** Bytes per second that rise and fall with the CPU. */
function traffic(wave: number): Partial<GuestSample> {
  const mib = 1024 ** 2;
  return {
    diskRead: Math.round(wave * 3 * mib),
    diskWrite: Math.round(wave * wave * mib),
    networkReceive: Math.round(wave * 0.6 * mib),
    networkSend: Math.round((1 - wave) * 0.2 * mib),
  };
}

function hash(text: string): number {
  let value = 0;
  for (const char of text) value = (value * 31 + (char.codePointAt(0) ?? 0)) % 6283;
  return value / 1000;
}
