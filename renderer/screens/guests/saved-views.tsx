import { Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { viewNameId } from '../../actions/save-view.ts';
import { useColumns, useGuestList, useStores, useText, useViews } from '../../stores/context.tsx';
import { presentLook, sameLook } from '../../stores/views-store.ts';
import { visibleText } from '../../text/visible-text.ts';

/** As in shared/list-view.ts. */
const mostViews = 100;
const longestName = 100;

/** Looks of the list that have a name: save, show, rename, delete. */
export function SavedViews({ onDone }: { onDone: () => void }) {
  const stores = useStores();
  const text = useText();
  const saved = useViews((views) => views.saved);
  const [renaming, setRenaming] = useState<string>();
  // Whatever changes the look changes which view is the present one.
  useColumns((all) => all.columns);
  useGuestList((list) => list);
  const look = presentLook(stores.list, stores.columns);
  const views = stores.views.getState();
  return (
    <>
      {saved.length === 0 && <p className="quiet-text">{text.t('views.none')}</p>}
      <ul className="view-list">
        {saved.map(({ name, view }) =>
          name === renaming ? (
            <li key={name}>
              <NameForm
                first={name}
                button={text.t('views.renameDone')}
                taken={(next) => next !== name && saved.some((other) => other.name === next)}
                onName={(next) => {
                  if (next !== name) views.rename(name, next);
                  setRenaming(undefined);
                }}
              />
            </li>
          ) : (
            <li key={name}>
              <button
                type="button"
                className="button quiet view-name"
                aria-label={text.t('views.use', { name })}
                title={visibleText(name)}
                aria-pressed={sameLook(view, look)}
                onClick={() => {
                  views.use(name);
                  onDone();
                }}
              >
                <bdi>{visibleText(name)}</bdi>
              </button>
              <button
                type="button"
                className="button small icon-only quiet"
                aria-label={text.t('views.rename', { name })}
                title={text.t('views.rename', { name })}
                onClick={() => setRenaming(name)}
              >
                <Pencil size={14} aria-hidden />
              </button>
              <button
                type="button"
                className="button small icon-only quiet"
                aria-label={text.t('views.remove', { name })}
                title={text.t('views.remove', { name })}
                onClick={() => views.remove(name)}
              >
                <Trash2 size={14} aria-hidden />
              </button>
            </li>
          ),
        )}
      </ul>
      {saved.length < mostViews && (
        <NameForm
          inputId={viewNameId}
          first=""
          button={text.t('views.save')}
          replace={(name) => saved.some((other) => other.name === name)}
          onName={(name) => views.save(name)}
        />
      )}
      <button
        type="button"
        className="button small quiet"
        onClick={() => {
          views.reset();
          onDone();
        }}
      >
        {text.t('views.reset')}
      </button>
    </>
  );
}

interface NameFormProps {
  inputId?: string;
  first: string;
  button: string;
  /** A name that cannot be given. */
  taken?: (name: string) => boolean;
  /** A name whose view would be replaced. */
  replace?: (name: string) => boolean;
  onName: (name: string) => void;
}

function NameForm({ inputId, first, button, taken, replace, onName }: NameFormProps) {
  const text = useText();
  const id = useId();
  const [written, setWritten] = useState(first);
  const name = written.trim();
  const wrong = taken?.(name) ?? false;
  function done(event: FormEvent): void {
    event.preventDefault();
    if (name === '' || wrong) return;
    onName(name);
    setWritten('');
  }
  return (
    <form className="view-form" onSubmit={done}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus={first !== ''}
        id={inputId}
        className="field"
        type="text"
        value={written}
        maxLength={longestName}
        aria-label={text.t('views.name')}
        placeholder={text.t('views.name')}
        aria-invalid={wrong || undefined}
        aria-describedby={wrong ? id : undefined}
        onChange={(event) => setWritten(event.target.value)}
      />
      <button type="submit" className="button" aria-disabled={name === '' || wrong ? true : undefined}>
        {replace?.(name) ? text.t('views.replace') : button}
      </button>
      {wrong && (
        <p id={id} className="bad-text" role="alert">
          {text.t('views.taken')}
        </p>
      )}
    </form>
  );
}
