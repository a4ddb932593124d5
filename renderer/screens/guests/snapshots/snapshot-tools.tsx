import { useId } from 'react';
import type { Guest } from '../../../../shared/guest.ts';
import type { Snapshot, SnapshotOffer } from '../../../../shared/snapshot.ts';
import { snapshotAction } from '../../../actions/act-on-snapshots.ts';
import { WithTip } from '../../../parts/with-tip.tsx';
import { useStores, useText } from '../../../stores/context.tsx';
import { offersNow } from '../../../stores/snapshot-facts.ts';

interface SnapshotToolsProps {
  guest: Guest;
  /** Undefined: NOW is chosen. */
  snapshot: Snapshot | undefined;
  live: boolean;
}

/** What can be done with the chosen snapshot; where something can't, the button says why. */
export function SnapshotTools({ guest, snapshot, live }: SnapshotToolsProps) {
  const text = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div className="side-tools" role="group" aria-label={text.t('snapshots.verbs')}>
      {snapshot ? (
        offersNow(snapshot, live).map((offer) => (
          <Tool key={offer.verb} guest={guest} snapshot={snapshot} offer={offer} />
        ))
      ) : (
        <span className="quiet-text">{text.t('snapshots.choose')}</span>
      )}
    </div>
  );
}

/** Going back has its words; the others are pictures with a tip: the pane is narrow. */
function Tool({ guest, snapshot, offer }: { guest: Guest; snapshot: Snapshot; offer: SnapshotOffer }) {
  const stores = useStores();
  const text = useText();
  const reasonId = useId();
  const action = snapshotAction(offer.verb);
  const target = { guest, snapshot, offer };
  const label = action.label(target, text);
  const reason = offer.ready ? undefined : text.t('verb.notReady', { reasons: text.message(offer.because) });
  const worded = offer.verb === 'restoreSnapshot';
  return (
    <WithTip tip={[!worded && label, reason].filter(Boolean).join(' · ') || undefined}>
      <button
        type="button"
        className={worded ? 'button small' : 'button small icon-only'}
        data-verb={offer.verb}
        aria-label={worded ? undefined : label}
        aria-disabled={offer.ready ? undefined : true}
        aria-describedby={reason ? reasonId : undefined}
        onClick={() => offer.ready && action.run(target, stores)}
      >
        <action.icon size={14} aria-hidden />
        {worded && <span>{label}</span>}
      </button>
      {reason && (
        <span id={reasonId} className="for-readers">
          {reason}
        </span>
      )}
    </WithTip>
  );
}
