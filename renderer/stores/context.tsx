import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { GuestId, TaskId } from '../../shared/ids.ts';
import { makeText, type Text } from '../text/make-text.ts';
import type { Announcer } from './announcer.ts';
import type { AppStores } from './app-stores.ts';
import type { Columns } from './columns-store.ts';
import type { Connections } from './connections-store.ts';
import type { GuestAnswerStore } from './guest-answer.ts';
import type { GuestList } from './guest-list-store.ts';
import type { GuestHistory } from './history-store.ts';
import type { Host } from './host-store.ts';
import type { Inventory } from './inventory-store.ts';
import type { Metrics } from './metrics-store.ts';
import type { Notices } from './notices-store.ts';
import type { Selection } from './selection-store.ts';
import type { AppFacts } from './settings-store.ts';
import type { Sizes } from './sizes-store.ts';
import type { View } from './view-store.ts';
import type { Views } from './views-store.ts';

const StoresContext = createContext<AppStores | undefined>(undefined);
const TextContext = createContext<Text | undefined>(undefined);

/** Gives everything inside it the stores and the words of the person's language. */
export function StoresProvider({ stores, children }: { stores: AppStores; children: ReactNode }) {
  const language = useStore(stores.settings, (facts) => facts.language);
  const text = useMemo(() => makeText(language), [language]);
  return (
    <StoresContext value={stores}>
      <TextContext value={text}>{children}</TextContext>
    </StoresContext>
  );
}

export function useStores(): AppStores {
  return needed(useContext(StoresContext));
}
export function useText(): Text {
  return needed(useContext(TextContext));
}
function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Used outside StoresProvider.');
  return value;
}

// One hook for each store: a component redraws only when what it selects has changed.
export function useInventory<T>(select: (inventory: Inventory) => T): T {
  return useStore(useStores().inventory, select);
}
export function useMetrics<T>(select: (metrics: Metrics) => T): T {
  return useStore(useStores().metrics, select);
}
export function useHost<T>(select: (host: Host) => T): T {
  return useStore(useStores().host, select);
}
export function useGuestList<T>(select: (list: GuestList) => T): T {
  return useStore(useStores().list, select);
}
export function useColumns<T>(select: (columns: Columns) => T): T {
  return useStore(useStores().columns, select);
}
export function useViews<T>(select: (views: Views) => T): T {
  return useStore(useStores().views, select);
}
export function useSelection<T>(select: (selection: Selection) => T): T {
  return useStore(useStores().selection, select);
}
export function useNotices<T>(select: (notices: Notices) => T): T {
  return useStore(useStores().notices, select);
}
export function useAppFacts<T>(select: (facts: AppFacts) => T): T {
  return useStore(useStores().settings, select);
}
export function useAnnouncer<T>(select: (announcer: Announcer) => T): T {
  return useStore(useStores().announcer, select);
}
export function useConnections<T>(select: (connections: Connections) => T): T {
  return useStore(useStores().connections, select);
}
export function useView<T>(select: (view: View) => T): T {
  return useStore(useStores().view, select);
}
export function useSizes<T>(select: (sizes: Sizes) => T): T {
  return useStore(useStores().sizes, select);
}
/** The task of a shut-down that this guest has ignored so far. */
export function useIgnoredShutdown(guest: GuestId): TaskId | undefined {
  return useStore(useStores().ignoredShutdowns, ({ tasks }) => tasks.get(guest)?.id);
}
/** What main says of the guest while this is drawn. */
export function useGuestAnswer<T>(store: GuestAnswerStore<T>, guest: GuestId) {
  const { show, again, ...now } = useStore(store);
  useEffect(() => {
    show(guest);
    return () => show(undefined);
  }, [show, guest]);
  // Another guest's facts must not be taken for this one's, not even for a frame.
  return { answer: now.guest === guest ? now.answer : ({ reading: true } as typeof now.answer), again };
}
/** What happened to the guest, followed while this is drawn. */
export function useHistory(guest: GuestId): Omit<GuestHistory, 'show' | 'guest'> {
  const { show, guest: shown, ...now } = useStore(useStores().history);
  useEffect(() => {
    show(guest);
    return () => show(undefined);
  }, [show, guest]);
  return shown === guest ? now : { ...now, events: [], reading: true, failure: undefined };
}
