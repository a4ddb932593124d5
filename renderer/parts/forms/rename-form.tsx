import { useId, useState } from 'react';
import { useInventory, useText } from '../../stores/context.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';
import { nameFault } from './name-rules.ts';

/** Gives one guest another name. */
export function RenameForm({ guests: [guest], onClose }: FormProps) {
  const text = useText();
  const id = useId();
  const known = useInventory((inventory) => inventory.guests);
  const [name, setName] = useState(guest?.name ?? '');
  const [asked, setAsked] = useState(false);
  if (!guest) return null;
  const fault = nameFault(guest, name, known.values());
  // Before anything is typed, nothing is wrong.
  const shown = fault && (asked || name !== guest.name) ? fault : undefined;
  return (
    <FormFrame
      title={text.t('rename.title', { name: guest.name })}
      verb="rename"
      parts={fault ? undefined : [{ guests: [guest.id], action: { verb: 'rename', name } }]}
      onNotReady={() => setAsked(true)}
      onClose={onClose}
    >
      <label className="form-field">
        <span>{text.t('rename.name')}</span>
        <input
          type="text"
          data-focus-first
          value={name}
          maxLength={255}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={shown !== undefined}
          aria-describedby={id}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p id={id} className={shown ? 'form-note bad-text' : 'form-note quiet-text'} aria-live="polite">
        {shown ? text.t(`rename.fault.${shown}`, { name }) : text.t(`rename.rule.${guest.kind}`)}
      </p>
    </FormFrame>
  );
}
