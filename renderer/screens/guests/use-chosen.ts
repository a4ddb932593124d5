import { useMemo } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { useInventory, useSelection } from '../../stores/context.tsx';

/** The chosen guests as they are now, in no particular order. */
export function useChosen(): readonly Guest[] {
  const chosen = useSelection((selection) => selection.chosen);
  const guests = useInventory((inventory) => inventory.guests);
  return useMemo(() => [...chosen].flatMap((id) => guests.get(id) ?? []), [chosen, guests]);
}
