import { type RefObject, useEffect, useRef } from 'react';
import { Floating } from '../../parts/floating.tsx';
import { useGuestList, useText } from '../../stores/context.tsx';
import {
  type Completion,
  type FilterDoubt,
  filterDoubt,
  listedValues,
  termName,
} from '../../stores/filter-completions.ts';
import { termIds } from '../../stores/filter-words.ts';
import type { Text } from '../../text/make-text.ts';
import { visibleText } from '../../text/visible-text.ts';

interface FilterChoicesProps {
  /** Ids in the page begin with it. */
  id: string;
  box: RefObject<HTMLElement | null>;
  choices: readonly Completion[];
  /** Which of them the keyboard is at; -1: none. */
  active: number;
  onTake: (choice: Completion) => void;
}

/** Under the filter: what may be written next, or what of it is not understood. Nothing where there is neither. */
export function FilterChoices({ id, box, choices, active, onTake }: FilterChoicesProps) {
  const text = useText();
  const doubt = useGuestList((list) => filterDoubtKey(list.filter));
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  if (choices.length === 0 && !doubt) return null;
  return (
    <Floating anchor={() => box.current?.getBoundingClientRect()} prefer="below" className="panel filter-choices">
      {choices.length > 0 ? (
        <div ref={list} role="listbox" id={`${id}-choices`} aria-label={text.t('filter.choices')}>
          {choices.map((choice, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keyboard
            <div
              key={choice.text}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === active}
              tabIndex={-1}
              className="menu-item"
              // The box keeps the keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onTake(choice)}
            >
              <bdi>{visibleText(choice.value ?? choice.text)}</bdi>
              {choice.value === undefined && <span className="quiet-text">{example(choice, text)}</span>}
            </div>
          ))}
        </div>
      ) : (
        doubt && <p role="status">{doubtWords(JSON.parse(doubt) as FilterDoubt, text)}</p>
      )}
    </Floating>
  );
}

/** As text, so that the same doubt is not another one. */
function filterDoubtKey(filter: string): string | undefined {
  const doubt = filterDoubt(filter);
  return doubt && JSON.stringify(doubt);
}

function example({ term }: Completion, text: Text): string {
  return listedValues(term, text).slice(0, 3).join(', ');
}

function doubtWords(doubt: FilterDoubt, text: Text): string {
  if (doubt.about === 'term') {
    const terms = text.list(termIds.map((term) => termName(term, text)));
    return `${text.t('filter.noTerm', { name: doubt.name })} ${text.t('filter.terms', { terms })}`;
  }
  const { term, value } = doubt;
  const values = term === 'port' ? text.t('filter.number') : text.list(listedValues(term, text));
  return `${text.t('filter.noValue', { term: termName(term, text), value })} ${text.t('filter.values', { values })}`;
}
