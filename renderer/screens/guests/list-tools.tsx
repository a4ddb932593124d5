import { Bookmark, Columns3 } from 'lucide-react';
import { columnIds, type Grouping, groupings } from '../../../shared/columns.ts';
import { viewsButtonId } from '../../actions/save-view.ts';
import { Popover } from '../../parts/popover.tsx';
import { useColumns, useGuestList, useStores, useText } from '../../stores/context.tsx';
import { SavedViews } from './saved-views.tsx';

/** How the list looks: groups, columns, views. */
export function ListTools() {
  const text = useText();
  return (
    <div className="list-tools">
      <GroupChoice />
      <Popover
        face={<Columns3 size={16} aria-hidden />}
        buttonLabel={text.t('columns.title')}
        title={text.t('columns.title')}
        buttonClass="button icon-only tool"
        label={text.t('columns.title')}
      >
        {() => <ColumnChoice />}
      </Popover>
      <Popover
        face={<Bookmark size={16} aria-hidden />}
        buttonId={viewsButtonId}
        buttonLabel={text.t('views.title')}
        title={text.t('views.title')}
        buttonClass="button icon-only tool"
        label={text.t('views.title')}
        className="views-panel"
      >
        {(close) => <SavedViews onDone={close} />}
      </Popover>
    </div>
  );
}

function GroupChoice() {
  const text = useText();
  const groupBy = useGuestList((list) => list.groupBy);
  const setGroupBy = useGuestList((list) => list.setGroupBy);
  return (
    <select
      className="select"
      aria-label={text.t('groups.by')}
      value={groupBy}
      onChange={(event) => setGroupBy(event.target.value as Grouping)}
    >
      {groupings.map((grouping) => (
        <option key={grouping} value={grouping}>
          {text.t(`groups.${grouping}`)}
        </option>
      ))}
    </select>
  );
}

function ColumnChoice() {
  const stores = useStores();
  const text = useText();
  const columns = useColumns((all) => all.columns);
  const { toggle, reset } = stores.columns.getState();
  const shown = new Set(columns.map(({ id }) => id));
  const order = [...columns.map(({ id }) => id), ...columnIds.filter((id) => !shown.has(id))];
  return (
    <>
      <ul className="column-choice">
        {order.map((id) => (
          <li key={id}>
            <label className="check">
              <input type="checkbox" checked={shown.has(id)} disabled={id === 'name'} onChange={() => toggle(id)} />
              <span>{text.t(`column.${id}`)}</span>
            </label>
          </li>
        ))}
      </ul>
      <button type="button" className="button small" onClick={reset}>
        {text.t('columns.reset')}
      </button>
    </>
  );
}
