import { useState } from 'react';
import { useText } from '../../stores/context.tsx';
import { standingOn } from '../../stores/snapshot-facts.ts';
import { FormFrame, partFor } from './form-frame.tsx';
import { NameList } from './name-list.tsx';
import type { SnapshotFormProps } from './snapshot-form.tsx';

/** Deletes a snapshot, alone or with all that stand on it. What the guest is now stays as it is. */
export function DeleteSnapshotForm({ guest, snapshot, all, onClose }: SnapshotFormProps) {
  const text = useText();
  const above = standingOn(all.snapshots, snapshot.id);
  const [wanted, setWanted] = useState(false);
  const guarded = above.filter((each) => each.protected);
  const children = wanted && above.length > 0 && guarded.length === 0;
  const going = [snapshot, ...(children ? above : [])];
  const count = above.length;
  const bytes = going.reduce((sum, { size }) => sum + (size?.bytes ?? 0), 0);
  const exact = going.every(({ size }) => size && !size.atLeast);
  // What one in the middle holds is mostly needed by those on it: how much is freed is not known before.
  const frees = bytes > 0 && (children || count === 0);
  return (
    <FormFrame
      title={text.t('deleteSnapshot.title', { name: snapshot.name })}
      verb="deleteSnapshot"
      yes={text.t('deleteSnapshot.yes', { count: going.length })}
      danger
      parts={partFor([guest], { verb: 'deleteSnapshot', snapshot: snapshot.id, children })}
      onClose={onClose}
    >
      <p>
        <strong>{text.t('delete.final')}</strong> {text.t('deleteSnapshot.nowStays', { name: guest.name })}
      </p>
      {count > 0 && (
        <fieldset className="policies">
          <legend>{text.t('deleteSnapshot.what', { count })}</legend>
          <label className="policy">
            <input type="radio" name="snapshot-children" checked={!children} onChange={() => setWanted(false)} />
            <span>
              <strong>{text.t('deleteSnapshot.alone')}</strong>
              <span className="form-note quiet-text">{text.t('deleteSnapshot.aloneMore', { count })}</span>
            </span>
          </label>
          <label className="policy">
            <input
              type="radio"
              name="snapshot-children"
              checked={children}
              disabled={guarded.length > 0}
              onChange={() => setWanted(true)}
            />
            <span>
              <strong>{text.t('deleteSnapshot.children', { count })}</strong>
              {guarded[0] && (
                <span className="form-note quiet-text">
                  {text.t('deleteSnapshot.guarded', { count: guarded.length, name: guarded[0].name })}
                </span>
              )}
            </span>
          </label>
          {children && <NameList names={above.map(({ name }) => name)} />}
        </fieldset>
      )}
      {frees && (
        <p className="delete-sum" aria-live="polite">
          {text.t(exact ? 'delete.freed' : 'delete.freedAtLeast', { size: text.bytes(bytes) })}
        </p>
      )}
    </FormFrame>
  );
}
