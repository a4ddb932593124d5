import type { Guest } from '../../../../shared/guest.ts';
import { UsageBar } from '../../../parts/usage-bar.tsx';
import { useMetrics, useText } from '../../../stores/context.tsx';
import { Fact } from './facts.tsx';

/** CPU as it is used now. */
export function CpuUseFact({ guest, old }: { guest: Guest; old: boolean }) {
  const text = useText();
  const cpu = useMetrics((metrics) => metrics.samples.get(guest.id)?.at(-1)?.cpu);
  return (
    <Fact term={text.t('detail.cpu')}>
      {cpu !== undefined && !old && text.t('measure.cpu', { percent: text.percent(cpu) })}
    </Fact>
  );
}

/** Memory as it is used now, of what it may use. */
export function MemoryUseFact({ guest, old, most }: { guest: Guest; old: boolean; most: number | undefined }) {
  const text = useText();
  const sample = useMetrics((metrics) => metrics.samples.get(guest.id)?.at(-1));
  const used = sample?.memory;
  return (
    <Fact term={text.t('detail.memoryUsed')}>
      {used !== undefined && !old && (
        <>
          <span className="used">
            {most !== undefined && <UsageBar part={used / most} />}
            <span className="digits">{text.bytes(used)}</span>
          </span>
          {sample?.memoryResident !== undefined && (
            <span className="used-more digits">
              {text.t('measure.resident', { resident: text.bytes(sample.memoryResident) })}
            </span>
          )}
        </>
      )}
    </Fact>
  );
}
