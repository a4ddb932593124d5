import { Shield } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ColumnId } from '../../../shared/columns.ts';
import type { Guest } from '../../../shared/guest.ts';
import { EngineText } from '../../parts/engine-text.tsx';
import { KindMark } from '../../parts/kind-mark.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useText } from '../../stores/context.tsx';
import { portText } from '../../stores/guest-facts.ts';
import { HealthCell, ProjectCell, SnapshotsCell, StartupCell, UptimeCell, VirtualizationCell } from './fact-cells.tsx';
import { CpuCell, DiskCell, MemoryCell, RateCell } from './figure-cells.tsx';

/** What a cell may need besides the guest. */
export interface RowContext {
  readonly engineName: string;
  /** When the guest's engine was last heard of, if it is not live; `true` where the time is not known. */
  readonly stale: number | true | undefined;
}

interface Cell {
  /** Drawn also while the list rushes by: enough to see where one is. */
  readonly always?: true;
  draw(guest: Guest, row: RowContext): ReactNode;
}

/** What each column shows of a guest. */
export const cells: Readonly<Record<ColumnId, Cell>> = {
  name: { always: true, draw: (guest) => <NameCell guest={guest} /> },
  kind: { draw: (guest) => <KindMark kind={guest.kind} /> },
  state: { always: true, draw: (guest, { stale }) => <StateMark guest={guest} stale={stale} /> },
  cpu: { draw: (guest, { stale }) => <CpuCell guest={guest} old={stale !== undefined} /> },
  memory: { draw: (guest, { stale }) => <MemoryCell guest={guest} old={stale !== undefined} /> },
  disk: { draw: (guest) => <DiskCell guest={guest} /> },
  image: { draw: (guest) => guest.image && <EngineText text={guest.image} /> },
  addresses: { draw: (guest) => <EngineText text={guest.addresses.join(', ')} className="digits" /> },
  ports: { draw: (guest) => <EngineText text={guest.ports.map(portText).join(', ')} className="digits" /> },
  uptime: { draw: (guest, { stale }) => stale === undefined && <UptimeCell guest={guest} /> },
  tags: { draw: (guest) => <TagsCell tags={guest.tags} /> },
  project: { draw: (guest) => <ProjectCell guest={guest} /> },
  lab: { draw: (guest) => guest.lab && <EngineText text={guest.lab} /> },
  startup: { draw: (guest) => <StartupCell guest={guest} /> },
  health: { draw: (guest) => <HealthCell guest={guest} /> },
  snapshots: { draw: (guest) => <SnapshotsCell guest={guest} /> },
  virtualization: { draw: (guest) => <VirtualizationCell guest={guest} /> },
  network: { draw: (guest, { stale }) => <RateCell guest={guest} old={stale !== undefined} of="network" /> },
  diskActivity: { draw: (guest, { stale }) => <RateCell guest={guest} old={stale !== undefined} of="diskActivity" /> },
  engine: { draw: (_guest, { engineName }) => <EngineText text={engineName} /> },
};

/** The name, whether it is protected, and the person's own line beside it. */
function NameCell({ guest }: { guest: Guest }) {
  const text = useText();
  return (
    <span className="name-cell">
      <EngineText text={guest.name} className="guest-name" />
      {guest.protected && (
        <span className="name-mark" title={text.t('fact.protected')}>
          <Shield size={12} aria-hidden />
          <span className="for-readers">{text.t('fact.protected')}</span>
        </span>
      )}
      {guest.title && <EngineText text={guest.title} className="guest-title" />}
    </span>
  );
}

function TagsCell({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="tags" title={tags.join(', ')}>
      {tags.map((tag) => (
        <bdi key={tag} className="tag">
          {tag}
        </bdi>
      ))}
    </span>
  );
}
