import { Bookmark, Languages, SunMoon } from 'lucide-react';
import type { Guest } from '../../shared/guest.ts';
import type { GuestId } from '../../shared/ids.ts';
import type { AppStores } from '../stores/app-stores.ts';
import type { Text } from '../text/make-text.ts';
import { deleteChosen, renameChosen } from './act-on-chosen.ts';
import { verbAction } from './act-on-guests.ts';
import { changeSettings } from './change-settings.ts';
import { clearEndedTasks } from './end-tasks.ts';
import { clearFilter } from './find-guests.ts';
import { openPalette } from './open-palette.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { toggleDetail } from './toggle-detail.ts';
import { snapshotsShown, toggleSnapshots } from './toggle-snapshots.ts';
import { jointOffers, offerReason } from './verb-offers.ts';
import { sectionsOf } from './verb-sections.ts';
import { windowActions } from './window-keys.ts';

const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'es'] as const;

/** The verbs of these guests together, as their menu has them. */
export function verbEntries(guests: readonly Guest[], stores: AppStores, text: Text): PaletteEntry[] {
  const ids = guests.map((guest): GuestId => guest.id).join();
  const [only] = guests;
  const about = guests.length === 1 && only ? only.name : text.t('palette.chosen', { count: guests.length });
  return sectionsOf(jointOffers(guests))
    .flat()
    .map((offer): PaletteEntry => {
      const action = verbAction(offer.verb);
      const label = text.t('palette.verbOn', { verb: action.label(offer, text), name: about });
      const because = offer.ready.length === 0 ? offerReason(offer, text) : undefined;
      return {
        id: `${action.id} ${ids}`,
        icon: action.icon,
        label,
        because,
        shortcut: action.shortcuts?.[0],
        run: () => action.run(offer, stores),
      };
    });
}

/** All that can be done without naming a guest. */
export function windowEntries(stores: AppStores, text: Text): PaletteEntry[] {
  const { view, views, inventory, list, settings } = stores;
  const tasks = [...inventory.getState().tasks.values()];
  const { detailOpen } = view.getState();
  const showsSnapshots = snapshotsShown(stores.sizes.getState());
  const now = settings.getState().settings;
  return [
    ...windowActions
      // What is chosen has its verbs in the palette by name.
      .filter((action) => action !== openPalette && action !== renameChosen && action !== deleteChosen)
      .map(
        (action): PaletteEntry => ({
          id: action.id,
          icon: action.icon,
          label: action.label(undefined, text),
          shortcut: action.shortcuts?.[0],
          run: () => action.run(undefined, stores),
        }),
      ),
    {
      id: toggleDetail.id,
      icon: toggleDetail.icon,
      label: toggleDetail.label(detailOpen, text),
      run: () => toggleDetail.run(detailOpen, stores),
    },
    {
      id: toggleSnapshots.id,
      icon: toggleSnapshots.icon,
      label: toggleSnapshots.label(showsSnapshots, text),
      run: () => toggleSnapshots.run(showsSnapshots, stores),
    },
    {
      id: clearFilter.id,
      icon: clearFilter.icon,
      label: clearFilter.label(undefined, text),
      because: list.getState().filter === '' ? text.t('palette.noFilter') : undefined,
      run: () => clearFilter.run(undefined, stores),
    },
    {
      id: clearEndedTasks.id,
      icon: clearEndedTasks.icon,
      label: text.t('palette.clearTasks'),
      because: tasks.some((task) => task.endedAt !== undefined) ? undefined : text.t('tasks.none'),
      run: () => clearEndedTasks.run(tasks, stores),
    },
    ...views.getState().saved.map(
      ({ name }): PaletteEntry => ({
        id: `view ${name}`,
        icon: Bookmark,
        label: text.t('palette.view', { name }),
        run: () => {
          view.setState({ screen: 'guests' });
          views.getState().use(name);
        },
      }),
    ),
    ...themes.map(
      (theme): PaletteEntry => ({
        id: `theme ${theme}`,
        icon: SunMoon,
        label: text.t('palette.theme', { theme: text.t(`settings.theme.${theme}`) }),
        because: now.theme === theme ? text.t('palette.already') : undefined,
        run: () => changeSettings.run({ theme }, stores),
      }),
    ),
    ...languages.map(
      (language): PaletteEntry => ({
        id: `language ${language}`,
        icon: Languages,
        label: text.t('palette.language', { language: text.t(`settings.language.${language}`) }),
        because: now.language === language ? text.t('palette.already') : undefined,
        run: () => changeSettings.run({ language }, stores),
      }),
    ),
  ];
}
