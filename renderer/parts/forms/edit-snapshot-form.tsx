import { useState } from 'react';
import { useText } from '../../stores/context.tsx';
import { FormFrame, partFor } from './form-frame.tsx';
import type { SnapshotFormProps } from './snapshot-form.tsx';
import { DescriptionField, SnapshotNameField, snapshotNameFault } from './snapshot-name.tsx';

/** Gives a snapshot another name and another description. */
export function EditSnapshotForm({ guest, snapshot, all, onClose }: SnapshotFormProps) {
  const text = useText();
  const [written, setName] = useState(snapshot.name);
  const [description, setDescription] = useState(snapshot.description);
  const name = written.trim();
  const others = all.snapshots.filter(({ id }) => id !== snapshot.id);
  // Two may have been called the same elsewhere: that is no reason to refuse another description.
  const fault = name === snapshot.name ? undefined : snapshotNameFault(name, others);
  const same = name === snapshot.name && description === snapshot.description;
  return (
    <FormFrame
      title={text.t('editSnapshot.title', { name: snapshot.name })}
      verb="editSnapshot"
      yes={text.t('editSnapshot.yes')}
      parts={
        fault
          ? undefined
          : partFor(same ? [] : [guest], { verb: 'editSnapshot', snapshot: snapshot.id, name, description })
      }
      onClose={onClose}
    >
      <SnapshotNameField label={text.t('snapshotForm.name')} name={written} fault={fault} first onChange={setName} />
      <DescriptionField value={description} onChange={setDescription} />
    </FormFrame>
  );
}
