import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import type { Guest } from '../shared/guest.ts';
import { findEngines } from './find-engines.ts';
import { makeHandlers } from './handlers/all.ts';
import { HostStrip } from './host/host-strip.ts';
import { EngineLink } from './inventory/engine-link.ts';
import { History } from './inventory/history.ts';
import { Inventory } from './inventory/inventory.ts';
import { Sampler } from './inventory/sampler.ts';
import { answerCommands } from './ipc/answer-commands.ts';
import { connectWindows } from './ipc/connect-window.ts';
import { InventoryLog } from './log/inventory-log.ts';
import type { Log } from './log/log.ts';
import type { Options } from './options.ts';
import { SettingsStore } from './store/settings-store.ts';
import { SideStore } from './store/side-store.ts';
import { TaskRunner } from './tasks/task-runner.ts';

/** The app without its window. */
export interface PosadaApp {
  /** Lets a window send commands and hear events; follows whether it is seen. */
  attach(window: BrowserWindow): void;
  /** Finds the engines and begins to open them; resolves when all have been begun, not when they are there. */
  start(): Promise<void>;
}

/** Builds every object and passes it in by hand: this is the one place that knows all of them. */
export function createApp(options: Options, log: Log): PosadaApp {
  const links = new Map<string, EngineLink>();
  const dataFolder = app.getPath('userData');
  const settings = SettingsStore.open(path.join(dataFolder, 'settings.json'), (now) =>
    windows.publish('settings.changed', now),
  );
  const side = SideStore.open(path.join(dataFolder, 'side.json'));
  const history = new History((events) => windows.publish('guest.happened', { events }));
  const inventoryLog = new InventoryLog(log.write);
  const inventory = new Inventory((patch) => {
    inventoryLog.take(patch);
    windows.publish('inventory.patch', patch);
  });
  const sampler = new Sampler(
    inventory,
    () => [...links.values()].map((link) => link.engine),
    (samples) => windows.publish('metrics.sample', { samples }),
  );
  const host = new HostStrip((sample) => windows.publish('host.sample', sample));
  const tasks = new TaskRunner(inventory, (guest: Guest) => links.get(guest.engine), history);
  const handlers = makeHandlers({
    demo: options.demoGuests !== undefined,
    settings,
    inventory,
    sampler,
    host,
    tasks,
    history,
    side,
    link: (engine) => links.get(engine),
  });
  const windows = connectWindows(answerCommands(handlers, (error) => console.error(error)));

  return {
    attach(window) {
      windows.attach(window);
      for (const event of ['show', 'restore'] as const) window.on(event as 'show', () => sampler.setVisible(true));
      for (const event of ['hide', 'minimize'] as const) window.on(event as 'hide', () => sampler.setVisible(false));
      window.on('closed', () => sampler.stop());
    },
    async start() {
      for (const engine of await findEngines(options, dataFolder, await side)) {
        const link = new EngineLink(engine, inventory, history);
        links.set(engine.info.id, link);
        link.start();
      }
    },
  };
}
