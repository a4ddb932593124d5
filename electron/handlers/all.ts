import type { EngineId } from '../../shared/ids.ts';
import type { HostStrip } from '../host/host-strip.ts';
import type { EngineLink } from '../inventory/engine-link.ts';
import type { History } from '../inventory/history.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Sampler } from '../inventory/sampler.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import type { SideStore } from '../store/side-store.ts';
import type { TaskRunner } from '../tasks/task-runner.ts';
import { appHandlers } from './app.ts';
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
  link(engine: EngineId): EngineLink | undefined;
}

/** One handler for each command of the map; one that is missing does not compile. */
export function makeHandlers(services: Services): Handlers {
  return {
    ...appHandlers(services),
    ...engineHandlers(services),
    ...guestHandlers(services),
    ...settingsHandlers(services),
    ...viewHandlers(services),
  };
}
