import { Plus, X } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { longestTag, mostTags, tagPattern } from '../../../shared/tag.ts';
import { useInventory, useText } from '../../stores/context.tsx';
import { EngineText } from '../engine-text.tsx';
import { FormFrame, type FormProps, partFor } from './form-frame.tsx';
import { NameList } from './name-list.tsx';

type Fault = 'letters' | 'long' | 'many';

/** Adds tags to one or many guests and takes them away. */
export function TagsForm({ guests, onClose }: FormProps) {
  const text = useText();
  const id = useId();
  const [add, setAdd] = useState<ReadonlySet<string>>(new Set());
  const [remove, setRemove] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState('');
  const counts = tagCounts(guests);
  const shown = [...new Set([...counts.keys(), ...add])].filter((tag) => !remove.has(tag)).sort();
  const others = useOtherTags(shown);
  const pending = typed.trim();
  const fault = faultOf(pending, guests, add, remove);
  const wanted = pending !== '' && !fault ? new Set([...add, pending]) : add;
  const gone = without(remove, pending);
  const changing = guests.filter(
    ({ tags }) => [...wanted].some((tag) => !tags.includes(tag)) || tags.some((tag) => gone.has(tag)),
  );

  function put(tag: string): void {
    setAdd(new Set([...add, tag]));
    setRemove(without(remove, tag));
  }
  function takeAway(tag: string): void {
    setAdd(without(add, tag));
    if (counts.has(tag)) setRemove(new Set([...remove, tag]));
  }
  function addTyped(): void {
    if (pending === '' || fault) return;
    put(pending);
    setTyped('');
  }

  return (
    <FormFrame
      title={text.t('setTags.title', { count: guests.length, name: guests[0]?.name ?? '' })}
      verb="setTags"
      parts={fault ? undefined : partFor(changing, { verb: 'setTags', add: [...wanted], remove: [...gone] })}
      onClose={onClose}
    >
      {guests.length > 1 && <NameList names={guests.map((guest) => guest.name)} />}
      <ul className="chips" aria-label={text.t('setTags.now')}>
        {shown.length === 0 && <li className="quiet-text">{text.t('setTags.none')}</li>}
        {shown.map((tag) => {
          const some = !add.has(tag) && (counts.get(tag) ?? 0) < guests.length;
          return (
            <li key={tag} className="chip" data-some={some || undefined}>
              <EngineText text={tag} />
              {some && (
                <>
                  <span className="quiet-text">
                    {text.t('setTags.some', { count: counts.get(tag) ?? 0, total: guests.length })}
                  </span>
                  <button
                    type="button"
                    aria-label={text.t('setTags.toAll', { tag })}
                    title={text.t('setTags.toAll', { tag })}
                    onClick={() => put(tag)}
                  >
                    <Plus size={12} aria-hidden />
                  </button>
                </>
              )}
              <button
                type="button"
                aria-label={text.t('setTags.remove', { tag })}
                title={text.t('setTags.remove', { tag })}
                onClick={() => takeAway(tag)}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <div className="form-field">
        <label htmlFor={`${id}-box`}>{text.t('setTags.add')}</label>
        <span className="with-add">
          <input
            id={`${id}-box`}
            type="text"
            data-focus-first
            list={`${id}-others`}
            value={typed}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={fault !== undefined}
            aria-describedby={`${id}-note`}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              // Enter in an empty box says that the form is done.
              if (![',', ' ', 'Enter'].includes(event.key) || (event.key === 'Enter' && pending === '')) return;
              event.preventDefault();
              addTyped();
            }}
          />
          <button
            type="button"
            className="button"
            aria-disabled={pending === '' || fault ? true : undefined}
            onClick={addTyped}
          >
            <Plus size={14} aria-hidden />
            <span>{text.t('setTags.addButton')}</span>
          </button>
        </span>
        <datalist id={`${id}-others`}>
          {others.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <p id={`${id}-note`} className={fault ? 'form-note bad-text' : 'form-note quiet-text'} aria-live="polite">
          {fault ? text.t(`setTags.fault.${fault}`, { longest: longestTag, most: mostTags }) : text.t('setTags.rule')}
        </p>
      </div>
    </FormFrame>
  );
}

/** How many of the guests have each tag. */
function tagCounts(guests: readonly Guest[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const tag of guests.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return counts;
}

/** Tags that guests have already and that are not here yet. */
function useOtherTags(shown: readonly string[]): string[] {
  const known = useInventory((inventory) => inventory.guests);
  const all = useMemo(() => [...new Set([...known.values()].flatMap(({ tags }) => tags))].sort(), [known]);
  return all.filter((tag) => !shown.includes(tag));
}

function faultOf(
  typed: string,
  guests: readonly Guest[],
  add: ReadonlySet<string>,
  remove: ReadonlySet<string>,
): Fault | undefined {
  if (typed.length > longestTag) return 'long';
  if (typed !== '' && !tagPattern.test(typed)) return 'letters';
  const wanted = [...add, ...(typed === '' ? [] : [typed])];
  const tooMany = guests.some(
    ({ tags }) => new Set([...tags.filter((tag) => !remove.has(tag)), ...wanted]).size > mostTags,
  );
  return tooMany && wanted.length > 0 ? 'many' : undefined;
}

function without(tags: ReadonlySet<string>, tag: string): ReadonlySet<string> {
  return new Set([...tags].filter((other) => other !== tag));
}
