import { RefreshCw } from 'lucide-react';
import type { EngineId } from '../../shared/ids.ts';
import type { AppStores } from '../stores/app-stores.ts';
import type { UserAction } from './user-action.ts';

/** Tries one engine at once instead of when its next try is due. */
export const tryEngine: UserAction<EngineId> = {
  id: 'engine.retry',
  icon: RefreshCw,
  label: (_engine, text) => text.t('engine.retry'),
  run: (engine, stores) => retry(engine, stores),
};

/** Tries all engines that do not answer. */
export const tryEngines: UserAction = {
  id: 'engine.retryAll',
  icon: RefreshCw,
  shortcuts: [{ key: 'F5' }, { key: 'r', ctrl: true }],
  label: (_none, text) => text.t('keys.tryEngines'),
  run(_none, stores) {
    for (const engine of stores.inventory.getState().engines.values()) {
      if (engine.state !== 'live') retry(engine.id, stores);
    }
  },
};

function retry(engine: EngineId, { bridge, notices }: AppStores): void {
  void bridge.call('engine.retry', { engine }).then((reply) => {
    if (!reply.ok) notices.getState().add({ about: 'failure', failure: reply.failure });
  });
}
