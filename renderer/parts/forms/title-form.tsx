import { useId, useState } from 'react';
import { longestTitle } from '../../../shared/tag.ts';
import { useText } from '../../stores/context.tsx';
import { FormFrame, type FormProps, partFor } from './form-frame.tsx';
import { NameList } from './name-list.tsx';

/** A free line beside the name. It stands in for renaming where that is not possible now, and says why. */
export function TitleForm({ guests, because, onClose }: FormProps) {
  const text = useText();
  const id = useId();
  const [first] = guests;
  const one = guests.length === 1;
  const same = guests.every((guest) => guest.title === first?.title);
  const [written, setWritten] = useState<string>();
  const wanted = written?.trim();
  // Titles that differ stay as they are until something is written: an empty box would take them all away.
  const changing = wanted === undefined ? [] : guests.filter((guest) => (guest.title ?? '') !== wanted);
  const count = guests.length;
  return (
    <FormFrame
      title={text.t('setTitle.title', { count, name: first?.name ?? '' })}
      verb="setTitle"
      parts={partFor(changing, { verb: 'setTitle', title: wanted ?? '' })}
      onClose={onClose}
    >
      {because && (
        <p className="form-reason">
          {text.t('setTitle.instead')} {text.message(because)}
        </p>
      )}
      {!one && <NameList names={guests.map((guest) => guest.name)} />}
      <label className="form-field">
        <span>{text.t('setTitle.field')}</span>
        <input
          type="text"
          data-focus-first
          value={written ?? (same ? (first?.title ?? '') : '')}
          placeholder={same ? undefined : text.t('setTitle.different')}
          maxLength={longestTitle}
          autoComplete="off"
          aria-describedby={id}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setWritten(event.target.value)}
        />
      </label>
      <p id={id} className="form-note quiet-text">
        {text.t(same ? 'setTitle.rule' : 'setTitle.ruleDifferent')}
      </p>
    </FormFrame>
  );
}
