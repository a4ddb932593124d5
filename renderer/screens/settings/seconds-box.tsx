import { useEffect, useId, useState } from 'react';
import { useText } from '../../stores/context.tsx';

interface SecondsBoxProps {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (seconds: number) => void;
}

/** A number of seconds. What is no number in the range is said to be none, and nothing is changed by it. */
export function SecondsBox({ label, value, least, most, onChange }: SecondsBoxProps) {
  const text = useText();
  const id = useId();
  const written = text.decimal(value);
  const [typed, setTyped] = useState(written);
  useEffect(() => setTyped(written), [written]);
  const number = Number(typed.replace(',', '.'));
  const wrong = typed.trim() === '' || !(number >= least && number <= most);
  return (
    <div className="setting-line">
      <label htmlFor={id}>{label}</label>
      <span className="seconds">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          value={typed}
          aria-invalid={wrong || undefined}
          aria-describedby={`${id}-range`}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => {
            if (wrong) setTyped(written);
            else if (number !== value) onChange(number);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !wrong && number !== value) onChange(number);
          }}
        />
        <span id={`${id}-range`} className={wrong ? 'bad-text' : 'quiet-text'}>
          {text.t('settings.seconds', { least, most })}
        </span>
      </span>
    </div>
  );
}
