import type { Guest } from '../../shared/guest.ts';
import type { Snapshot, SnapshotOffer } from '../../shared/snapshot.ts';
import type { SnapshotVerb } from '../../shared/verbs.ts';
import type { AskingSnapshotVerb } from '../stores/view-store.ts';
import { verbIcon } from './act-on-guests.ts';
import type { UserAction } from './user-action.ts';

/** A snapshot of a guest, and what it offers of a verb now. */
export interface SnapshotTarget {
  readonly guest: Guest;
  readonly snapshot: Snapshot;
  readonly offer: SnapshotOffer;
}

/** A verb on one snapshot: asks for what it needs; where it is not ready it says why. */
export function snapshotAction(verb: SnapshotVerb): UserAction<SnapshotTarget> {
  return {
    id: `snapshot.${verb}`,
    icon: verbIcon(verb),
    label: (_target, text) => text.t(`snapshots.do.${verb}`),
    run({ guest, snapshot, offer }, stores) {
      if (!offer.ready) {
        const title = { key: 'failure.title.act', params: { verb: `verb.${verb}`, name: guest.name } } as const;
        const failure = { code: 'not-offered', title, detail: offer.because, remedies: [], guest: guest.id } as const;
        stores.notices.getState().add({ about: 'failure', failure: { ...failure, remedies: [] } });
      } else if (asks(verb)) stores.view.setState({ snapshotForm: { verb, guest: guest.id, snapshot: snapshot.id } });
      else void stores.orders.act([guest.id], { verb, snapshot: snapshot.id });
    },
  };
}

function asks(verb: SnapshotVerb): verb is AskingSnapshotVerb {
  return verb !== 'protectSnapshot' && verb !== 'unprotectSnapshot';
}
