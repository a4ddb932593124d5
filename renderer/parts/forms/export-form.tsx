import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { useInventory, useStores, useText } from '../../stores/context.tsx';
import { visibleText } from '../../text/visible-text.ts';
import { EngineText } from '../engine-text.tsx';
import { FormFrame, type FormProps } from './form-frame.tsx';

/** A guest's file system as a tar file: the file is chosen in a dialog of the system, for each guest its own. */
export function ExportForm({ guests, onClose }: FormProps) {
  const stores = useStores();
  const text = useText();
  const [files, setFiles] = useState<ReadonlyMap<GuestId, string>>(new Map());
  const [missing, setMissing] = useState(false);
  const [taken, setTaken] = useState<{ file: string; name: string }>();
  const engines = useInventory((inventory) => inventory.engines);
  const parts = guests.flatMap(({ id }) => {
    const file = files.get(id);
    return file === undefined ? [] : [{ guests: [id], action: { verb: 'export' as const, file } }];
  });
  const one = guests.length === 1 ? guests[0] : undefined;

  /** Guests of two engines may have one name: then their engine says which is which. */
  function engineOf({ id, name, engine }: Guest): string | undefined {
    const repeated = guests.some((other) => other.id !== id && other.name === name);
    return repeated ? (engines.get(engine)?.name ?? engine) : undefined;
  }
  function nameOf(guest: Guest): string {
    const engine = engineOf(guest);
    return engine === undefined ? guest.name : `${guest.name} (${engine})`;
  }

  async function choose(guest: Guest): Promise<void> {
    const reply = await stores.bridge.call('app.chooseFile', {
      title: text.t('export.title', { count: 1, name: guest.name }).slice(0, 200),
      suggested: suggestedName(guest.name, engineOf(guest)),
    });
    if (!reply.ok) stores.notices.getState().add({ about: 'failure', failure: reply.failure });
    else if (reply.value.file !== undefined) {
      const { file } = reply.value;
      // The second export would take the place of the first.
      const other = guests.find(({ id }) => id !== guest.id && files.get(id) === file);
      setTaken(other && { file, name: nameOf(other) });
      if (other) return;
      setFiles((before) => new Map(before).set(guest.id, file));
    }
  }

  return (
    <FormFrame
      title={text.t('export.title', { count: guests.length, name: one?.name ?? '' })}
      verb="export"
      parts={parts.length > 0 ? parts : undefined}
      yes={one ? text.t('export.yes') : text.t('export.yesCount', { count: parts.length })}
      onNotReady={() => setMissing(true)}
      onClose={onClose}
    >
      <p>{text.t('export.text')}</p>
      <ul className="export-files">
        {guests.map((guest, place) => {
          const file = files.get(guest.id);
          return (
            <li key={guest.id}>
              {!one && <EngineText text={nameOf(guest)} className="guest-name" />}
              <span className="export-file">
                {file === undefined ? (
                  <span className={missing ? 'bad-text' : 'quiet-text'}>{text.t('export.noFile')}</span>
                ) : (
                  <EngineText text={file} className="wraps" />
                )}
                <button
                  type="button"
                  className="button small"
                  data-focus-first={place === 0 || undefined}
                  aria-label={one ? undefined : text.t('export.chooseFor', { name: nameOf(guest) })}
                  onClick={() => void choose(guest)}
                >
                  <FolderOpen size={14} aria-hidden />
                  <span>{text.t('export.choose')}</span>
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      {taken && (
        <p className="bad-text" role="alert">
          {text.t('export.taken', { file: visibleText(taken.file), name: visibleText(taken.name) })}
        </p>
      )}
      {missing && parts.length === 0 && (
        <p className="bad-text" role="alert">
          {text.t('export.chooseFirst')}
        </p>
      )}
    </FormFrame>
  );
}

/** The guest's name as a file may be called. */
function suggestedName(guest: string, engine: string | undefined): string {
  const name = engine === undefined ? guest : `${guest}-${engine.replaceAll(' ', '-')}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  return `${name.replace(/[/\\\u0000-\u001f]/g, '-').slice(0, 240)}.tar`;
}
