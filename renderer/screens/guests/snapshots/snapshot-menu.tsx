import { Copy } from 'lucide-react';
import type { Guest } from '../../../../shared/guest.ts';
import type { Snapshot } from '../../../../shared/snapshot.ts';
import { snapshotAction } from '../../../actions/act-on-snapshots.ts';
import { copyText } from '../../../actions/copy-text.ts';
import { jointOffers } from '../../../actions/verb-offers.ts';
import { Menu, type MenuItem } from '../../../parts/menu.tsx';
import type { Box } from '../../../parts/place.ts';
import { useStores, useText } from '../../../stores/context.tsx';
import { offersNow } from '../../../stores/snapshot-facts.ts';
import { inSections, useOfferItems } from '../guest-menu.tsx';

interface SnapshotMenuProps {
  place: Box;
  guest: Guest;
  /** Undefined: NOW. */
  snapshot: Snapshot | undefined;
  live: boolean;
  onClose: () => void;
  giveBack: () => void;
}

/** The verbs of a snapshot; of NOW, taking one. */
export function SnapshotMenu({ place, guest, snapshot, live, onClose, giveBack }: SnapshotMenuProps) {
  const stores = useStores();
  const text = useText();
  const take = useOfferItems()(jointOffers([guest]).filter(({ verb }) => verb === 'takeSnapshot'));
  const verbs = (snapshot ? offersNow(snapshot, live) : []).map((offer): MenuItem => {
    const action = snapshotAction(offer.verb);
    const target = { guest, snapshot: snapshot as Snapshot, offer };
    return {
      id: action.id,
      icon: action.icon,
      label: action.label(target, text),
      reason: offer.ready ? undefined : text.message(offer.because),
      ready: offer.ready,
      run: () => action.run(target, stores),
    };
  });
  const copies: MenuItem[] = snapshot
    ? [
        {
          id: 'copy',
          icon: Copy,
          label: text.t('menu.copyName'),
          ready: true,
          run: () => copyText.run(snapshot.name, stores),
        },
      ]
    : [];
  const ends = verbs.filter(({ id }) => id === 'snapshot.deleteSnapshot');
  const others = verbs.filter((each) => !ends.includes(each));
  return (
    <Menu
      place={place}
      label={snapshot ? text.t('menu.title', { name: snapshot.name }) : text.t('snapshots.now')}
      items={inSections(snapshot ? [others, copies, ends] : [take])}
      onClose={onClose}
      giveBack={giveBack}
    />
  );
}
