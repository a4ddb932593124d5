import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { longestFilter } from '../../../shared/list-view.ts';
import { clearFilter, filterBoxId } from '../../actions/find-guests.ts';
import { focusGrid } from '../../actions/focus-screen.ts';
import { useGuestList, useInventory, useStores, useText } from '../../stores/context.tsx';
import { type Completion, completionsOf, termName } from '../../stores/filter-completions.ts';
import { termIds } from '../../stores/filter-words.ts';
import { FilterChoices } from './filter-choices.tsx';

/** Every word and term typed must hold for a guest. Terms and their values are offered while they are written. */
export function FilterBox() {
  const stores = useStores();
  const text = useText();
  const filter = useGuestList((list) => list.filter);
  const words = useGuestList((list) => list.words);
  const guests = useInventory((inventory) => inventory.guests);
  const box = useRef<HTMLInputElement>(null);
  /** Where the caret is while choices may be shown; `all`: they were asked for. */
  const [caret, setCaret] = useState<{ at: number; all: boolean }>();
  const [active, setActive] = useState(-1);
  /** Where the caret goes once what was chosen is in the box. */
  const caretNext = useRef<number>(undefined);
  const id = useId();
  const choices = caret ? completionsOf(filter, caret.at, guests, words, text, caret.all) : [];
  const here = active < choices.length ? active : -1;

  useLayoutEffect(() => {
    if (caretNext.current === undefined) return;
    box.current?.setSelectionRange(caretNext.current, caretNext.current);
    caretNext.current = undefined;
  });

  function show(all: boolean): void {
    setActive(-1);
    setCaret({ at: box.current?.selectionStart ?? 0, all });
  }
  function hide(): void {
    setCaret(undefined);
    setActive(-1);
  }
  /** Left, not only covered by another window: what is written is meant. */
  function left(): void {
    hide();
    if (document.activeElement !== box.current) stores.list.getState().setFilter(filter);
  }
  function take({ text: taken, value, start, end }: Completion): void {
    const rest = filter.slice(end);
    // A value is done with: the next word can be typed at once.
    const gap = value !== undefined && !/^[ ,]/.test(rest) ? ' ' : '';
    const at = start + taken.length + (value === undefined || rest.startsWith(',') ? 0 : 1);
    stores.list.getState().setFilter(filter.slice(0, start) + taken + gap + rest, at);
    caretNext.current = at;
    setActive(-1);
    setCaret({ at, all: false });
  }
  function pressed(event: KeyboardEvent): void {
    const choice = choices[here];
    if (event.key === 'Escape' && choices.length > 0) hide();
    else if (event.key === 'Escape' && filter !== '') clearFilter.run(undefined, stores);
    else if (event.key === 'ArrowDown' && event.altKey) show(true);
    else if (event.key === 'ArrowDown' && choices.length > 0) setActive((here + 1) % choices.length);
    else if (event.key === 'ArrowUp' && choices.length > 0) setActive((here <= 0 ? choices.length : here) - 1);
    else if (event.key === 'Enter' && choice) take(choice);
    else if (event.key === 'ArrowDown' || event.key === 'Enter') {
      hide();
      const { setFilter } = stores.list.getState();
      setFilter(filter);
      // Where it finds nobody there is no list to go to.
      if (stores.list.getState().shown.length > 0) focusGrid();
    } else return;
    event.preventDefault();
  }

  return (
    <search className="filter">
      <Search size={14} aria-hidden />
      <input
        ref={box}
        id={filterBoxId}
        type="text"
        role="combobox"
        value={filter}
        maxLength={longestFilter}
        placeholder={text.t('guests.filterHint')}
        aria-label={text.t('guests.filter')}
        aria-autocomplete="list"
        aria-expanded={choices.length > 0}
        aria-controls={choices.length > 0 ? `${id}-choices` : undefined}
        aria-activedescendant={here >= 0 ? `${id}-${here}` : undefined}
        aria-describedby={`${id}-help`}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          stores.list.getState().setFilter(event.target.value, event.target.selectionStart ?? undefined);
          show(false);
        }}
        onClick={() => show(filter === '')}
        onKeyUp={(event) => ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key) && show(false)}
        onBlur={left}
        onKeyDown={pressed}
      />
      <span id={`${id}-help`} hidden>
        {text.t('filter.help', { terms: text.list(termIds.map((term) => termName(term, text))) })}
      </span>
      {filter !== '' && (
        <button
          type="button"
          className="button small icon-only quiet"
          aria-label={clearFilter.label(undefined, text)}
          title={clearFilter.label(undefined, text)}
          onClick={() => {
            clearFilter.run(undefined, stores);
            box.current?.focus();
          }}
        >
          <clearFilter.icon size={14} aria-hidden />
        </button>
      )}
      {caret && <FilterChoices id={id} box={box} choices={choices} active={here} onTake={take} />}
    </search>
  );
}
