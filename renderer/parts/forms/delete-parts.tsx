import { useId } from 'react';
import type { DeletePart, DeletePlan } from '../../../shared/delete-plan.ts';
import { useText } from '../../stores/context.tsx';
import { EngineText } from '../engine-text.tsx';
import { type Choice, choosableKinds, goes, sumOf, withKind, withPart } from './delete-choice.ts';

interface PartsProps {
  plan: DeletePlan;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

/** The parts of one guest: what always goes, what the person chooses, and what stays, with the reason. */
export function OnePlan({ plan, choice, onChoose }: PartsProps) {
  const text = useText();
  return (
    <ul className="delete-parts" aria-label={text.t('delete.parts')}>
      {plan.parts.map((part) => (
        <Part
          key={part.id}
          part={part}
          going={goes(plan, part, choice)}
          onChange={(chosen) => onChoose(withPart(choice, plan.guest, part, chosen))}
        />
      ))}
    </ul>
  );
}

interface PartProps {
  part: DeletePart;
  going: boolean;
  onChange: (chosen: boolean) => void;
}

function Part({ part, going, onChange }: PartProps) {
  const text = useText();
  const noteId = useId();
  const id = useId();
  const { kind, name, size, count = 1, because } = part;
  return (
    <li className="delete-part" data-goes={part.goes}>
      <input
        id={id}
        type="checkbox"
        checked={going}
        aria-disabled={part.goes === 'person' ? undefined : true}
        aria-describedby={noteId}
        onChange={(event) => part.goes === 'person' && onChange(event.target.checked)}
      />
      <label htmlFor={id}>
        <span>{text.t(`part.kind.${kind}`, { count })}</span>
        {name !== '' && <EngineText text={name} className="wraps part-name" />}
      </label>
      <span className="digits part-size">{size !== undefined && text.bytes(size)}</span>
      <span id={noteId} className="part-note">
        {because ? text.message(because) : part.goes === 'always' ? text.t('delete.always', { count }) : ''}
        {part.goes === 'never' && !because && text.t('delete.stays')}
      </span>
    </li>
  );
}

interface GuestPartsProps extends PartsProps {
  name: string;
  /** Whether it is unfolded at first. */
  open: boolean;
}

/** The same for one of several guests, to unfold. */
export function GuestParts({ name, open, ...parts }: GuestPartsProps) {
  const text = useText();
  const sum = sumOf([parts.plan], parts.choice);
  return (
    <details className="delete-guest" open={open}>
      <summary>
        <EngineText text={name} className="guest-name" />
        <span className="quiet-text digits">{text.bytes(sum.bytes)}</span>
      </summary>
      <OnePlan {...parts} />
    </details>
  );
}

interface CommonChoiceProps {
  plans: readonly DeletePlan[];
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

/** One choice for all guests: for each kind of part, whether all of them go. */
export function CommonChoice({ plans, choice, onChoose }: CommonChoiceProps) {
  const text = useText();
  const kinds = choosableKinds(plans, choice);
  if (kinds.size === 0) return null;
  return (
    <fieldset className="common-choice">
      <legend>{text.t('delete.common')}</legend>
      {Array.from(kinds, ([kind, { count, chosen, size }]) => (
        <label key={kind} className="check">
          <input
            ref={(box) => {
              if (box) box.indeterminate = chosen > 0 && chosen < count;
            }}
            type="checkbox"
            checked={chosen === count}
            onChange={(event) => onChoose(withKind(plans, choice, kind, event.target.checked))}
          />
          <span>{text.t(`delete.all.${kind}`, { count })}</span>
          <span className="quiet-text digits">{size > 0 && text.bytes(size)}</span>
        </label>
      ))}
    </fieldset>
  );
}
