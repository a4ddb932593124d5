import { useText } from '../stores/context.tsx';
import { Dialog } from './dialog.tsx';

/** In place of a question or form whose guests somebody else took away while it was open. */
export function GoneDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  return (
    <Dialog title={text.t('form.gone')} onClose={onClose}>
      <p>{text.t('form.goneMore')}</p>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onClose}>
          {text.t('keys.close')}
        </button>
      </div>
    </Dialog>
  );
}
