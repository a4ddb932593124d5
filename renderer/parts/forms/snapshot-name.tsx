import { useEffect, useId, useRef } from 'react';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { longestDescription, longestSnapshotName } from '../../../shared/snapshot-name.ts';
import { useText } from '../../stores/context.tsx';

export type SnapshotNameFault = 'empty' | 'taken';

/** Why a snapshot should not be called so. @param others the snapshots of the guest, without the one that is renamed */
export function snapshotNameFault(name: string, others: readonly Snapshot[]): SnapshotNameFault | undefined {
  const wanted = name.trim();
  if (wanted === '') return 'empty';
  // Engines would take it; a person could not tell the two apart.
  return others.some((other) => other.name === wanted) ? 'taken' : undefined;
}

interface NameFieldProps {
  label: string;
  name: string;
  /** It was not written by the person: typing takes its place, also where another one is proposed meanwhile. */
  proposed?: boolean;
  fault: SnapshotNameFault | undefined;
  /** The keyboard begins here. */
  first?: boolean;
  onChange: (name: string) => void;
}

/** The box for the name of a snapshot, with what is wrong with it. */
export function SnapshotNameField({ label, name, proposed, fault, first, onChange }: NameFieldProps) {
  const text = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another name has lost the selection
  useEffect(() => {
    if (proposed && document.activeElement === input.current) input.current?.select();
  }, [name, proposed]);
  return (
    <div className="form-part">
      <label className="form-field">
        <span>{label}</span>
        <input
          ref={input}
          type="text"
          data-focus-first={first || undefined}
          value={name}
          maxLength={longestSnapshotName}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? id : undefined}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <p id={id} className="form-note bad-text" aria-live="polite">
        {fault && text.t(`snapshotForm.fault.${fault}`, { name: name.trim() })}
      </p>
    </div>
  );
}

export function DescriptionField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const text = useText();
  return (
    <label className="form-field">
      <span>{text.t('snapshotForm.description')}</span>
      <textarea
        rows={3}
        value={value}
        maxLength={longestDescription}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
