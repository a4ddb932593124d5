import { LoaderCircle } from 'lucide-react';
import type { GuestSnapshots } from '../../../shared/snapshot.ts';
import { useText } from '../../stores/context.tsx';
import type { Answer } from '../../stores/guest-answer.ts';
import { FailureCard } from '../failure-card.tsx';

/** In a form: the snapshots are being read, or could not be. */
export function SnapshotWaits({ answer, again }: { answer: Answer<GuestSnapshots>; again: () => void }) {
  const text = useText();
  if (answer.failure) return <FailureCard failure={answer.failure} onRetry={again} />;
  if (answer.value) return null;
  return (
    <p className="form-waits" role="status">
      <LoaderCircle size={14} aria-hidden className="spin" />
      <span>{text.t('config.reading')}</span>
    </p>
  );
}
