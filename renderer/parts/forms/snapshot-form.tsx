import type { ComponentType } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestSnapshots, Snapshot, SnapshotId } from '../../../shared/snapshot.ts';
import { useInventory, useStores, useText, useView } from '../../stores/context.tsx';
import type { AskingSnapshotVerb } from '../../stores/view-store.ts';
import { Dialog } from '../dialog.tsx';
import { GoneDialog } from '../gone-dialog.tsx';
import { DeleteSnapshotForm } from './delete-snapshot-form.tsx';
import { EditSnapshotForm } from './edit-snapshot-form.tsx';
import { RestoreSnapshotForm } from './restore-snapshot-form.tsx';
import { SnapshotWaits } from './snapshot-waits.tsx';
import { useSnapshots } from './use-snapshots.ts';

/** What every form about one snapshot is given. */
export interface SnapshotFormProps {
  readonly guest: Guest;
  readonly snapshot: Snapshot;
  /** All of the guest, as they are now. */
  readonly all: GuestSnapshots;
  readonly onClose: () => void;
}

const forms: Readonly<Record<AskingSnapshotVerb, ComponentType<SnapshotFormProps>>> = {
  restoreSnapshot: RestoreSnapshotForm,
  editSnapshot: EditSnapshotForm,
  deleteSnapshot: DeleteSnapshotForm,
};

/** The form of a verb on one snapshot that asks for more. */
export function SnapshotForm() {
  const stores = useStores();
  const form = useView((view) => view.snapshotForm);
  const guest = useInventory((inventory) => form && inventory.guests.get(form.guest));
  if (!form) return null;
  const onClose = (): void => stores.view.setState({ snapshotForm: undefined });
  if (!guest) return <GoneDialog onClose={onClose} />;
  return <OfSnapshot key={form.snapshot} guest={guest} snapshot={form.snapshot} verb={form.verb} onClose={onClose} />;
}

interface OfSnapshotProps {
  guest: Guest;
  snapshot: SnapshotId;
  verb: AskingSnapshotVerb;
  onClose: () => void;
}

function OfSnapshot({ guest, snapshot: id, verb, onClose }: OfSnapshotProps) {
  const text = useText();
  const { answer, again } = useSnapshots(guest.id);
  const { value: all } = answer;
  const snapshot = all?.snapshots.find((each) => each.id === id);
  const Form = forms[verb];
  if (all && snapshot) return <Form guest={guest} snapshot={snapshot} all={all} onClose={onClose} />;
  if (all) return <GoneDialog onClose={onClose} />;
  return (
    <Dialog title={text.t(`verb.${verb}`)} onClose={onClose}>
      <SnapshotWaits answer={answer} again={again} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {text.t('confirm.cancel')}
        </button>
      </div>
    </Dialog>
  );
}
