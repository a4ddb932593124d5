import { ChevronDown, ChevronRight } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import type { GuestKind, GuestState } from '../../../shared/guest.ts';
import type { EngineId } from '../../../shared/ids.ts';
import { focusGrid } from '../../actions/focus-screen.ts';
import { useColumns, useInventory, useSelection, useStores, useText } from '../../stores/context.tsx';
import type { GroupHead } from '../../stores/list-rows.ts';
import type { Text } from '../../text/make-text.ts';
import { visibleText } from '../../text/visible-text.ts';
import { howOf, howOfBox, rowId } from './grid-keys.ts';
import type { MenuPlace } from './guest-menu.tsx';
import { rowHeight } from './guest-row.tsx';

interface GroupRowProps {
  head: GroupHead;
  index: number;
  onMenu: (place: MenuPlace) => void;
}

/** The head of a group: opens and closes it, and chooses all of its guests. */
export const GroupRow = memo(function GroupRow({ head, index, onMenu }: GroupRowProps) {
  const stores = useStores();
  const text = useText();
  const columns = useColumns((all) => all.columns.length);
  const engine = useInventory((inventory) => inventory.engines.get(head.group as EngineId)?.name);
  const running = useInventory(({ guests }) => head.guests.filter((id) => guests.get(id)?.state === 'running').length);
  const chosen = useSelection((selection) => head.guests.filter((id) => selection.chosen.has(id)).length);
  const at = useSelection((selection) => selection.at === head.id);
  const selection = stores.selection.getState();
  const name = (head.groupBy === 'engine' && engine) || groupName(head, text);
  const all = chosen === head.guests.length;
  const Chevron = head.open ? ChevronDown : ChevronRight;

  function openMenu(event: MouseEvent): void {
    event.preventDefault();
    selection.moveTo(head.id);
    if (!all) selection.chooseGuests(head.guests);
    onMenu({ left: event.clientX, top: event.clientY, right: event.clientX, bottom: event.clientY });
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keyboard
    <div
      id={rowId(head.id)}
      role="row"
      className="row group-row"
      aria-rowindex={index + 2}
      aria-level={1}
      aria-expanded={head.open}
      aria-selected={all}
      data-at={at || undefined}
      style={{ transform: `translateY(${index * rowHeight}px)` }}
      onClick={(event) => {
        if (howOf(event) !== 'only') selection.choose(head.id, howOf(event));
        else {
          selection.moveTo(head.id);
          stores.list.getState().toggleGroup(head.id);
        }
      }}
      onContextMenu={openMenu}
    >
      <div role="gridcell" className="cell" data-column="choose">
        <input
          ref={(box) => {
            if (box) box.indeterminate = chosen > 0 && !all;
          }}
          type="checkbox"
          tabIndex={-1}
          checked={all}
          aria-label={text.t('group.select', { group: name })}
          // The list keeps the keyboard; this box will belong to another row when the list scrolls.
          onFocus={focusGrid}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => selection.choose(head.id, howOfBox(event))}
        />
      </div>
      <div role="gridcell" className="cell group-cell" aria-colspan={columns}>
        <span className="group-line">
          <Chevron size={14} aria-hidden />
          <bdi className="group-name" title={visibleText(name)}>
            {visibleText(name)}
          </bdi>
          <span className="quiet-text">{text.t('group.count', { count: head.guests.length })}</span>
          {running > 0 && (
            <span className="group-running">
              <span className="state-dot" aria-hidden />
              {text.t('group.running', { running })}
            </span>
          )}
        </span>
      </div>
    </div>
  );
});

/** What a group is called. */
function groupName({ groupBy, group }: GroupHead, text: Text): string {
  if (groupBy === 'state') return text.t(`state.${group as GuestState}`);
  if (groupBy === 'kind') return text.t(`kind.${group as GuestKind}`);
  if (group !== undefined) return group;
  return text.t(groupBy === 'lab' ? 'group.noLab' : groupBy === 'project' ? 'group.noProject' : 'group.noTag');
}
