import { useId } from 'react';
import { verbAction } from '../../actions/act-on-guests.ts';
import { toggleDetail } from '../../actions/toggle-detail.ts';
import { type JointOffer, jointOffers, offerReason } from '../../actions/verb-offers.ts';
import { WithTip } from '../../parts/with-tip.tsx';
import { useStores, useText, useView } from '../../stores/context.tsx';
import { useChosen } from './use-chosen.ts';

/** What can be done to the chosen guests; where something can't, the button says why. */
export function VerbBar() {
  const stores = useStores();
  const text = useText();
  const chosen = useChosen();
  const detailOpen = useView((view) => view.detailOpen);
  const label = toggleDetail.label(detailOpen, text);
  return (
    <div className="verb-bar" role="toolbar" aria-label={text.t('guests.verbs')}>
      {chosen.length === 0 ? (
        <span className="quiet-text">{text.t('guests.noneSelected')}</span>
      ) : (
        <>
          {jointOffers(chosen).map((offer) => (
            <VerbButton key={offer.verb} offer={offer} />
          ))}
          <span className="quiet-text selected-count">{text.t('guests.selected', { count: chosen.length })}</span>
        </>
      )}
      <button
        type="button"
        className="button small icon-only quiet bar-end"
        aria-pressed={detailOpen}
        aria-label={label}
        title={label}
        onClick={() => toggleDetail.run(detailOpen, stores)}
      >
        <toggleDetail.icon size={16} aria-hidden />
      </button>
    </div>
  );
}

/** A verb that is not ready stays in reach of the keyboard: its reason must be readable too. */
function VerbButton({ offer }: { offer: JointOffer }) {
  const stores = useStores();
  const text = useText();
  const reasonId = useId();
  const action = verbAction(offer.verb);
  const reason = offerReason(offer, text);
  const ready = offer.ready.length > 0;
  return (
    <WithTip tip={reason}>
      <button
        type="button"
        className="button"
        data-verb={offer.verb}
        aria-disabled={ready ? undefined : true}
        aria-describedby={reason ? reasonId : undefined}
        onClick={() => action.run(offer, stores)}
      >
        <action.icon size={14} aria-hidden />
        <span>{action.label(offer, text)}</span>
      </button>
      {reason && (
        <span id={reasonId} className="for-readers">
          {reason}
        </span>
      )}
    </WithTip>
  );
}
