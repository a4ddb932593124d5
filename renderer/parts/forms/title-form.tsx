import { useId, useState } from 'react';
import { longestTitle } from '../../../shared/tag.ts';
import { useText } from '../../stores/context.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';
import { NameList } from './name-list.tsx';

/** A free line beside the name. It stands in for renaming where that is not possible now, and says why. */
export function TitleForm({ guests, because, onClose }: FormProps) {
  const text = useText();
  const id = useId();
  const [first] = guests;
  const one = guests.length === 1;
  const before = guests.every((guest) => guest.title === first?.title) ? (first?.title ?? '') : '';
  const [title, setTitle] = useState(before);
  const count = guests.length;
  return (
    <FormFrame
      title={text.t('setTitle.title', { count, name: first?.name ?? '' })}
      verb="setTitle"
      parts={[{ guests: guests.map((guest) => guest.id), action: { verb: 'setTitle', title: title.trim() } }]}
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
          value={title}
          maxLength={longestTitle}
          autoComplete="off"
          aria-describedby={id}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTitle(event.target.value)}
        />
      </label>
      <p id={id} className="form-note quiet-text">
        {text.t('setTitle.rule')}
      </p>
    </FormFrame>
  );
}
