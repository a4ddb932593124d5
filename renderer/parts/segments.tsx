import { useId } from 'react';

interface SegmentsProps<T extends string> {
  /** What is chosen, for readers. */
  label: string;
  value: T;
  choices: readonly { readonly value: T; readonly label: string }[];
  onChoose: (value: T) => void;
}

/** A few choices side by side of which one holds. */
export function Segments<T extends string>({ label, value, choices, onChoose }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset className="segments" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChoose(choice.value)} />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
