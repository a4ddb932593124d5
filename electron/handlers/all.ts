import type { ChosenFiles } from '../chosen-files.ts';
import type { Connections } from '../connections.ts';
import type { HostStrip } from '../host/host-strip.ts';
import type { History } from '../inventory/history.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Sampler } from '../inventory/sampler.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { Journals } from '../journal/journals.ts';
import type { Recovery } from '../journal/recovery.ts';
import type { QuitQuestion } from '../quit-question.ts';
import type { Quitting } from '../quitting.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { SideStore } from '../store/side-store.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import type { AppTray } from '../tray.ts';
import { appHandlers } from './app.ts';
import { connectionHandlers } from './connection.ts';
import { engineHandlers } from './engine.ts';
import { guestHandlers } from './guest.ts';
import { settingsHandlers } from './settings.ts';
import { viewHandlers } from './views.ts';

/** What handlers may use. */
export interface Services {
  readonly demo: boolean;
  readonly settings: Promise<SettingsStore>;
  readonly inventory: Inventory;
  readonly sampler: Sampler;
  readonly host: HostStrip;
  readonly tasks: TaskRunner;
  readonly history: History;
  readonly side: Promise<SideStore>;
  readonly connections: Connections;
  readonly files: ChosenFiles;
  readonly logFolder: string;
  readonly journals: Journals;
  readonly recovery: Recovery;
  /** undefined where the desktop has none. */
  readonly tray: Promise<AppTray | undefined>;
  readonly quitting: Quitting;
  readonly quitQuestion: QuitQuestion;
  showWindow(): void;
  /** The person came by a notification. */
  notificationFollowed(): void;
}

/** One handler for each command of the map; one that is missing does not compile. */
export function makeHandlers(services: Services): Handlers {
  return {
    ...appHandlers(services),
    ...connectionHandlers(services),
    ...engineHandlers(services),
    ...guestHandlers(services),
    ...settingsHandlers(services),
    ...viewHandlers(services),
  };
}
