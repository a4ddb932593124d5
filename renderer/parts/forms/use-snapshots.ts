import type { GuestId } from '../../../shared/ids.ts';
import type { GuestSnapshots } from '../../../shared/snapshot.ts';
import { useGuestAnswer, useStores } from '../../stores/context.tsx';
import type { Answer } from '../../stores/guest-answer.ts';

/** The snapshots of the guest that a form asks about; those that the pane shows already are there at once. */
export function useSnapshots(guest: GuestId): { answer: Answer<GuestSnapshots>; again: () => void } {
  const { askedSnapshots, snapshots } = useStores();
  const { answer, again } = useGuestAnswer(askedSnapshots, guest);
  const pane = snapshots.getState();
  const { value, at = 0 } = pane.guest === guest ? pane.answer : {};
  return { answer: value && at > (answer.at ?? 0) ? { ...answer, value } : answer, again };
}
