import { LoaderCircle } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { onStates } from '../../../shared/guest-words.ts';
import { useText } from '../../stores/context.tsx';
import type { Text } from '../../text/make-text.ts';
import { FailureCard } from '../failure-card.tsx';
import { asProposed, deleteOrder, sumOf } from './delete-choice.ts';
import { CommonChoice, GuestParts, OnePlan } from './delete-parts.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';
import { useDeletePlans } from './use-delete-plans.ts';

/** More guests than this are decided on together only. */
const guestsShown = 50;

/** What goes with the guests and what stays, before they are deleted for good. */
export function DeleteForm({ guests, onClose }: FormProps) {
  const text = useText();
  // Those that were asked about: one that goes meanwhile is not asked about again.
  const [asked] = useState(() => guests.map((guest) => guest.id));
  const { plans, complete, failure, again } = useDeletePlans(asked);
  const here = useMemo(() => {
    const ids = new Set(guests.map((guest) => guest.id));
    return plans.filter((plan) => ids.has(plan.guest) && !plan.failure);
  }, [plans, guests]);
  const [choice, setChoice] = useState(asProposed);
  const byId = new Map(guests.map((guest) => [guest.id, guest]));
  const sum = sumOf(here, choice);
  const failed = plans.filter((plan) => plan.failure);
  const verb = verbWord(guests, text);
  const [only] = guests.length === 1 ? guests : [];
  const running = guests.filter(({ state }) => onStates.has(state));
  const ended = new Set(running.map(({ id }) => id));

  return (
    <FormFrame
      title={text.t('delete.title', { verb, what: whatGoes(guests, text) })}
      verb="delete"
      danger
      parts={complete && here.length > 0 ? deleteOrder(here, choice, ended) : undefined}
      yes={text.t('delete.yes', {
        verb,
        what: text.list([
          whatGoes(
            here.flatMap((plan) => byId.get(plan.guest) ?? []),
            text,
          ) || whatGoes(guests, text),
          ...(sum.disks > 0 ? [text.t('delete.disks', { count: sum.disks })] : []),
          ...(sum.volumes > 0 ? [text.t('delete.volumes', { count: sum.volumes })] : []),
        ]),
      })}
      onClose={onClose}
    >
      <p>
        <strong>{text.t('delete.final')}</strong>
        {running.length > 0 && ` ${text.t('delete.running', { count: running.length, how: howEnded(running) })}`}
      </p>
      {failure && <FailureCard failure={failure} onRetry={again} />}
      {!complete && !failure && (
        <p className="form-waits" role="status">
          <LoaderCircle size={14} aria-hidden className="spin" />
          <span>{text.t('delete.looking', { done: plans.length, count: asked.length })}</span>
        </p>
      )}
      {only && here[0] && <OnePlan plan={here[0]} choice={choice} onChoose={setChoice} />}
      {!only && <CommonChoice plans={here} choice={choice} onChoose={setChoice} />}
      {!only && here.length > 0 && (
        <div className="delete-guests">
          {here.slice(0, guestsShown).map((plan) => (
            <GuestParts
              key={plan.guest}
              name={byId.get(plan.guest)?.name ?? plan.guest}
              open={here.length <= 3}
              plan={plan}
              choice={choice}
              onChoose={setChoice}
            />
          ))}
          {here.length > guestsShown && (
            <p className="quiet-text">{text.t('delete.more', { count: here.length - guestsShown })}</p>
          )}
        </div>
      )}
      {complete && here.length > 0 && (sum.bytes > 0 || sum.more) && (
        <p className="delete-sum" aria-live="polite">
          {text.t(sum.more ? 'delete.freedAtLeast' : 'delete.freed', { size: text.bytes(sum.bytes) })}
        </p>
      )}
      {failed.slice(0, guestsShown).map((plan) => (
        // biome-ignore lint/style/noNonNullAssertion: only plans with a failure are here
        <FailureCard key={plan.guest} failure={plan.failure!} onRetry={again} />
      ))}
      {failed.length > 0 && here.length > 0 && (
        <p className="quiet-text">{text.t('delete.leftOut', { count: failed.length })}</p>
      )}
    </FormFrame>
  );
}

/** `Delete`, `Remove`, or both where the guests call it differently. */
function verbWord(guests: readonly Guest[], text: Text): string {
  const labels = guests.flatMap(({ offers }) => offers.find((offer) => offer.verb === 'delete')?.label ?? []);
  return [...new Set(labels.map((label) => text.message(label)))].join(' / ') || text.t('verb.delete');
}

function whatGoes(guests: readonly Guest[], text: Text): string {
  const [first] = guests;
  if (!first) return '';
  return guests.length === 1 ? first.name : text.t('delete.guests', { count: guests.length });
}

/** How those that run are ended, by the words of their own button. */
function howEnded(guests: readonly Guest[]): 'kill' | 'forceOff' | 'both' {
  const kills = guests.filter(({ offers }) => offers.some(({ label }) => label.key === 'verb.kill')).length;
  if (kills === 0) return 'forceOff';
  return kills === guests.length ? 'kill' : 'both';
}
