import type { Guest } from '../../../shared/guest.ts';
import { restartPolicies } from '../../../shared/verbs.ts';
import type { InspectedContainer } from './wire.ts';

/** What only an inspect tells. */
export interface ContainerDetails {
  /** The status that they belong to: notes of an ended run must not stick to a running container. */
  readonly status: string;
  readonly startedAt?: number;
  readonly exitCode?: number;
  readonly oomKilled: boolean;
  readonly health?: string;
  readonly image?: string;
  readonly cpus?: number;
  readonly memoryLimit?: number;
  readonly startup?: Guest['startup'];
  readonly autoRemove: boolean;
  readonly runtime?: string;
}

/** @param podmanRuntime what Podman's own API says: its Docker API says `oci` of every container */
export function detailsOf(info: InspectedContainer, podmanRuntime?: string): ContainerDetails {
  const { State: state, HostConfig: host, Config: config } = info;
  const startedAt = Date.parse(state.StartedAt ?? '');
  const cpus = host.NanoCpus ? host.NanoCpus / 1e9 : host.CpuQuota && host.CpuQuota > 0 ? quota(host) : undefined;
  const startup = startupOf(host.RestartPolicy);
  const runtime = podmanRuntime ?? (host.Runtime === 'oci' ? undefined : host.Runtime);
  return {
    status: state.Status,
    oomKilled: state.OOMKilled === true,
    autoRemove: host.AutoRemove === true,
    // Go's zero time is the year 1: never started.
    ...(startedAt > 0 && { startedAt }),
    ...(typeof state.ExitCode === 'number' && { exitCode: state.ExitCode }),
    ...(state.Health && { health: state.Health.Status }),
    ...(config.Image && { image: config.Image }),
    ...(cpus !== undefined && { cpus }),
    ...(host.Memory && host.Memory > 0 && { memoryLimit: host.Memory }),
    ...(startup && { startup }),
    ...(runtime && { runtime }),
  };
}

function quota(host: InspectedContainer['HostConfig']): number {
  // 100 ms is the kernel's period when none is set.
  return (host.CpuQuota ?? 0) / (host.CpuPeriod || 100_000);
}

/** An empty name is `no`; a policy that a newer engine may have is not told. */
function startupOf(told: InspectedContainer['HostConfig']['RestartPolicy']): Guest['startup'] {
  const policy = restartPolicies.find((each) => each === (told?.Name || 'no'));
  if (!told || !policy) return undefined;
  const most = policy === 'on-failure' ? (told.MaximumRetryCount ?? 0) : 0;
  return { by: 'restartPolicy', policy, ...(most > 0 && { maximumRetries: most }) };
}
