import type { ConfigurationText, GuestDetail } from '../../shared/guest-detail.ts';
import type { Reply } from '../../shared/ipc/bridge.ts';
import type { GuestSnapshots } from '../../shared/snapshot.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { followInventory } from '../bridge/follow-inventory.ts';
import { makeText, type Text } from '../text/make-text.ts';
import { type AnnouncerStore, createAnnouncer } from './announcer.ts';
import { type ColumnsStore, createColumnsStore } from './columns-store.ts';
import { type ConnectionsStore, createConnectionsStore } from './connections-store.ts';
import { createGuestAnswer, type GuestAnswerStore } from './guest-answer.ts';
import type { FindWords } from './guest-facts.ts';
import { createGuestListStore, type GuestListStore } from './guest-list-store.ts';
import { createHistoryStore, type HistoryStore } from './history-store.ts';
import { createHostStore, type HostStore } from './host-store.ts';
import { createIgnoredShutdowns, type IgnoredShutdownsStore } from './ignored-shutdowns.ts';
import { createInventoryStore, type InventoryStore, inventoryKeeper } from './inventory-store.ts';
import { createMetricsStore, type MetricsStore } from './metrics-store.ts';
import { createNoticesStore, type NoticesStore } from './notices-store.ts';
import { notifyFailures } from './notify-failures.ts';
import { createOrders, type Orders } from './orders.ts';
import { followQuitWords } from './quit-words.ts';
import { createSelectionStore, type SelectionStore } from './selection-store.ts';
import { createSettingsStore, readAppFacts, type SettingsStore } from './settings-store.ts';
import { createSizesStore, type SizesStore } from './sizes-store.ts';
import { createSnapshotsAnswer } from './snapshots-answer.ts';
import { keepSortShown } from './sort-shown.ts';
import { tellRecoveries } from './tell-recoveries.ts';
import { followTray } from './tray-menu.ts';
import { createViewStore, type ViewStore } from './view-store.ts';
import { createViewsStore, type ViewsStore } from './views-store.ts';
import { watchHost } from './watch-host.ts';
import { createMetricsWatch, type MetricsWatch } from './watch-metrics.ts';

/** All that the window knows and does, built once and passed on by hand. */
export interface AppStores {
  readonly bridge: Bridge;
  readonly settings: SettingsStore;
  readonly inventory: InventoryStore;
  readonly metrics: MetricsStore;
  readonly host: HostStore;
  readonly list: GuestListStore;
  readonly columns: ColumnsStore;
  readonly views: ViewsStore;
  readonly selection: SelectionStore;
  readonly notices: NoticesStore;
  readonly orders: Orders;
  readonly ignoredShutdowns: IgnoredShutdownsStore;
  readonly announcer: AnnouncerStore;
  readonly metricsWatch: MetricsWatch;
  readonly view: ViewStore;
  readonly sizes: SizesStore;
  /** All that is known of the guest whose overview is shown. */
  readonly detail: GuestAnswerStore<GuestDetail>;
  /** The texts that define the guest whose configuration is shown. */
  readonly configuration: GuestAnswerStore<readonly ConfigurationText[]>;
  /** The snapshots of the guest whose pane of them is shown. */
  readonly snapshots: GuestAnswerStore<GuestSnapshots>;
  /** The same for the guest that a form asks about: it may be another one. */
  readonly askedSnapshots: GuestAnswerStore<GuestSnapshots>;
  readonly history: HistoryStore;
  readonly connections: ConnectionsStore;
  /** Resolves when main has told the settings and the last look of the list, or has failed to. */
  readonly ready: Promise<void>;
  /** Stops following main. */
  stop(): void;
}

export function createStores(bridge: Bridge): AppStores {
  const settings = createSettingsStore(bridge);
  const inventory = createInventoryStore();
  const metrics = createMetricsStore(bridge);
  const host = createHostStore(bridge);
  const findWords = (): FindWords => {
    const text = makeText(settings.getState().language);
    return {
      state: (state) => text.t(`state.${state}`),
      kind: (kind) => text.t(`kind.${kind}`),
      engine: (id) => inventory.getState().engines.get(id)?.name ?? id,
    };
  };
  const list = createGuestListStore(inventory, metrics, findWords());
  const selection = createSelectionStore(list, inventory);
  const notices = createNoticesStore();
  const columns = createColumnsStore();
  keepSortShown(list, columns);
  const { store: views, read: readViews } = createViewsStore(bridge, list, columns, notices);
  const orders = createOrders(bridge, inventory, notices);
  const announcer = createAnnouncer(inventory, selection, orders, list);
  const metricsWatch = createMetricsWatch(bridge, list);
  const view = createViewStore();
  const ignoredShutdowns = createIgnoredShutdowns(inventory, notices);
  const { store: sizes, ...sizesKeeper } = createSizesStore(bridge, notices);
  const detail = createGuestAnswer((guest) => bridge.call('guest.detail', { guest }), inventory, 50);
  const configuration = createGuestAnswer(
    async (guest): Promise<Reply<readonly ConfigurationText[]>> => {
      const reply = await bridge.call('guest.configuration', { guest });
      return reply.ok ? { ok: true, value: reply.value.texts } : reply;
    },
    inventory,
    3,
  );
  const snapshots = createSnapshotsAnswer(bridge, inventory, 20);
  const askedSnapshots = createSnapshotsAnswer(bridge, inventory, 1);
  const history = createHistoryStore(bridge);
  const connections = createConnectionsStore(bridge);
  const text = (): Text => makeText(settings.getState().language);
  const stops = [
    tellRecoveries(inventory, notices),
    notifyFailures(bridge, inventory, settings, text),
    followTray(bridge, inventory, settings, orders, text),
    followQuitWords(bridge, settings, text),
    bridge.listen('app.quitAsked', () => {
      view.setState({ quitAsked: true });
      void bridge.call('app.quitHeard', {});
    }),
  ];

  settings.subscribe((now, before) => {
    if (now.language !== before.language) list.getState().setWords(findWords());
  });
  const ready = Promise.all([readAppFacts(settings, bridge), readViews(), sizesKeeper.read()]).then(([failures]) => {
    for (const failure of failures) notices.getState().add({ about: 'failure', failure });
  });
  const stopFollowing = followInventory(bridge, inventoryKeeper(inventory));
  let stopHost: (() => void) | undefined;
  let stopped = false;
  // Not before the settings are known: the strip may be off.
  void ready.then(() => {
    if (stopped) return;
    stopHost = watchHost(bridge, settings, host);
    connections.getState().watch();
  });

  return {
    ...{ bridge, settings, inventory, metrics, host, list, columns, views, selection, notices, orders },
    ...{ announcer, metricsWatch, view, connections },
    ...{ ignoredShutdowns, sizes, detail: detail.store, configuration: configuration.store, history },
    ...{ snapshots: snapshots.store, askedSnapshots: askedSnapshots.store },
    ready,
    stop() {
      stopped = true;
      stopFollowing();
      stopHost?.();
      metricsWatch.stop();
      detail.stop();
      configuration.stop();
      snapshots.stop();
      askedSnapshots.stop();
      sizesKeeper.stop();
      for (const each of stops) each();
    },
  };
}
