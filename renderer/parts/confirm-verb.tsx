import type { Guest } from '../../shared/guest.ts';
import { confirmedAction } from '../actions/act-on-guests.ts';
import { useInventory, useStores, useText, useView } from '../stores/context.tsx';
import { Dialog } from './dialog.tsx';
import { EngineText } from './engine-text.tsx';

/** Names that are listed before the rest is counted. */
const namesListed = 6;

/** Asks before a verb that loses what is not saved. Cancel has the focus: Enter alone harms nothing. */
export function ConfirmVerb() {
  const stores = useStores();
  const text = useText();
  const confirm = useView((view) => view.confirm);
  const guests = useInventory((inventory) => inventory.guests);
  if (!confirm) return null;
  const action = confirmedAction({ verb: confirm.verb });
  const names = confirm.guests.map((id) => guests.get(id)?.name ?? id);
  const count = names.length;
  const word = confirm.guests.every((id) => isKill(guests.get(id))) ? 'kill' : 'forceOff';
  const close = (): void => stores.view.setState({ confirm: undefined });
  return (
    <Dialog role="alertdialog" title={text.t(`confirm.${word}.title`, { count, name: names[0] ?? '' })} onClose={close}>
      <p>{text.t('confirm.forceOff.text', { count })}</p>
      {count > 1 && (
        <ul className="name-list">
          {confirm.guests.slice(0, namesListed).map((id, place) => (
            <li key={id}>
              <EngineText text={names[place] ?? ''} />
            </li>
          ))}
          {count > namesListed && <li>{text.t('confirm.more', { count: count - namesListed })}</li>}
        </ul>
      )}
      <div className="dialog-buttons">
        {/* biome-ignore lint/a11y/noAutofocus: the harmless answer is the one at hand */}
        <button type="button" className="button" autoFocus onClick={close}>
          {text.t('confirm.cancel')}
        </button>
        <button type="button" className="button danger" onClick={() => action.run(confirm.guests, stores)}>
          <action.icon size={14} aria-hidden />
          <span>{text.t(`confirm.${word}.yes`)}</span>
        </button>
      </div>
    </Dialog>
  );
}

/** The question uses the word that is on the guest's button. */
function isKill(guest: Guest | undefined): boolean {
  return guest?.offers.some((offer) => offer.verb === 'forceOff' && offer.label.key === 'verb.kill') ?? false;
}
