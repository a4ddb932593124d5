import type { Guest } from '../../shared/guest.ts';
import { confirmedAction } from '../actions/act-on-guests.ts';
import { useInventory, useStores, useText, useView } from '../stores/context.tsx';
import { Dialog } from './dialog.tsx';
import { NameList } from './forms/name-list.tsx';
import { GoneDialog } from './gone-dialog.tsx';

/** Verbs that are asked about with words of their own; another one has those of forcing off. */
const worded = ['forceOff', 'kill', 'reset', 'discardSave'] as const;
type Worded = (typeof worded)[number];

/** Asks before a verb that loses what is not saved. Cancel has the focus: Enter alone harms nothing. */
export function ConfirmVerb() {
  const stores = useStores();
  const text = useText();
  const confirm = useView((view) => view.confirm);
  const guests = useInventory((inventory) => inventory.guests);
  if (!confirm) return null;
  const { verb } = confirm;
  const action = confirmedAction(verb);
  const close = (): void => stores.view.setState({ confirm: undefined });
  // Those that still exist: one that has gone is no question any more.
  const asked = confirm.guests.flatMap((id) => guests.get(id) ?? []);
  if (asked.length === 0) return <GoneDialog onClose={close} />;
  const names = asked.map((guest) => guest.name);
  const count = names.length;
  const word = wordOf(verb, asked);
  return (
    <Dialog role="alertdialog" title={text.t(`confirm.${word}.title`, { count, name: names[0] ?? '' })} onClose={close}>
      <p>{text.t(word === 'kill' ? 'confirm.forceOff.text' : `confirm.${word}.text`, { count })}</p>
      {count > 1 && <NameList names={names} />}
      <div className="dialog-buttons">
        {/* biome-ignore lint/a11y/noAutofocus: the harmless answer is the one at hand */}
        <button type="button" className="button" autoFocus onClick={close}>
          {text.t('confirm.cancel')}
        </button>
        <button
          type="button"
          className="button danger"
          onClick={() => action.run([{ guests: confirm.guests, action: { verb } }], stores)}
        >
          <action.icon size={14} aria-hidden />
          <span>{text.t(`verb.${word}`)}</span>
        </button>
      </div>
    </Dialog>
  );
}

/** The question uses the word that is on the guests' button. */
function wordOf(verb: string, guests: readonly Guest[]): Worded {
  const kill = (guest: Guest): boolean =>
    guest.offers.some((offer) => offer.verb === 'forceOff' && offer.label.key === 'verb.kill');
  if (verb === 'forceOff' && guests.every(kill)) return 'kill';
  return worded.find((word) => word === verb) ?? 'forceOff';
}
