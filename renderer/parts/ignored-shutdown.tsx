import { Hourglass } from 'lucide-react';
import type { GuestId } from '../../shared/ids.ts';
import { verbAction } from '../actions/act-on-guests.ts';
import { jointOffers } from '../actions/verb-offers.ts';
import { useInventory, useStores, useText } from '../stores/context.tsx';
import { Advice } from './advice.tsx';

interface IgnoredShutdownProps {
  guest: GuestId;
  /** Takes the notice away; the shut-down is waited for all the same. */
  onKeepWaiting?: () => void;
}

/** The guest has ignored the shut-down so far: force it off, or go on waiting. */
export function IgnoredShutdown({ guest: id, onKeepWaiting }: IgnoredShutdownProps) {
  const stores = useStores();
  const text = useText();
  const guest = useInventory((inventory) => inventory.guests.get(id));
  const offer = guest && jointOffers([guest]).find(({ verb }) => verb === 'forceOff');
  if (!guest) return null;
  const action = verbAction('forceOff');
  return (
    <Advice
      icon={Hourglass}
      title={text.t('ignored.title', { name: guest.name })}
      detail={text.t('ignored.detail')}
      buttons={
        <>
          {offer && offer.ready.length > 0 && (
            <button type="button" className="button small" onClick={() => action.run(offer, stores)}>
              <action.icon size={14} aria-hidden />
              <span>{action.label(offer, text)}</span>
            </button>
          )}
          {onKeepWaiting && (
            <button type="button" className="button small" onClick={onKeepWaiting}>
              {text.t('ignored.keepWaiting')}
            </button>
          )}
        </>
      }
    />
  );
}
