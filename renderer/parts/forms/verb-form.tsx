import type { ComponentType } from 'react';
import type { AskingVerb } from '../../../shared/verbs.ts';
import { useInventory, useStores, useView } from '../../stores/context.tsx';
import { GoneDialog } from '../gone-dialog.tsx';
import { DeleteForm } from './delete-form.tsx';
import { ExportForm } from './export-form.tsx';
import type { FormProps } from './form-frame.tsx';
import { RenameForm } from './rename-form.tsx';
import { RestartPolicyForm } from './restart-policy-form.tsx';
import { TagsForm } from './tags-form.tsx';
import { TakeSnapshotForm } from './take-snapshot-form.tsx';
// from './tags-form.tsx';
import { TitleForm } from './title-form.tsx';

const forms: Readonly<Record<AskingVerb, ComponentType<FormProps>>> = {
  takeSnapshot: TakeSnapshotForm,
  rename: RenameForm,
  setTitle: TitleForm,
  setTags: TagsForm,
  setRestartPolicy: RestartPolicyForm,
  export: ExportForm,
  delete: DeleteForm,
};

/** The form of the verb that asks for more. */
export function VerbForm() {
  const stores = useStores();
  const form = useView((view) => view.form);
  const known = useInventory((inventory) => inventory.guests);
  if (!form) return null;
  const guests = form.guests.flatMap((id) => known.get(id) ?? []);
  const onClose = (): void => stores.view.setState({ form: undefined });
  if (guests.length === 0) return <GoneDialog onClose={onClose} />;
  const Form = forms[form.verb];
  return <Form key={form.guests.join('\n')} guests={guests} because={form.because} onClose={onClose} />;
}
