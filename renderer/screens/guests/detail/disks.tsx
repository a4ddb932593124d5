import type { VmDisk } from '../../../../shared/guest-detail.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { UsageBar } from '../../../parts/usage-bar.tsx';
import { useText } from '../../../stores/context.tsx';
import { Copyable } from './facts.tsx';

/** The disks and drives of a VM, each with where it is and how full. */
export function Disks({ disks, awaited }: { disks: readonly VmDisk[] | undefined; awaited: boolean }) {
  const text = useText();
  if (!disks) return <p className="quiet-text">{awaited ? '…' : text.t('detail.none')}</p>;
  if (disks.length === 0) return <p className="quiet-text">{text.t('disk.none')}</p>;
  return (
    <ul className="things">
      {disks.map((disk) => (
        <li key={disk.target}>
          <p className="thing-head">
            <EngineText text={disk.target} className="thing-name" />
            <span className="quiet-text">
              {[text.t(`disk.${disk.device}`), disk.bus, disk.format].filter(Boolean).join(' · ')}
            </span>
            {disk.readOnly && <span className="mark">{text.t('disk.readOnly')}</span>}
            {disk.shareable && <span className="mark">{text.t('disk.shareable')}</span>}
          </p>
          {disk.source === undefined ? (
            <p className="quiet-text">{text.t('disk.empty')}</p>
          ) : (
            <Copyable value={disk.source} label={text.t('detail.copyPath')} />
          )}
          <DiskUse disk={disk} />
          {disk.backing.length > 0 && (
            <details className="chain">
              <summary>{text.t('disk.backing', { count: disk.backing.length })}</summary>
              <ol>
                {disk.backing.map((path) => (
                  <li key={path}>
                    <Copyable value={path} label={text.t('detail.copyPath')} />
                  </li>
                ))}
              </ol>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function DiskUse({ disk: { allocation, capacity } }: { disk: VmDisk }) {
  const text = useText();
  if (allocation === undefined && capacity === undefined) return null;
  const used = allocation !== undefined && capacity !== undefined && capacity > 0 ? allocation / capacity : undefined;
  return (
    <p className="used">
      {used !== undefined && <UsageBar part={used} />}
      <span className="digits">
        {allocation === undefined
          ? text.t('measure.diskSize', { size: text.bytes(capacity ?? 0) })
          : capacity === undefined
            ? text.t('measure.disk', { used: text.bytes(allocation) })
            : text.t('measure.diskOf', { used: text.bytes(allocation), size: text.bytes(capacity) })}
      </span>
    </p>
  );
}
