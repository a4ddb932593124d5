import path from 'node:path';
import { app, type BrowserWindow } from 'electron';
import type { Guest } from '../shared/guest.ts';
import type { Settings } from '../shared/settings.ts';
import { ChosenFiles } from './chosen-files.ts';
import { Connections } from './connections.ts';
import { type EngineSource, openEngineSource } from './find-engines.ts';
import { makeHandlers } from './handlers/all.ts';
import { HostStrip } from './host/host-strip.ts';
import { History } from './inventory/history.ts';
import { Inventory } from './inventory/inventory.ts';
import { Sampler } from './inventory/sampler.ts';
import { answerCommands } from './ipc/answer-commands.ts';
import { connectWindows } from './ipc/connect-window.ts';
import { Journals } from './journal/journals.ts';
import { Recovery } from './journal/recovery.ts';
import { InventoryLog } from './log/inventory-log.ts';
import type { Log } from './log/log.ts';
import type { Options } from './options.ts';
import { QuitQuestion } from './quit-question.ts';
import { Quitting } from './quitting.ts';
import { SettingsStore } from './store/settings-store.ts';
import { SideStore } from './store/side-store.ts';
import { TaskRunner } from './tasks/task-runner.ts';
import { AppTray } from './tray.ts';
import { hasTrayHost } from './tray-host.ts';

/** The app without its window. */
export interface PosadaApp {
  readonly quitting: Quitting;
  /** Lets a window send commands and hear events; follows whether it is seen. */
  attach(window: BrowserWindow): void;
  /** Whether closing the window only hides it: the person wants that, and there is a tray now to bring it back. */
  closesToTray(): Promise<boolean>;
  /** Finds the engines and begins to open them; resolves when all have been begun, not when they are there. */
  start(): Promise<void>;
}

/**
 * Builds every object and passes it in by hand: this is the one place that knows all of them.
 * @param frame brings the window to the front, and puts on the disk what is kept of it
 */
export function createApp(options: Options, log: Log, frame: { show(): void; save(): Promise<void> }): PosadaApp {
  const showWindow = (): void => frame.show();
  const dataFolder = app.getPath('userData');
  const settings = SettingsStore.open(path.join(dataFolder, 'settings.json'), (now) => {
    follow(now);
    windows.publish('settings.changed', now);
  });
  const side = SideStore.open(path.join(dataFolder, 'side.json'));
  const history = new History((events) => windows.publish('guest.happened', { events }));
  const inventoryLog = new InventoryLog(log.write);
  const inventory = new Inventory((patch) => {
    inventoryLog.take(patch);
    windows.publish('inventory.patch', patch);
  });
  const connections = new Connections(
    inventory,
    history,
    settings,
    () => {
      inventory.flush(); // who hears of the change knows the engines already
      windows.publish('connection.changed', {});
    },
    (engine) =>
      inventory.tasks().filter((task) => task.endedAt === undefined && inventory.guest(task.guest)?.engine === engine)
        .length,
  );
  const sampler = new Sampler(
    inventory,
    () => connections.engines(),
    (samples) => windows.publish('metrics.sample', { samples }),
  );
  const host = new HostStrip((sample) => windows.publish('host.sample', sample));
  const journals = new Journals(path.join(dataFolder, 'journal'));
  const tasks = new TaskRunner(inventory, (guest: Guest) => connections.link(guest.engine), history, journals);
  const recovery = new Recovery(journals, tasks, inventory, (engine) => connections.link(engine));
  const found = recovery.start();
  const appTray = new AppTray((id) => {
    // These two work whatever has become of the page.
    if (id === 'show') showWindow();
    else if (id === 'quit') app.quit();
    else windows.publish('tray.chosen', { id });
  }, showWindow);
  const tray = hasTrayHost().then((there) => (there ? appTray : undefined));
  let source: EngineSource | undefined;
  const quitQuestion = new QuitQuestion();
  const quitting = new Quitting({
    atWork: () => tasks.atWork(),
    ask(running) {
      showWindow();
      windows.publish('app.quitAsked', { running });
    },
    askWithoutPage: () => quitQuestion.ask(),
    async save() {
      await Promise.all([
        side.then((store) => store.flush()),
        settings.then((store) => store.flush()),
        source?.flush(),
        frame.save(),
      ]);
    },
    quit: () => app.quit(),
  });
  const handlers = makeHandlers({
    ...{
      settings,
      inventory,
      sampler,
      host,
      tasks,
      history,
      side,
      connections,
      tray,
      quitting,
      quitQuestion,
      showWindow,
      journals,
      recovery,
    },
    demo: options.demoGuests !== undefined,
    files: new ChosenFiles(),
    logFolder: log.folder,
    notificationFollowed: () => windows.publish('app.notificationFollowed', {}),
  });
  const windows = connectWindows(answerCommands(handlers, (error) => console.error(error)));
  let closing: Settings['closing'] = 'quit';

  function follow(now: Settings): void {
    closing = now.closing;
    sampler.setPauses({ onScreen: now.pollOnScreen * 1000, all: now.pollAll * 1000 });
  }

  return {
    quitting,
    attach(window) {
      windows.attach(window);
      for (const event of ['show', 'restore'] as const) window.on(event as 'show', () => sampler.setVisible(true));
      for (const event of ['hide', 'minimize'] as const) window.on(event as 'hide', () => sampler.setVisible(false));
      window.on('closed', () => sampler.stop());
      window.webContents.on('render-process-gone', () => quitting.pageGone(true));
      window.webContents.on('did-finish-load', () => quitting.pageGone(false));
    },
    // Asked anew: the desktop's panel may have gone since, and the window could not be found again.
    async closesToTray() {
      if (closing !== 'tray' || !(await hasTrayHost())) return false;
      appTray.draw();
      return true;
    },
    async start() {
      follow((await settings).read());
      source = await openEngineSource(options, dataFolder, await side);
      await found;
      await connections.start(source);
    },
  };
}
