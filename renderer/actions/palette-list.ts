import {
  ArrowUpDown,
  ChevronsDownUp,
  ChevronsUpDown,
  Columns3,
  Group,
  ListChecks,
  ListX,
  PanelBottom,
  RotateCcw,
} from 'lucide-react';
import { columnIds, groupings } from '../../shared/columns.ts';
import type { AppStores } from '../stores/app-stores.ts';
import { detailTabs } from '../stores/view-store.ts';
import type { Text } from '../text/make-text.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { saveView } from './save-view.ts';

/** What the palette offers of the list and the facts below it: what is selected, groups, order, columns, views, tabs. */
export function listEntries(stores: AppStores, text: Text): PaletteEntry[] {
  const { selection, list, columns, views, view } = stores;
  const { groupBy } = list.getState();
  const { chosen } = selection.getState();
  const shown = new Set(columns.getState().columns.map(({ id }) => id));
  const entries: PaletteEntry[] = [
    {
      id: 'list.selectAll',
      icon: ListChecks,
      label: text.t('guests.selectAll'),
      run: () => selection.getState().chooseAll(),
    },
    {
      id: 'list.selectNone',
      icon: ListX,
      label: text.t('keys.selectNone'),
      because: chosen.size === 0 ? text.t('palette.noneSelected') : undefined,
      run: () => selection.getState().chooseNone(),
    },
    ...detailTabs.map(
      (tab): PaletteEntry => ({
        id: `tab ${tab}`,
        icon: PanelBottom,
        label: text.t('palette.tab', { tab: text.t(`tab.${tab}`) }),
        because: chosen.size === 1 ? undefined : text.t('palette.selectOne'),
        run: () => view.setState({ detailOpen: true, detailTab: tab }),
      }),
    ),
    ...groupings.map(
      (grouping): PaletteEntry => ({
        id: `group ${grouping}`,
        icon: Group,
        label: text.t('palette.group', { grouping: text.t(`groups.${grouping}`) }),
        because: grouping === groupBy ? text.t('palette.already') : undefined,
        run: () => list.getState().setGroupBy(grouping),
      }),
    ),
    ...([true, false] as const).map(
      (open): PaletteEntry => ({
        id: open ? 'group.openAll' : 'group.closeAll',
        icon: open ? ChevronsUpDown : ChevronsDownUp,
        label: text.t(open ? 'group.openAll' : 'group.closeAll'),
        because: groupBy === 'none' ? text.t('palette.noGroups') : undefined,
        run: () => list.getState().toggleAllGroups(open),
      }),
    ),
    {
      id: saveView.id,
      icon: saveView.icon,
      label: saveView.label(undefined, text),
      run: () => saveView.run(undefined, stores),
    },
    { id: 'view.reset', icon: RotateCcw, label: text.t('views.reset'), run: () => views.getState().reset() },
    ...columnIds
      .filter((column) => shown.has(column))
      .map(
        (column): PaletteEntry => ({
          id: `sort ${column}`,
          icon: ArrowUpDown,
          label: text.t('column.sort', { column: text.t(`column.${column}`) }),
          run: () => list.getState().sortBy(column),
        }),
      ),
    ...columnIds
      .filter((column) => column !== 'name')
      .map(
        (column): PaletteEntry => ({
          id: `column ${column}`,
          icon: Columns3,
          label: text.t(shown.has(column) ? 'palette.hideColumn' : 'palette.showColumn', {
            column: text.t(`column.${column}`),
          }),
          run: () => columns.getState().toggle(column),
        }),
      ),
    {
      id: 'columns.reset',
      icon: RotateCcw,
      label: text.t('columns.reset'),
      run: () => columns.getState().reset(),
    },
  ];
  // What they change is to be seen.
  return entries.map((entry) => ({
    ...entry,
    run() {
      view.setState({ screen: 'guests' });
      entry.run();
    },
  }));
}
