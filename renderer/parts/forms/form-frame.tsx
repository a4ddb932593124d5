import { type ReactNode, useId } from 'react';
import type { Action } from '../../../shared/action.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { Message } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import { confirmedAction } from '../../actions/act-on-guests.ts';
import { useStores, useText } from '../../stores/context.tsx';
import type { OrderPart } from '../../stores/orders.ts';
import { Dialog } from '../dialog.tsx';
import { FormByHand } from './form-by-hand.tsx';

/** What every form of a verb is given. */
export interface FormProps {
  /** Those that the verb is for and that still exist, as they are now; at least one. */
  readonly guests: readonly Guest[];
  /** Why it is this form and not the one that was asked for. */
  readonly because: Message | undefined;
  readonly onClose: () => void;
}

interface FormFrameProps {
  title: string;
  verb: Verb;
  /**
   * What is to be done as the form is filled in now; undefined while something is missing or wrong. Where nothing
   * would change it is empty: saying yes closes the form, and nothing is sent.
   */
  parts: readonly OrderPart[] | undefined;
  /** What the button says, if not the verb. */
  yes?: string;
  /** It loses something: Cancel has the keyboard and comes first, and Enter in a field does nothing. */
  danger?: boolean;
  /** It may be more than was meant: the same without the colour. */
  careful?: boolean;
  /** Called when the person wants it done although `parts` is undefined: to say what is missing. */
  onNotReady?: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The same action for the guests that it changes; nothing where it changes none. */
export function partFor(guests: readonly Guest[], action: Action): OrderPart[] {
  return guests.length > 0 ? [{ guests: guests.map((guest) => guest.id), action }] : [];
}

/** The dialog around the form of a verb: title, fields, the same by hand, and the two buttons. */
export function FormFrame({
  title,
  verb,
  parts,
  yes,
  danger,
  careful = danger,
  onNotReady,
  onClose,
  children,
}: FormFrameProps) {
  const stores = useStores();
  const text = useText();
  const id = useId();
  const action = confirmedAction(verb);
  return (
    <Dialog title={title} onClose={onClose} {...(careful && { role: 'alertdialog' as const })}>
      <form
        id={id}
        className="verb-form"
        noValidate
        onKeyDown={(event) => {
          // Enter in a field sends a form: what cannot be taken back is said yes to on the button only.
          if (careful && event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (parts) action.run(parts, stores);
          else onNotReady?.();
        }}
      >
        {children}
        <FormByHand parts={parts} />
      </form>
      <div className="dialog-buttons">
        <button type="button" className="button" data-focus-first={careful || undefined} onClick={onClose}>
          {text.t('confirm.cancel')}
        </button>
        <button
          type="submit"
          form={id}
          className={danger ? 'button danger' : 'button primary'}
          aria-disabled={parts ? undefined : true}
        >
          <action.icon size={14} aria-hidden />
          <span>{yes ?? action.label([], text)}</span>
        </button>
      </div>
    </Dialog>
  );
}
