import type { Connection } from '../../../shared/connection.ts';
import { defaultSettings } from '../../../shared/default-settings.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { GuestDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import type { InventoryCopy, InventoryPatch } from '../../../shared/inventory.ts';
import type { Reply } from '../../../shared/ipc/bridge.ts';
import type { Command, Input, Output } from '../../../shared/ipc/commands.ts';
import type { EventName, EventPayload } from '../../../shared/ipc/events.ts';
import type { KeptViews } from '../../../shared/list-view.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { GuestSnapshots } from '../../../shared/snapshot.ts';
import { type Bridge, connectBridge } from '../bridge.ts';

type Answers = { [C in Command]: (input: Input<C>) => Output<C> | Reply<Output<C>> | Promise<Output<C>> };

/** A patch in which nothing has changed. */
export const emptyPatch: InventoryPatch = {
  serial: 1,
  engines: [],
  enginesGone: [],
  guests: [],
  guestsGone: [],
  tasks: [],
  tasksGone: [],
};

/** Main as a test plays it: answers commands, remembers them, sends events. */
export class FakeBridge {
  readonly calls: { command: string; input: unknown }[] = [];
  readonly bridge: Bridge;
  settings: Settings = { ...defaultSettings, language: 'en' };
  /** What went wrong at main's start. */
  failures: Failure[] = [];
  views: KeptViews = { saved: [], sizes: {} };
  connections: Connection[] = [];
  inventory: InventoryCopy = { serial: 0, engines: [], guests: [], tasks: [] };
  /** Replaces the answer to a command. */
  readonly answers: Partial<Answers> = {};
  #heard: ((event: string, payload: unknown) => void)[] = [];

  constructor(inventory: Partial<InventoryCopy> = {}) {
    this.inventory = { ...this.inventory, ...inventory };
    this.bridge = connectBridge({
      call: async (command, input) => this.#answer(command as Command, input),
      listen: (heard) => {
        this.#heard.push(heard);
        return () => {
          this.#heard = this.#heard.filter((other) => other !== heard);
        };
      },
    });
  }

  send<E extends EventName>(event: E, payload: EventPayload<E>): void {
    for (const heard of this.#heard) heard(event, payload);
  }

  /** Sends the next patch; what is left out has not changed. */
  patch(part: Partial<InventoryPatch>): void {
    const serial = part.serial ?? this.inventory.serial + 1;
    this.inventory = { ...this.inventory, serial };
    this.send('inventory.patch', {
      ...emptyPatch,
      ...part,
      serial,
    });
  }

  /** The inputs of all calls of one command, oldest first. */
  inputs<C extends Command>(command: C): Input<C>[] {
    return this.calls.filter((call) => call.command === command).map((call) => call.input as Input<C>);
  }

  async #answer(command: Command, input: unknown): Promise<Reply<unknown>> {
    this.calls.push({ command, input });
    const own = this.answers[command] as ((input: unknown) => unknown) | undefined;
    const value = await (own ? own(input) : this.#usual(command, input));
    if (typeof value === 'object' && value !== null && 'ok' in value) return value as Reply<unknown>;
    return { ok: true, value };
  }

  #usual(command: Command, input: unknown): unknown {
    if (command === 'app.read') {
      return {
        version: '0.1.0',
        electron: '45.0.0',
        demo: false,
        tray: false,
        systemLanguage: 'en-GB',
        settings: this.settings,
        failures: this.failures,
      };
    }
    if (command === 'connection.list') return { connections: this.connections, complete: true };
    if (command === 'inventory.read') return this.inventory;
    if (command === 'guest.act') return { tasks: [] };
    if (command === 'views.read') return this.views;
    if (command === 'views.keep') {
      this.views = { ...this.views, ...(input as Partial<KeptViews>) };
      return {};
    }
    if (command === 'guest.events') return { events: [] };
    if (command === 'guest.configuration') return { texts: [] };
    if (command === 'guest.commands') return { commands: [] };
    if (command === 'guest.detail') return plainDetail(this.inventory, (input as { guest: GuestId }).guest);
    if (command === 'guest.snapshots') return noSnapshots((input as { guest: GuestId }).guest);
    if (command === 'guest.planDelete') {
      return { plans: (input as Input<'guest.planDelete'>).guests.map((guest) => ({ guest, parts: [] })) };
    }
    if (command === 'settings.change') {
      this.settings = { ...this.settings, ...(input as Partial<Settings>) };
      return this.settings;
    }
    return {};
  }
}

/** A guest without snapshots, of which none can be taken now. */
function noSnapshots(guest: GuestId): GuestSnapshots {
  const no = { ready: false, because: { key: 'because.unsupported' } } as const;
  return { guest, snapshots: [], now: 'off', takeWithMemory: no, takeDisks: no, freeze: no, notes: [] };
}

/** What main says of a guest of which there is nothing to say. */
function plainDetail({ guests }: InventoryCopy, id: GuestId): GuestDetail {
  if (guests.find((guest) => guest.id === id)?.kind === 'container') {
    return { kind: 'container', guest: id, command: [], networks: [], mounts: [], healthLog: [], labels: {} };
  }
  const nothing = { disks: [], interfaces: [], graphics: [] };
  return { kind: 'vm', guest: id, tpm: false, agent: 'none', pendingChanges: false, ...nothing };
}
