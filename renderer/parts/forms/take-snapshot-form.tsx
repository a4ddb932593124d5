import { useState } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestSnapshots, TakeOffer } from '../../../shared/snapshot.ts';
import { longestSnapshotName } from '../../../shared/snapshot-name.ts';
import { useText } from '../../stores/context.tsx';
import { freeName } from '../../stores/snapshot-facts.ts';
import { FormFrame, type FormProps, partFor } from './form-frame.tsx';
import { DescriptionField, SnapshotNameField, snapshotNameFault } from './snapshot-name.tsx';
import { SnapshotWaits } from './snapshot-waits.tsx';
import { useSnapshots } from './use-snapshots.ts';

/** Keeps what one guest is now. How that is done is for its engine to say: here is asked what there is a choice in. */
export function TakeSnapshotForm({ guests: [guest], onClose }: FormProps) {
  return guest ? <TakeOne guest={guest} onClose={onClose} /> : null;
}

function TakeOne({ guest, onClose }: { guest: Guest; onClose: () => void }) {
  const text = useText();
  const { answer, again } = useSnapshots(guest.id);
  const all = answer.value;
  const known = all?.snapshots ?? [];
  const [written, setName] = useState<string>();
  const [description, setDescription] = useState('');
  const [wantsMemory, setMemory] = useState(true);
  const [wantsFreeze, setFreeze] = useState(true);
  const usual = text.t('snapshotForm.usualName', { number: (all?.snapshots.length ?? guest.snapshots ?? 0) + 1 });
  const name = written ?? freeName(usual, known, longestSnapshotName);
  const fault = all && snapshotNameFault(name, known);
  const memory = all?.takeWithMemory.ready === true && (wantsMemory || !all.takeDisks.ready);
  const freeze = all !== undefined && canFreeze(all, memory) && wantsFreeze;
  const way = memory ? all.takeWithMemory : all?.takeDisks;
  const action = { verb: 'takeSnapshot', name: name.trim(), description: description.trim(), memory, freeze } as const;
  return (
    <FormFrame
      title={text.t('takeSnapshot.title', { name: guest.name })}
      verb="takeSnapshot"
      parts={way?.ready && !fault ? partFor([guest], action) : undefined}
      onClose={onClose}
    >
      <SnapshotNameField
        label={text.t('snapshotForm.name')}
        name={name}
        proposed={written === undefined}
        fault={fault}
        first
        onChange={setName}
      />
      <DescriptionField value={description} onChange={setDescription} />
      <SnapshotWaits answer={answer} again={again} />
      {all && <WhatIsKept all={all} memory={memory} onMemory={setMemory} />}
      {all && canFreeze(all, memory) && (
        <div className="form-choice">
          <label className="check">
            <input type="checkbox" checked={freeze} onChange={(event) => setFreeze(event.target.checked)} />
            <span>{text.t('takeSnapshot.freeze')}</span>
          </label>
          {freeze && <Says offer={all.freeze} />}
        </div>
      )}
    </FormFrame>
  );
}

/** Only the disks alone need their file systems at rest, and those of a guest that is off are. */
function canFreeze({ freeze, now }: GuestSnapshots, memory: boolean): boolean {
  return freeze.ready && now !== 'off' && !memory;
}

/** With memory or without, where both can be done, and what happens; else why it is the one, or none. */
function WhatIsKept({
  all,
  memory,
  onMemory,
}: {
  all: GuestSnapshots;
  memory: boolean;
  onMemory: (on: boolean) => void;
}) {
  const text = useText();
  const { takeWithMemory, takeDisks, now } = all;
  if (takeWithMemory.ready && takeDisks.ready) {
    return (
      <fieldset className="policies">
        <legend>{text.t('takeSnapshot.what')}</legend>
        {[true, false].map((withMemory) => (
          <label key={String(withMemory)} className="policy">
            <input
              type="radio"
              name="snapshot-memory"
              checked={memory === withMemory}
              onChange={() => onMemory(withMemory)}
            />
            <span>{text.t(withMemory ? 'takeSnapshot.memory' : 'takeSnapshot.disks')}</span>
          </label>
        ))}
        <Says offer={memory ? takeWithMemory : takeDisks} />
      </fieldset>
    );
  }
  return (
    <div className="form-choice">
      <Says offer={takeWithMemory.ready ? takeWithMemory : takeDisks} />
      {/* That one which is off has no memory to keep goes without saying. */}
      {!takeWithMemory.ready && takeDisks.ready && now !== 'off' && (
        <p className="form-note quiet-text">
          {text.t('takeSnapshot.noMemory')} {text.message(takeWithMemory.because)}
        </p>
      )}
    </div>
  );
}

/** What happens, in sentences, or why it cannot be. */
function Says({ offer }: { offer: TakeOffer }) {
  const text = useText();
  const lines = offer.ready ? offer.says : [offer.because];
  return (
    <div
      className={offer.ready ? 'form-says quiet-text' : 'form-says bad-text'}
      role={offer.ready ? undefined : 'alert'}
    >
      {lines.map((line) => (
        <p key={line.key}>{text.message(line)}</p>
      ))}
    </div>
  );
}
