import type { Guest } from '../../../shared/guest.ts';
import { EngineText } from '../../parts/engine-text.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useText } from '../../stores/context.tsx';
import { isOn } from '../../stores/guest-facts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface FactProps {
  guest: Guest;
}

/** How long it has been on. */
export function UptimeCell({ guest }: FactProps) {
  const text = useText();
  const on = guest.startedAt !== undefined && isOn(guest);
  // Seconds are told in the first hour only.
  const now = useNow(on, Date.now() - (guest.startedAt ?? 0) < hourMs ? 1000 : minuteMs);
  if (!on || guest.startedAt === undefined) return null;
  return (
    <span className="digits" title={text.t('measure.since', { time: text.dateTime(guest.startedAt) })}>
      {text.duration(now - guest.startedAt)}
    </span>
  );
}

/** Compose project and service. */
export function ProjectCell({ guest }: FactProps) {
  const text = useText();
  const { project, service } = guest;
  if (!project) return null;
  return <EngineText text={service ? text.t('fact.projectService', { project, service }) : project} />;
}

/** What starts it without a person. */
export function StartupCell({ guest: { startup } }: FactProps) {
  const text = useText();
  if (!startup) return null;
  const how = startup.by === 'restartPolicy' ? startup.policy : startup.on ? 'autostart' : 'manual';
  const byHand = how === 'manual' || how === 'no';
  return <span className={byHand ? 'quiet-text' : undefined}>{text.t(`startup.${how}`)}</span>;
}

export function HealthCell({ guest: { health } }: FactProps) {
  const text = useText();
  if (!health) return null;
  return (
    <span className="health-mark" data-health={health}>
      <span className="state-dot" aria-hidden />
      <span>{text.t(`health.${health}`)}</span>
    </span>
  );
}

export function SnapshotsCell({ guest: { snapshots } }: FactProps) {
  const text = useText();
  return snapshots ? <span className="figure">{text.number(snapshots)}</span> : null;
}

/** How it is run, in plain words; the engine's own word in the title. */
export function VirtualizationCell({ guest: { virtualization, domainType } }: FactProps) {
  const text = useText();
  return virtualization && <span title={domainType}>{text.t(`virtualization.${virtualization}`)}</span>;
}
