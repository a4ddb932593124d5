import { useState } from 'react';
import { longestSnapshotName } from '../../../shared/snapshot-name.ts';
import { useText } from '../../stores/context.tsx';
import { freeName, keepOffer } from '../../stores/snapshot-facts.ts';
import { useNow } from '../use-now.ts';
import { FormFrame, partFor } from './form-frame.tsx';
import type { SnapshotFormProps } from './snapshot-form.tsx';
import { SnapshotNameField, snapshotNameFault } from './snapshot-name.tsx';

/** Takes a guest back to a snapshot. What it is now is kept first, unless the person does not want that. */
export function RestoreSnapshotForm({ guest, snapshot, all, onClose }: SnapshotFormProps) {
  const text = useText();
  const time = useNow(false);
  const offer = keepOffer(all);
  const [wantsKeep, setKeep] = useState(true);
  const [written, setName] = useState<string>();
  const keep = offer.ready && wantsKeep;
  const usual = `${text.t('restoreSnapshot.usualName')} ${snapshot.name}`;
  const name = written ?? freeName(usual, all.snapshots, longestSnapshotName);
  const fault = keep ? snapshotNameFault(name, all.snapshots) : undefined;
  const current = all.snapshots.find(({ id }) => id === all.current);
  const on = all.now === 'off' ? 'off' : 'on';
  const action = { verb: 'restoreSnapshot', snapshot: snapshot.id, ...(keep && { keepNow: name.trim() }) } as const;
  return (
    <FormFrame
      title={text.t('restoreSnapshot.title', { guest: guest.name, name: snapshot.name })}
      verb="restoreSnapshot"
      yes={text.t(keep ? 'restoreSnapshot.yesKeep' : 'restoreSnapshot.yes')}
      careful
      danger={!keep}
      parts={fault ? undefined : partFor([guest], action)}
      onClose={onClose}
    >
      <ul className="form-list">
        <li>
          {text.t(snapshot.memory ? 'restoreSnapshot.memory' : 'restoreSnapshot.disks', { state: snapshot.state })}
        </li>
        {on === 'on' && <li>{text.t('restoreSnapshot.ends')}</li>}
        <li>{text.t('restoreSnapshot.configuration')}</li>
      </ul>
      <div className="form-choice">
        <label className="check">
          <input
            type="checkbox"
            checked={keep}
            disabled={!offer.ready}
            onChange={(event) => setKeep(event.target.checked)}
          />
          <span>{text.t('restoreSnapshot.keep')}</span>
        </label>
        {!offer.ready && <p className="form-note quiet-text">{text.message(offer.because)}</p>}
        {keep ? (
          <SnapshotNameField
            label={text.t('restoreSnapshot.keptName')}
            name={name}
            proposed={written === undefined}
            fault={fault}
            onChange={setName}
          />
        ) : (
          <p className="bad-text" role="alert">
            {current
              ? text.t('restoreSnapshot.lost', { on, name: current.name, ago: text.ago(time - current.createdAt) })
              : text.t('restoreSnapshot.lostAll', { on })}
          </p>
        )}
      </div>
    </FormFrame>
  );
}
