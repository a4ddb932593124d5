import { MemoryStick, Shield } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { Guest } from '../../../../shared/guest.ts';
import type { Snapshot } from '../../../../shared/snapshot.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { StateMark } from '../../../parts/state-mark.tsx';
import { useText } from '../../../stores/context.tsx';
import type { TreeRow } from './tree-rows.ts';

interface SnapshotRowProps {
  id: string;
  row: TreeRow;
  guest: Guest;
  /** Unix time in milliseconds, for its age. */
  time: number;
  chosen: boolean;
  onChoose: () => void;
  onOpen: () => void;
  onMenu: (event: MouseEvent) => void;
}

/** One snapshot, or NOW, with its branch. The tree around it has the keyboard. */
export function SnapshotRow({ id, row, guest, time, chosen, onChoose, onOpen, onMenu }: SnapshotRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree around it has the keyboard
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keyboard
    <div
      id={id}
      role="treeitem"
      className="snapshot-row"
      aria-level={row.level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-selected={chosen}
      data-now={!row.snapshot || undefined}
      onClick={onChoose}
      onDoubleClick={onOpen}
      onContextMenu={onMenu}
    >
      <Branch row={row} state={row.snapshot ? undefined : guest.state} />
      {row.snapshot ? <SnapshotText snapshot={row.snapshot} time={time} /> : <NowText guest={guest} />}
    </div>
  );
}

/** The lines of all columns up to its own, and its dot. */
function Branch({ row, state }: { row: TreeRow; state: string | undefined }) {
  const lanes = Array.from({ length: row.lane + 1 }, (_, lane) => lane);
  return (
    <span className="branch" aria-hidden>
      {lanes.map((lane) => (
        <span
          key={lane}
          className="branch-lane"
          data-through={row.through.includes(lane) || undefined}
          data-out={(row.from === 'left' && lane === row.lane - 1) || undefined}
          data-up={(lane === row.lane && row.from === 'above') || undefined}
          data-down={(lane === row.lane && row.down) || undefined}
        />
      ))}
      <span className="branch-dot" data-path={row.onPath || undefined} data-state={state} />
    </span>
  );
}

function SnapshotText({ snapshot, time }: { snapshot: Snapshot; time: number }) {
  const text = useText();
  const { name, createdAt, size, memory, protected: guarded, own } = snapshot;
  const atLeast = size?.atLeast ? text.t('snapshots.atLeast', { size: text.bytes(size.bytes) }) : undefined;
  return (
    <span className="snapshot-text">
      <span className="snapshot-line">
        <EngineText text={name} className="snapshot-name" />
        <span className="snapshot-marks">
          <Mark shown={memory} icon={MemoryStick} words={text.t('snapshots.withMemory')} />
          <Mark shown={guarded} icon={Shield} words={text.t('snapshots.protected')} />
        </span>
      </span>
      <span className="snapshot-line quiet-text">
        <span title={text.dateTime(createdAt)}>{text.ago(time - createdAt)}</span>
        {size && (
          <span className="digits" title={atLeast}>
            {atLeast && <span className="for-readers">{atLeast}</span>}
            <span aria-hidden={atLeast ? true : undefined}>{`${atLeast ? '≥ ' : ''}${text.bytes(size.bytes)}`}</span>
          </span>
        )}
        {!own && <span>{text.t('snapshots.elsewhere')}</span>}
      </span>
    </span>
  );
}

function Mark({ shown, icon: Icon, words }: { shown: boolean; icon: typeof Shield; words: string }) {
  if (!shown) return null;
  return (
    <span className="snapshot-mark" title={words}>
      <Icon size={13} aria-hidden />
      <span className="for-readers">{words}</span>
    </span>
  );
}

function NowText({ guest }: { guest: Guest }) {
  const text = useText();
  return (
    <span className="snapshot-text">
      <span className="snapshot-line">
        <strong className="snapshot-now">{text.t('snapshots.now')}</strong>
        <StateMark guest={guest} stale={undefined} />
      </span>
    </span>
  );
}
