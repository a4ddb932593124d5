import { Search } from 'lucide-react';
import { clearFilter, filterBoxId } from '../../actions/find-guests.ts';
import { useGuestList, useStores, useText } from '../../stores/context.tsx';
import { gridId } from './grid-keys.ts';

/** Every word typed must be found in a guest: name, image, address, port, state, kind or engine. */
export function FilterBox() {
  const stores = useStores();
  const text = useText();
  const filter = useGuestList((list) => list.filter);
  const setFilter = useGuestList((list) => list.setFilter);
  return (
    <search className="filter">
      <Search size={14} aria-hidden />
      <input
        id={filterBoxId}
        type="text"
        value={filter}
        placeholder={text.t('guests.filterHint')}
        aria-label={text.t('guests.filter')}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && filter !== '') {
            event.preventDefault();
            clearFilter.run(undefined, stores);
          } else if (event.key === 'ArrowDown' || event.key === 'Enter') {
            event.preventDefault();
            document.getElementById(gridId)?.focus();
          }
        }}
      />
      {filter !== '' && (
        <button
          type="button"
          className="button small icon-only quiet"
          aria-label={clearFilter.label(undefined, text)}
          title={clearFilter.label(undefined, text)}
          onClick={() => {
            clearFilter.run(undefined, stores);
            document.getElementById(filterBoxId)?.focus();
          }}
        >
          <clearFilter.icon size={14} aria-hidden />
        </button>
      )}
    </search>
  );
}
