import { say } from '../../../../shared/message.ts';
import { tooLate, within } from '../deadline.ts';
import { Refusal } from '../refusal.ts';

/**
 * The answer, if it comes in time.
 * @param ms milliseconds
 * @throws Refusal when libvirt has not answered by then
 */
export async function bounded<T>(asked: Promise<T>, ms: number): Promise<T> {
  const answer = await within(asked, ms);
  if (answer !== tooLate) return answer;
  const seconds = Math.round(ms / 1000);
  throw new Refusal('engine-hung', say('failure.detail.hung', { seconds }), [{ do: 'retry' }]);
}
