import type { Guest } from '../../../shared/guest.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import { Sparkline } from '../../parts/sparkline.tsx';
import { UsageBar } from '../../parts/usage-bar.tsx';
import { useMetrics, useText } from '../../stores/context.tsx';

interface FigureProps {
  guest: Guest;
  /** Its engine does not answer: the last figures would be taken for new ones. */
  old: boolean;
}

/** CPU in percent of one core, with its curve. */
export function CpuCell({ guest, old }: FigureProps) {
  const text = useText();
  const samples = useMetrics((metrics) => metrics.samples.get(guest.id));
  const cpu = samples?.at(-1)?.cpu;
  if (cpu === undefined || old) return <NotMeasured />;
  const percent = text.percent(cpu);
  const tip =
    guest.cpus === undefined
      ? text.t('measure.cpu', { percent })
      : text.t('measure.cpuOf', { percent, cpus: guest.cpus });
  return (
    <span className="figure" title={tip}>
      <Sparkline values={(samples ?? []).map((sample) => sample.cpu)} most={Math.max(1, guest.cpus ?? 1) * 100} />
      <span className="figure-value">{percent}</span>
    </span>
  );
}

/** Memory in use, with how much of the limit that is. */
export function MemoryCell({ guest, old }: FigureProps) {
  const text = useText();
  const sample = useMetrics((metrics) => metrics.samples.get(guest.id)?.at(-1));
  if (sample?.memory === undefined || old) return <NotMeasured />;
  const limit = guest.memoryLimit;
  const tip = memoryWords(sample, limit, text);
  return (
    <span className="figure" title={tip}>
      {limit !== undefined && <UsageBar part={sample.memory / limit} />}
      <span className="figure-value">{text.bytes(sample.memory)}</span>
    </span>
  );
}

/** What its disks take on the host, with how much of their size that is. */
export function DiskCell({ guest: { disk } }: Pick<FigureProps, 'guest'>) {
  const text = useText();
  if (!disk) return null;
  const { used, size } = disk;
  const shown = used ?? size;
  if (shown === undefined) return null;
  const tip =
    used === undefined
      ? text.t('measure.diskSize', { size: text.bytes(shown) })
      : size === undefined
        ? text.t('measure.disk', { used: text.bytes(used) })
        : text.t('measure.diskOf', { used: text.bytes(used), size: text.bytes(size) });
  return (
    <span className="figure" title={tip}>
      {used !== undefined && size !== undefined && size > 0 && <UsageBar part={used / size} />}
      <span className="figure-value">{text.bytes(shown)}</span>
    </span>
  );
}

/** Bytes per second in both directions. */
export function RateCell({ guest, old, of }: FigureProps & { of: 'network' | 'diskActivity' }) {
  const text = useText();
  const sample = useMetrics((metrics) => metrics.samples.get(guest.id)?.at(-1));
  const rates =
    of === 'network' ? [sample?.networkReceive, sample?.networkSend] : [sample?.diskRead, sample?.diskWrite];
  const [came, went] = rates;
  if (old || (came === undefined && went === undefined)) return <NotMeasured />;
  const [first, second] = [text.bytes(came ?? 0), text.bytes(went ?? 0)];
  const words =
    of === 'network'
      ? text.t('measure.network', { receive: first, send: second })
      : text.t('measure.diskActivity', { read: first, write: second });
  return (
    <span className="figure rates" title={words}>
      <span className="for-readers">{words}</span>
      <span aria-hidden className="rate">
        ↓{first}
      </span>
      <span aria-hidden className="rate">
        ↑{second}
      </span>
    </span>
  );
}

/** `512 MiB in use of 2.0 GiB · 600 MiB resident on the host`. */
export function memoryWords(sample: GuestSample, limit: number | undefined, text: ReturnType<typeof useText>): string {
  const used = text.bytes(sample.memory ?? 0);
  const inUse =
    limit === undefined
      ? text.t('measure.memory', { used })
      : text.t('measure.memoryOf', { used, limit: text.bytes(limit) });
  if (sample.memoryResident === undefined) return inUse;
  return `${inUse} · ${text.t('measure.resident', { resident: text.bytes(sample.memoryResident) })}`;
}

function NotMeasured() {
  const text = useText();
  return (
    <span className="figure quiet-text">
      <span aria-hidden>–</span>
      <span className="for-readers">{text.t('measure.none')}</span>
    </span>
  );
}
