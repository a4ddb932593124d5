import { type ReactNode, useId } from 'react';

interface ChoiceProps<T extends string> {
  title: string;
  choices: readonly (readonly [T, ReactNode])[];
  chosen: T;
  onChoose: (value: T) => void;
  /** Said under it. */
  hint?: string | undefined;
  disabled?: boolean;
}

/** One of a few, all of them in sight. */
export function Choice<T extends string>({ title, choices, chosen, onChoose, hint, disabled }: ChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className="choice" disabled={disabled}>
      <legend>{title}</legend>
      <div className="segments">
        {choices.map(([value, face]) => (
          <label key={value}>
            <input type="radio" name={name} checked={value === chosen} onChange={() => onChoose(value)} />
            <span>{face}</span>
          </label>
        ))}
      </div>
      {hint && <p className="quiet-text">{hint}</p>}
    </fieldset>
  );
}
