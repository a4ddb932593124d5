import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { PaletteEntry } from '../../actions/palette-entry.ts';
import { PaletteSearch } from '../../actions/palette-search.ts';
import { useStores, useText, useView } from '../../stores/context.tsx';
import { Dialog } from '../dialog.tsx';
import { EngineText } from '../engine-text.tsx';
import { ShortcutKeys } from '../shortcut-keys.tsx';

/** Entries that are remembered as used lately. */
const mostRecent = 8;

/** All actions and all guests by what they are called: Ctrl+K. */
export function Palette() {
  const open = useView((view) => view.paletteOpen);
  return open ? <OpenPalette /> : null;
}

function OpenPalette() {
  const stores = useStores();
  const text = useText();
  const recent = useView((view) => view.recent);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const search = useMemo(() => new PaletteSearch(stores, text), [stores, text]);
  const entries = useMemo(() => search.find(query, recent), [search, query, recent]);
  const close = (): void => stores.view.setState({ paletteOpen: false });

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  function run(entry: PaletteEntry | undefined): void {
    if (!entry || entry.because !== undefined) return;
    const others = recent.filter((id) => id !== entry.id);
    stores.view.setState({ paletteOpen: false, recent: [entry.id, ...others].slice(0, mostRecent) });
    // After the dialog has given the focus back: what is run may want it.
    queueMicrotask(() => entry.run());
  }

  function pressed(event: KeyboardEvent): void {
    const last = entries.length - 1;
    const goal = {
      ...{ ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1 },
      ...{ PageDown: Math.min(last, at + 8), PageUp: Math.max(0, at - 8) },
    }[event.key];
    if (goal !== undefined) setAt(Math.max(0, goal));
    else if (event.key === 'Enter') run(entries[at]);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title={text.t('palette.title')} onClose={close} className="palette">
      <search className="palette-search">
        <Search size={16} aria-hidden />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={listId}
          aria-activedescendant={entries[at] ? `${listId}-${at}` : undefined}
          aria-autocomplete="list"
          aria-label={text.t('palette.label')}
          placeholder={text.t('palette.hint')}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={pressed}
        />
      </search>
      <div ref={list} id={listId} role="listbox" aria-label={text.t('palette.title')} className="palette-list">
        {entries.map((entry, place) => (
          <Line key={entry.id} id={`${listId}-${place}`} entry={entry} here={place === at} onRun={() => run(entry)} />
        ))}
      </div>
      <p className="quiet-text palette-foot" role="status">
        {entries.length === 0 ? text.t('palette.none') : text.t('palette.count', { count: entries.length })}
      </p>
    </Dialog>
  );
}

interface LineProps {
  id: string;
  entry: PaletteEntry;
  here: boolean;
  onRun: () => void;
}

function Line({ id, entry, here, onRun }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keyboard
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={here}
      aria-disabled={entry.because !== undefined || undefined}
      className="palette-line"
      // The box keeps the keyboard.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      <entry.icon size={16} aria-hidden />
      <EngineText text={entry.label} />
      {(entry.because ?? entry.detail) && <span className="quiet-text">{entry.because ?? entry.detail}</span>}
      {entry.shortcut && <ShortcutKeys shortcut={entry.shortcut} />}
    </div>
  );
}
