import { Save } from 'lucide-react';
import { useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import { useStores, useText, useView } from '../stores/context.tsx';
import type { Text } from '../text/make-text.ts';
import { visibleText } from '../text/visible-text.ts';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';
import { FailureCard } from './failure-card.tsx';

/** What the bundle holds. */
const parts = ['versions', 'engines', 'settings', 'counts', 'failures', 'journals', 'log'] as const;

/** Shows what a diagnostics bundle holds before it is written, and where it is afterwards. */
export function DiagnosticsDialog() {
  const open = useView((view) => view.diagnosticsOpen);
  return open ? <OpenDialog /> : null;
}

function OpenDialog() {
  const { bridge, view } = useStores();
  const text = useText();
  const [failure, setFailure] = useState<Failure>();
  const [file, setFile] = useState<string>();
  const close = (): void => view.setState({ diagnosticsOpen: false });

  async function save(): Promise<void> {
    const reply = await bridge.call('app.saveDiagnostics', {
      title: text.t('diagnostics.title'),
      suggested: text.t('diagnostics.suggested'),
      about: aboutText(text),
    });
    setFailure(reply.ok ? undefined : reply.failure);
    if (reply.ok && reply.value.file !== undefined) setFile(reply.value.file);
  }

  return (
    <Dialog title={text.t('diagnostics.title')} onClose={close}>
      <p>{text.t('diagnostics.text')}</p>
      <ul className="plain-list">
        {parts.map((part) => (
          <li key={part}>{text.t(`diagnostics.part.${part}`)}</li>
        ))}
      </ul>
      <p className="quiet-text">{text.t('diagnostics.without')}</p>
      <div role="status" className="saved-as">
        {file !== undefined && (
          <>
            <span>{text.t('diagnostics.saved', { file: visibleText(file) })}</span>
            <CopyButton what={file} label={text.t('diagnostics.copyPath')} />
          </>
        )}
      </div>
      {failure && (
        <div role="alert">
          <FailureCard failure={failure} onRetry={() => void save()} />
        </div>
      )}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text.t(file === undefined ? 'confirm.cancel' : 'keys.close')}
        </button>
        <button type="button" className="button" onClick={() => void save()}>
          <Save size={14} aria-hidden />
          <span>{text.t('diagnostics.save')}</span>
        </button>
      </div>
    </Dialog>
  );
}

/** The text in the bundle that says what it holds. */
function aboutText(text: Text): string {
  const lines = parts.map((part) => `- ${text.t(`diagnostics.part.${part}`)}`);
  return [text.t('diagnostics.text'), ...lines, '', text.t('diagnostics.without')].join('\n');
}
