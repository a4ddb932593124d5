import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  FoldHorizontal,
  Group,
  type LucideIcon,
  MoveHorizontal,
  RotateCcw,
  UnfoldHorizontal,
} from 'lucide-react';
import { createPortal } from 'react-dom';
import type { ColumnId, Grouping } from '../../../shared/columns.ts';
import { Menu, type MenuItem } from '../../parts/menu.tsx';
import type { Box } from '../../parts/place.ts';
import { useColumns, useStores, useText } from '../../stores/context.tsx';
import { fitWidth, stepWidth } from './column-widths.ts';
import { inSections } from './guest-menu.tsx';

/** Columns whose values make groups. */
const groupings: Readonly<Partial<Record<ColumnId, Grouping>>> = {
  kind: 'kind',
  state: 'state',
  tags: 'tag',
  project: 'project',
  lab: 'lab',
  engine: 'engine',
};

interface ColumnMenuProps {
  column: ColumnId;
  place: Box;
  onClose: () => void;
  giveBack: () => void;
}

/** Everything that can be done to a column. */
export function ColumnMenu({ column, place, onClose, giveBack }: ColumnMenuProps) {
  const stores = useStores();
  const text = useText();
  const columns = useColumns((all) => all.columns);
  const { sortBy, setGroupBy } = stores.list.getState();
  const { moveBy, toggle, reset } = stores.columns.getState();
  const name = text.t(`column.${column}`);
  const index = columns.findIndex(({ id }) => id === column);
  const fixed = column === 'name';
  const grouping = groupings[column];
  const item = (id: string, icon: LucideIcon, label: string, run: () => void, ready = true): MenuItem => ({
    ...{ id, icon, label, ready, run },
  });
  const sections = [
    [
      item('ascending', ArrowUp, text.t('column.ascending'), () => sortBy(column, 'ascending')),
      item('descending', ArrowDown, text.t('column.descending'), () => sortBy(column, 'descending')),
      ...(grouping ? [item('group', Group, text.t('column.group', { column: name }), () => setGroupBy(grouping))] : []),
    ],
    [
      item('left', ArrowLeft, text.t('column.moveLeft'), () => moveBy(column, -1), index > 1),
      item(
        'right',
        ArrowRight,
        text.t('column.moveRight'),
        () => moveBy(column, 1),
        !fixed && index < columns.length - 1,
      ),
      item('fit', MoveHorizontal, text.t('column.fit'), () => fitWidth(column, stores)),
      item('wider', UnfoldHorizontal, text.t('column.wider'), () => stepWidth(column, 1, stores)),
      item('narrower', FoldHorizontal, text.t('column.narrower'), () => stepWidth(column, -1, stores)),
      item('hide', EyeOff, text.t('column.hide'), () => toggle(column), !fixed),
    ],
    [item('reset', RotateCcw, text.t('columns.reset'), reset)],
  ];
  // The list hides what is outside of it; what floats belongs to the screen all the same.
  return createPortal(
    <Menu
      place={place}
      label={text.t('column.menu', { column: name })}
      items={inSections(sections)}
      onClose={onClose}
      giveBack={giveBack}
    />,
    document.querySelector('main') ?? document.body,
  );
}
