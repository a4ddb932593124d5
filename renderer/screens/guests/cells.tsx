import type { ReactNode } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import { EngineText } from '../../parts/engine-text.tsx';
import { KindMark } from '../../parts/kind-mark.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { portText, type SortColumn } from '../../stores/guest-facts.ts';
import { CpuCell, MemoryCell } from './figure-cells.tsx';

/** What a cell may need besides the guest. */
export interface RowContext {
  readonly engineName: string;
  /** When the guest's engine was last heard of, if it is not live; `true` where the time is not known. */
  readonly stale: number | true | undefined;
}

interface Column {
  readonly id: SortColumn;
  /** Drawn also while the list rushes by: enough to see where one is. */
  readonly always?: true;
  cell(guest: Guest, row: RowContext): ReactNode;
}

/** The columns after the box to choose by, in order; their widths are in theme/list.css. */
export const columns: readonly Column[] = [
  { id: 'name', always: true, cell: (guest) => <EngineText text={guest.name} className="guest-name" /> },
  { id: 'kind', cell: (guest) => <KindMark kind={guest.kind} /> },
  { id: 'state', always: true, cell: (guest, { stale }) => <StateMark guest={guest} stale={stale} /> },
  { id: 'cpu', cell: (guest, { stale }) => <CpuCell guest={guest} old={stale !== undefined} /> },
  { id: 'memory', cell: (guest, { stale }) => <MemoryCell guest={guest} old={stale !== undefined} /> },
  { id: 'image', cell: (guest) => guest.image && <EngineText text={guest.image} /> },
  { id: 'addresses', cell: (guest) => <EngineText text={guest.addresses.join(', ')} className="digits" /> },
  { id: 'ports', cell: (guest) => <EngineText text={guest.ports.map(portText).join(', ')} className="digits" /> },
  { id: 'engine', cell: (_guest, { engineName }) => <EngineText text={engineName} /> },
];
