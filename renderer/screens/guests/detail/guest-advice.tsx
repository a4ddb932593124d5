import { HardDriveDownload, HeartCrack, MemoryStick } from 'lucide-react';
import type { Guest } from '../../../../shared/guest.ts';
import { verbAction } from '../../../actions/act-on-guests.ts';
import { jointOffers } from '../../../actions/verb-offers.ts';
import { Advice } from '../../../parts/advice.tsx';
import { FailureCard } from '../../../parts/failure-card.tsx';
import { IgnoredShutdown } from '../../../parts/ignored-shutdown.tsx';
import { useIgnoredShutdown, useStores, useText } from '../../../stores/context.tsx';

/** What of a guest wants a decision now: it comes before all facts. */
export function GuestAdvice({ guest }: { guest: Guest }) {
  const stores = useStores();
  const text = useText();
  const ignored = useIgnoredShutdown(guest.id) !== undefined;
  const resume = jointOffers([guest]).find(({ verb, ready }) => verb === 'resume' && ready.length > 0);
  const action = verbAction('resume');
  const { ioError, outOfMemory, health } = guest;
  return (
    <>
      {guest.failure && <FailureCard failure={guest.failure} />}
      {ignored && <IgnoredShutdown guest={guest.id} />}
      {ioError && (
        <Advice
          icon={HardDriveDownload}
          title={ioError.disk ? text.t('advice.ioErrorOn', { disk: ioError.disk }) : text.t('advice.ioErrorAny')}
          detail={text.t(`advice.ioError.${ioError.reason}`)}
          buttons={
            resume && (
              <button type="button" className="button small" onClick={() => action.run(resume, stores)}>
                <action.icon size={14} aria-hidden />
                <span>{action.label(resume, text)}</span>
              </button>
            )
          }
        />
      )}
      {outOfMemory && (
        <Advice icon={MemoryStick} title={text.t('advice.outOfMemory')} detail={text.t('advice.outOfMemoryMore')} />
      )}
      {health === 'unhealthy' && (
        <Advice icon={HeartCrack} title={text.t('advice.unhealthy')} detail={text.t('advice.unhealthyMore')} />
      )}
    </>
  );
}
