import { useEffect, useState } from 'react';
import type { DeletePlan } from '../../../shared/delete-plan.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { useStores } from '../../stores/context.tsx';

/** Main looks at one guest after another: many are asked for in several steps, so that it can be seen how far it is. */
const atOnce = 50;

interface Plans {
  readonly plans: readonly DeletePlan[];
  /** Every guest has been looked at. */
  readonly complete: boolean;
  /** Why main has not answered at all. */
  readonly failure: Failure | undefined;
  again(): void;
}

/** What would go with each of these guests, read when the form opens, and again when the person asks. */
export function useDeletePlans(guests: readonly GuestId[]): Plans {
  const { bridge } = useStores();
  const [plans, setPlans] = useState<readonly DeletePlan[]>([]);
  const [complete, setComplete] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [round, setRound] = useState(0);
  const wanted = guests.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again
  useEffect(() => {
    let current = true;
    setPlans([]);
    setComplete(false);
    setFailure(undefined);
    async function read(): Promise<void> {
      const all = wanted.split('\n') as GuestId[];
      for (let place = 0; place < all.length; place += atOnce) {
        const reply = await bridge.call('guest.planDelete', { guests: all.slice(place, place + atOnce) });
        if (!current) return;
        if (!reply.ok) {
          setFailure(reply.failure);
          return;
        }
        setPlans((before) => [...before, ...reply.value.plans]);
      }
      setComplete(true);
    }
    void read();
    return () => {
      current = false;
    };
  }, [bridge, wanted, round]);
  return { plans, complete, failure, again: () => setRound((before) => before + 1) };
}
