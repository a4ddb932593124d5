import type { Guest } from '../../shared/guest.ts';
import type { AppStores } from '../stores/app-stores.ts';
import { offersNow } from '../stores/snapshot-facts.ts';
import type { Text } from '../text/make-text.ts';
import { snapshotAction } from './act-on-snapshots.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { goToSnapshots } from './toggle-snapshots.ts';

/** The way to the snapshots of a guest that has some or can have some; and their verbs, where they are shown now. */
export function snapshotEntries(guest: Guest, stores: AppStores, text: Text): PaletteEntry[] {
  if (!guest.snapshots && !guest.offers.some(({ verb }) => verb === 'takeSnapshot')) return [];
  const { guest: shown, answer } = stores.snapshots.getState();
  const live = stores.inventory.getState().engines.get(guest.engine)?.state === 'live';
  const snapshots = shown === guest.id ? (answer.value?.snapshots ?? []) : [];
  return [
    {
      id: `${goToSnapshots.id} ${guest.id}`,
      icon: goToSnapshots.icon,
      label: goToSnapshots.label(guest, text),
      run: () => goToSnapshots.run(guest, stores),
    },
    ...snapshots.toReversed().flatMap((snapshot) =>
      offersNow(snapshot, live).map((offer): PaletteEntry => {
        const action = snapshotAction(offer.verb);
        return {
          id: `${action.id} ${guest.id} ${snapshot.id}`,
          icon: action.icon,
          label: text.t('palette.verbOn', { verb: text.t(`verb.${offer.verb}`), name: snapshot.name }),
          detail: guest.name,
          because: offer.ready ? undefined : text.message(offer.because),
          run: () => action.run({ guest, snapshot, offer }, stores),
        };
      }),
    ),
  ];
}
