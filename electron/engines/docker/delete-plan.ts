import type { DeletePart } from '../../../shared/delete-plan.ts';
import { say } from '../../../shared/message.ts';
import type { InspectedContainer, ListedContainer } from './wire.ts';

/** The writable layer's part; a volume's part has the volume's name. */
const layerId = 'writableLayer';

/** Volumes that were given no name get 64 hexadecimal digits, from Docker and from Podman. */
const noName = /^[0-9a-f]{64}$/;

/** Statuses of containers with a process. */
const live: ReadonlySet<string> = new Set(['running', 'paused', 'restarting']);

/** Whether it has a process that removing it would end. */
export function isLive({ State: { Status } }: InspectedContainer): boolean {
  return live.has(Status);
}

/** What is mounted, as list and inspect tell it. */
type Mounts = ListedContainer['Mounts'];

export function isAnonymous(volume: string): boolean {
  return noName.test(volume);
}

/** Volumes of a container, each once. */
export function volumesIn(mounts: Mounts): string[] {
  const names = (mounts ?? []).flatMap(({ Type, Name }) => (Type === 'volume' && Name ? [Name] : []));
  return [...new Set(names)];
}

/**
 * What goes with a container: its writable layer always, anonymous volumes as the person likes, volumes with a name and
 * those that another container uses never. Bind mounts are the host's own files and no part of it.
 * @param info from an inspect with sizes
 * @param others the other containers of the engine
 * @param sizes of volumes by name, in bytes, where they are known
 */
export function deletePlanOf(
  info: InspectedContainer,
  others: readonly ListedContainer[],
  sizes: ReadonlyMap<string, number>,
  podman: boolean,
): DeletePart[] {
  const layer: DeletePart = {
    ...{ id: layerId, kind: 'writableLayer', name: '', goes: 'always', chosen: true },
    ...(typeof info.SizeRw === 'number' && { size: info.SizeRw }),
  };
  return [layer, ...volumesIn(info.Mounts).map((name) => volumePart(name, info, others, sizes.get(name), podman))];
}

function volumePart(
  name: string,
  info: InspectedContainer,
  others: readonly ListedContainer[],
  size: number | undefined,
  podman: boolean,
): DeletePart {
  const part = { id: name, name, ...(size !== undefined && { size }) };
  if (!isAnonymous(name)) {
    return { ...part, kind: 'namedVolume', goes: 'never', chosen: false, because: say('part.namedVolume') };
  }
  const other = others.find((each) => each.Id !== info.Id && volumesIn(each.Mounts).includes(name));
  if (other) {
    const because = say('part.shared', { name: (other.Names?.[0] ?? other.Id.slice(0, 12)).replace(/^\//, '') });
    return { ...part, kind: 'anonymousVolume', goes: 'never', chosen: false, because };
  }
  // Podman removes it as soon as it is killed, with its volumes; Docker lets the one that asked first decide.
  if (podman && info.HostConfig.AutoRemove && isLive(info)) {
    return { ...part, kind: 'anonymousVolume', goes: 'always', chosen: true, because: say('part.autoRemove') };
  }
  // The engine's own `rm -v` leaves such a volume too. Podman writes every volume among the binds: it cannot be told.
  if (!podman && isGiven(name, info)) {
    return { ...part, kind: 'anonymousVolume', goes: 'person', chosen: false, because: say('part.givenVolume') };
  }
  return { ...part, kind: 'anonymousVolume', goes: 'person', chosen: true };
}

/** Whether the container was created with this very volume, as Compose hands the volumes of the old one to the new. */
function isGiven(name: string, { HostConfig: host }: InspectedContainer): boolean {
  return (
    (host.Binds ?? []).some((bind) => bind.startsWith(`${name}:`)) ||
    (host.Mounts ?? []).some((mount) => mount.Source === name)
  );
}

/**
 * How the engine is asked: with `v` it takes all anonymous volumes of the container that nobody else uses, so that is
 * asked exactly when all of them are chosen and none is left to another; else the chosen ones go one by one.
 * @param chosen ids of parts
 * @param plan where they were chosen from; without it they go one by one, which is right in any case
 */
export function removalOf(
  chosen: readonly string[],
  plan: readonly DeletePart[] | undefined,
): { withVolumes: boolean; single: string[] } {
  const anonymous = (plan ?? []).filter(({ kind }) => kind === 'anonymousVolume');
  const always = anonymous.flatMap(({ id, goes }) => (goes === 'always' ? [id] : []));
  const volumes = [...new Set([...chosen.filter((id) => id !== layerId), ...always])];
  const own = anonymous.filter(({ goes, because }) => goes !== 'never' && because?.key !== 'part.givenVolume');
  const withVolumes =
    own.length > 0 && own.every(({ id }) => volumes.includes(id)) && anonymous.every(({ goes }) => goes !== 'never');
  return { withVolumes, single: withVolumes ? volumes.filter((id) => !own.some((each) => each.id === id)) : volumes };
}
