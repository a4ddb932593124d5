import type { ContainerDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { isAddress } from '../ip-address.ts';
import { isAnonymous } from './delete-plan.ts';
import type { InspectedContainer } from './wire.ts';

/**
 * All that an inspect tells of a container beside its row.
 * @param info from an inspect with sizes
 */
export function containerDetailOf(guest: GuestId, info: InspectedContainer, podmanRuntime?: string): ContainerDetail {
  const { Config: config, HostConfig: host, State: state } = info;
  const runtime = podmanRuntime ?? host.Runtime;
  const finishedAt = Date.parse(state.FinishedAt ?? '');
  return {
    kind: 'container',
    guest,
    ...(info.Image && { imageId: info.Image }),
    command: [...(info.Path ? [info.Path] : []), ...(info.Args ?? [])],
    ...(config.User && { user: config.User }),
    ...(config.WorkingDir && { workingFolder: config.WorkingDir }),
    ...(config.Hostname && { hostname: config.Hostname }),
    ...(info.Platform && { platform: info.Platform }),
    ...(runtime && { runtime }),
    ...(typeof info.RestartCount === 'number' && { restartCount: info.RestartCount }),
    // Go's zero time is the year 1: it has not ended yet.
    ...(finishedAt > 0 && { finishedAt }),
    networks: networksOf(info),
    mounts: mountsOf(info),
    healthLog: (state.Health?.Log ?? []).map(({ End, ExitCode, Output }) => {
      const at = Date.parse(End ?? '');
      return {
        ...(at > 0 && { at }),
        ...(typeof ExitCode === 'number' && { exitCode: ExitCode }),
        output: Output ?? '',
      };
    }),
    labels: config.Labels ?? {},
    ...(typeof info.SizeRw === 'number' && { writableSize: info.SizeRw }),
  };
}

function networksOf({ NetworkSettings: settings }: InspectedContainer): ContainerDetail['networks'] {
  return Object.entries(settings?.Networks ?? {}).map(([name, network]) => ({
    name,
    addresses: [network?.IPAddress, network?.GlobalIPv6Address].filter(isAddress),
    ...(network?.Gateway && { gateway: network.Gateway }),
    ...(network?.MacAddress && { mac: network.MacAddress }),
    aliases: network?.Aliases ?? [],
  }));
}

function mountsOf({ Mounts: mounts }: InspectedContainer): ContainerDetail['mounts'] {
  return (mounts ?? []).map(({ Type, Name, Source, Destination, RW }) => ({
    type: Type || 'bind',
    // A volume is known by its name; where its files are is the engine's business.
    source: Name || Source || '',
    destination: Destination ?? '',
    readOnly: RW === false,
    anonymous: Type === 'volume' && isAnonymous(Name ?? ''),
  }));
}
