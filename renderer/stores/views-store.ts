import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeptViews, ListView, SavedView } from '../../shared/list-view.ts';
import type { Bridge } from '../bridge/bridge.ts';
import { type ColumnsStore, usualColumns } from './columns-store.ts';
import { firstSort, type GuestListStore } from './guest-list-store.ts';
import type { NoticesStore } from './notices-store.ts';

/** Looks of the list that have a name. */
export interface Views {
  readonly saved: readonly SavedView[];
  /** Keeps the present look; one of the same name is replaced. */
  save(name: string): void;
  use(name: string): void;
  /** A name that another one has already is not taken: nothing changes. */
  rename(name: string, next: string): void;
  remove(name: string): void;
  /** The look that the list had at first. */
  reset(): void;
}
export type ViewsStore = StoreApi<Views>;

const usualLook: ListView = { columns: [...usualColumns], sort: firstSort, filter: '', groupBy: 'none' };

/** How the list looks now. */
export function presentLook(list: GuestListStore, columns: ColumnsStore): ListView {
  const { sort, filter, groupBy } = list.getState();
  return { columns: [...columns.getState().columns], sort, filter, groupBy };
}

/** Whether two looks are the same to the eye. */
export function sameLook(a: ListView, b: ListView): boolean {
  return lookKey(a) === lookKey(b);
}
function lookKey({ columns, sort, filter, groupBy }: ListView): string {
  const widths = columns.map(({ id, width }) => [id, width]);
  return JSON.stringify([widths, sort.column, sort.direction, filter.trim(), groupBy]);
}

/**
 * Keeps the look of the list over restarts, from when main has told the last one (read). The filter is not kept: a
 * list that begins with guests hidden looks as if they were gone. Saved views have theirs.
 */
export function createViewsStore(
  bridge: Bridge,
  list: GuestListStore,
  columns: ColumnsStore,
  notices: NoticesStore,
): { store: ViewsStore; read(): Promise<void> } {
  let kept = '';
  let following = false;

  function keep(part: Partial<KeptViews>): void {
    void bridge.call('views.keep', part).then((reply) => {
      if (!reply.ok) notices.getState().add({ about: 'failure', failure: reply.failure });
    });
  }
  function keepLook(): void {
    if (!following) return;
    const look = { ...presentLook(list, columns), filter: '' };
    const key = lookKey(look);
    if (key === kept) return;
    kept = key;
    keep({ list: look });
  }
  function show({ columns: shown, ...choices }: ListView): void {
    columns.getState().set(shown);
    list.getState().choose(choices);
  }

  const store = createStore<Views>((set, get) => {
    function change(saved: readonly SavedView[]): void {
      set({ saved });
      keep({ saved: [...saved] });
    }
    return {
      saved: [],
      save(name) {
        const others = get().saved.filter((view) => view.name !== name);
        change([...others, { name, view: presentLook(list, columns) }].sort(byName));
      },
      use(name) {
        const found = get().saved.find((view) => view.name === name);
        if (found) show(found.view);
      },
      rename(name, next) {
        const { saved } = get();
        if (saved.some((view) => view.name === next)) return;
        change(saved.map((view) => (view.name === name ? { ...view, name: next } : view)).sort(byName));
      },
      remove(name) {
        change(get().saved.filter((view) => view.name !== name));
      },
      reset: () => show(usualLook),
    };
  });

  list.subscribe((now, before) => {
    if (now.sort !== before.sort || now.groupBy !== before.groupBy) keepLook();
  });
  columns.subscribe(keepLook);

  return {
    store,
    async read() {
      const reply = await bridge.call('views.read', {});
      if (reply.ok) {
        store.setState({ saved: reply.value.saved });
        const { list: last } = reply.value;
        if (last) {
          columns.getState().set(last.columns);
          list.getState().choose({ sort: last.sort, groupBy: last.groupBy });
        }
      } else notices.getState().add({ about: 'failure', failure: reply.failure });
      kept = lookKey({ ...presentLook(list, columns), filter: '' });
      following = true;
    },
  };
}

function byName(a: SavedView, b: SavedView): number {
  return a.name.localeCompare(b.name);
}
