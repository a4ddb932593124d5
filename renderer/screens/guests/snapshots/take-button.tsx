import { useId } from 'react';
import type { Guest } from '../../../../shared/guest.ts';
import { verbAction } from '../../../actions/act-on-guests.ts';
import { jointOffers, offerReason } from '../../../actions/verb-offers.ts';
import { WithTip } from '../../../parts/with-tip.tsx';
import { useStores, useText } from '../../../stores/context.tsx';

/** Takes a snapshot of the guest, or says why it cannot; nothing for a guest that has none. */
export function TakeButton({ guest, worded = false }: { guest: Guest; worded?: boolean }) {
  const stores = useStores();
  const text = useText();
  const reasonId = useId();
  const offer = jointOffers([guest]).find(({ verb }) => verb === 'takeSnapshot');
  if (!offer) return null;
  const action = verbAction('takeSnapshot');
  const label = action.label(offer, text);
  const reason = offerReason(offer, text);
  return (
    <WithTip tip={reason ?? (worded ? undefined : label)}>
      <button
        type="button"
        className={worded ? 'button small' : 'button small icon-only'}
        aria-label={worded ? undefined : label}
        aria-disabled={offer.ready.length > 0 ? undefined : true}
        aria-describedby={reason ? reasonId : undefined}
        onClick={() => action.run(offer, stores)}
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
