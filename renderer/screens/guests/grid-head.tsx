import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react';
import type { ColumnId } from '../../../shared/columns.ts';
import type { Box } from '../../parts/place.ts';
import { useColumns, useGuestList, useInventory, useSelection, useStores, useText } from '../../stores/context.tsx';
import { ColumnMenu } from './column-menu.tsx';
import { dragEdge, fitWidth, stepWidth } from './column-widths.ts';
import { dragColumn } from './drag-column.ts';

/** The line with the columns' names: sorts, moves and resizes them. The keyboard stops once and goes on by arrows. */
export function GridHead() {
  const stores = useStores();
  const text = useText();
  const columns = useColumns((all) => all.columns);
  const sort = useGuestList((list) => list.sort);
  const [stop, setStop] = useState<ColumnId>('name');
  const [menu, setMenu] = useState<{ column: ColumnId; place: Box }>();
  const [closeMenu] = useState(() => () => setMenu(undefined));
  const line = useRef<HTMLDivElement>(null);
  const dropped = useRef(false);
  const keysId = useId();
  const here = columns.some(({ id }) => id === stop) ? stop : 'name';

  function headOf(column: ColumnId): HTMLElement | null {
    return line.current?.querySelector<HTMLElement>(`[data-id=${column}] button`) ?? null;
  }
  function openAt(column: ColumnId, event?: MouseEvent): void {
    const box = headOf(column)?.getBoundingClientRect();
    if (!box) return;
    const { left, bottom } = box;
    const place = event
      ? { left: event.clientX, right: event.clientX, top: event.clientY, bottom: event.clientY }
      : { left, right: left, top: bottom, bottom };
    setStop(column);
    setMenu({ column, place });
  }
  function pressed(event: KeyboardEvent, column: ColumnId): void {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    const place = columns.findIndex(({ id }) => id === column);
    if (step && event.ctrlKey) {
      stores.columns.getState().moveBy(column, step);
      // Its element may have been put elsewhere in the page.
      requestAnimationFrame(() => headOf(column)?.focus());
    } else if (step && event.shiftKey) stepWidth(column, step, stores);
    else if (step && !event.altKey) headOf(columns[place + step]?.id ?? column)?.focus();
    else if (
      event.key === 'ContextMenu' ||
      (event.key === 'F10' && event.shiftKey) ||
      (event.key === 'ArrowDown' && event.altKey)
    ) {
      openAt(column);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div role="rowgroup" className="grid-head">
      <div ref={line} role="row" className="row" aria-rowindex={1}>
        <div role="columnheader" className="cell" data-column="choose">
          <ChooseAll onChange={(all) => stores.selection.getState()[all ? 'chooseAll' : 'chooseNone']()} />
        </div>
        {columns.map(({ id }) => {
          const sorted = sort.column === id ? sort.direction : undefined;
          const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
          const name = text.t(`column.${id}`);
          return (
            <div
              key={id}
              role="columnheader"
              className="cell"
              data-column={id}
              data-id={id}
              aria-sort={sorted ?? 'none'}
              onContextMenu={(event) => {
                event.preventDefault();
                openAt(id, event);
              }}
            >
              <button
                type="button"
                tabIndex={id === here ? 0 : -1}
                title={text.t('column.sort', { column: name })}
                aria-describedby={keysId}
                onFocus={() => setStop(id)}
                onKeyDown={(event) => pressed(event, id)}
                onPointerDown={(event) => {
                  dropped.current = false;
                  dragColumn(event, id, stores, () => {
                    dropped.current = true;
                  });
                }}
                onClick={() => {
                  // What was dropped was not clicked.
                  if (!dropped.current) stores.list.getState().sortBy(id);
                  dropped.current = false;
                }}
              >
                <span className="head-name">{name}</span>
                {sorted && <Arrow size={12} aria-hidden />}
              </button>
              <span
                className="column-edge"
                aria-hidden
                onPointerDown={(event) => dragEdge(event, id, stores)}
                onDoubleClick={() => fitWidth(id, stores)}
              />
            </div>
          );
        })}
      </div>
      <span id={keysId} hidden>
        {text.t('column.keys')}
      </span>
      {menu && (
        <ColumnMenu
          column={menu.column}
          place={menu.place}
          onClose={closeMenu}
          giveBack={() => headOf(menu.column)?.focus()}
        />
      )}
    </div>
  );
}

function ChooseAll({ onChange }: { onChange: (all: boolean) => void }) {
  const text = useText();
  const total = useGuestList((list) => list.shown.length);
  const chosen = useSelection((selection) => selection.chosen.size);
  const none = useInventory((inventory) => inventory.guests.size === 0);
  return (
    <input
      ref={(box) => {
        if (box) box.indeterminate = chosen > 0 && chosen < total;
      }}
      type="checkbox"
      disabled={none}
      checked={total > 0 && chosen === total}
      aria-label={text.t('guests.selectAll')}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
