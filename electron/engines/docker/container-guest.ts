import type { Failure } from '../../../shared/failure.ts';
import type { Guest, GuestState, PublishedPort } from '../../../shared/guest.ts';
import type { EngineId, GuestId } from '../../../shared/ids.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import type { Annotation } from '../annotations.ts';
import { type ContainerDetails, detailsOf } from './container-details.ts';
import { annotationIn, belongingIn, guestLabel } from './container-labels.ts';
import { addressesOf, inspectedPorts, listedPorts } from './container-net.ts';
import { brokenOffers, type EngineTraits, offersFor } from './container-verbs.ts';
import type { InspectedContainer, ListedContainer } from './wire.ts';

/** What a row needs beside what the engine told. */
export interface GuestContext extends EngineTraits {
  readonly engine: EngineId;
  guestFor(nativeId: string, label?: string): GuestId;
  /** What the person has changed here; undefined where nothing was. */
  annotationOf(guest: GuestId): Annotation | undefined;
}

interface Basics {
  readonly nativeId: string;
  readonly name: string;
  readonly status: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string | undefined;
  readonly createdAt: number | undefined;
  readonly addresses: string[];
  readonly ports: PublishedPort[];
  readonly health: string | undefined;
}

/** A row from the list, with what an earlier inspect told where that still holds. */
export function guestFromList(item: ListedContainer, details: ContainerDetails | undefined, on: GuestContext): Guest {
  const basics: Basics = {
    nativeId: item.Id,
    name: nameOf(item),
    status: item.State,
    labels: item.Labels ?? {},
    image: item.Image ?? undefined,
    createdAt: item.Created * 1000,
    addresses: addressesOf(item.NetworkSettings?.Networks),
    ports: listedPorts(item),
    health: item.Health?.Status,
  };
  return toGuest(basics, details, on);
}

/**
 * A row from an inspect, which tells everything.
 * @param podmanRuntime as detailsOf() takes it
 */
export function guestFromInspect(info: InspectedContainer, on: GuestContext, podmanRuntime?: string): Guest {
  const created = Date.parse(info.Created);
  const basics: Basics = {
    nativeId: info.Id,
    name: info.Name.replace(/^\//, ''),
    status: info.State.Status,
    labels: info.Config.Labels ?? {},
    image: info.Config.Image ?? undefined,
    // To the second, as the list has it: else every row would change when it is inspected.
    createdAt: Number.isNaN(created) ? undefined : Math.floor(created / 1000) * 1000,
    addresses: addressesOf(info.NetworkSettings?.Networks),
    ports: inspectedPorts(info),
    health: info.State.Health?.Status,
  };
  return toGuest(basics, detailsOf(info, podmanRuntime), on);
}

/** What holds of title, tags and protection: what was changed here, else what the labels say. */
export function annotationNow(
  labels: Readonly<Record<string, string>> | null | undefined,
  kept: Annotation | undefined,
): Annotation {
  return kept ?? annotationIn(labels ?? {});
}

/** A row for a container of which nothing could be read but its id. */
export function brokenGuest(nativeId: string, name: string, failure: Failure, on: GuestContext): Guest {
  const id = on.guestFor(nativeId);
  return {
    id,
    engine: on.engine,
    kind: 'container',
    nativeId,
    name,
    state: 'unknown',
    ...rowAnnotation(annotationNow(undefined, on.annotationOf(id))),
    transient: false,
    failure,
    addresses: [],
    ports: [],
    offers: brokenOffers(),
  };
}

function toGuest(basics: Basics, known: ContainerDetails | undefined, on: GuestContext): Guest {
  const state = stateOf(basics.status);
  const current = known?.status === basics.status ? known : undefined;
  const note = noteOf(basics.status, current, basics.health);
  const live = state === 'running' || state === 'paused';
  const image = known?.image ?? basics.image;
  const id = on.guestFor(basics.nativeId, basics.labels[guestLabel]);
  const annotation = annotationNow(basics.labels, on.annotationOf(id));
  const transient = known?.autoRemove ?? false;
  const health = live ? healthOf(basics.health ?? current?.health) : undefined;
  return {
    id,
    engine: on.engine,
    kind: 'container',
    nativeId: basics.nativeId,
    name: basics.name,
    state,
    ...rowAnnotation(annotation),
    transient,
    ...(note && { stateNote: note }),
    ...(image !== undefined && { image }),
    ...(known?.runtime !== undefined && {
      domainType: known.runtime,
      virtualization: /kata|krun/i.test(known.runtime) ? 'full' : 'os-level',
    }),
    addresses: basics.addresses,
    ports: basics.ports,
    ...(known?.cpus !== undefined && { cpus: known.cpus }),
    ...(known?.memoryLimit !== undefined && { memoryLimit: known.memoryLimit }),
    ...(basics.createdAt !== undefined && { createdAt: basics.createdAt }),
    ...(live && current?.startedAt !== undefined && { startedAt: current.startedAt }),
    ...(known?.startup && { startup: known.startup }),
    ...(health && { health }),
    ...lastRun(basics.status, current),
    ...belongingIn(basics.labels),
    offers: offersFor({ state, protected: annotation.protected, autoRemove: transient }, on),
  };
}

function rowAnnotation({ title, tags, protected: held }: Annotation): Pick<Guest, 'title' | 'tags' | 'protected'> {
  return { ...(title !== undefined && { title }), tags: [...tags], protected: held };
}

/** How the last run ended, of a container that is not running. */
function lastRun(status: string, details: ContainerDetails | undefined): Pick<Guest, 'exitCode' | 'outOfMemory'> {
  if (!details || !endings.has(status)) return {};
  const { exitCode, oomKilled } = details;
  return { ...(exitCode !== undefined && { exitCode }), ...(oomKilled && { outOfMemory: true }) };
}

/** Of a container that never ran there is no last run; the engine says 0. */
const endings: ReadonlySet<string> = new Set(['exited', 'stopped', 'restarting', 'dead']);

function healthOf(told: string | undefined): Guest['health'] {
  return told === 'healthy' || told === 'unhealthy' || told === 'starting' ? told : undefined;
}

/** `configured`, `initialized`, `stopped` and `stopping` are Podman's. */
const states: Readonly<Record<string, GuestState>> = {
  created: 'stopped',
  configured: 'stopped',
  initialized: 'stopped',
  exited: 'stopped',
  stopped: 'stopped',
  dead: 'stopped',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'stopping',
  stopping: 'stopping',
};

function stateOf(status: string): GuestState {
  return (Object.hasOwn(states, status) && states[status]) || 'unknown';
}

const healthNotes: Readonly<Record<string, MainMessageKey>> = {
  healthy: 'state.note.healthy',
  unhealthy: 'state.note.unhealthy',
  starting: 'state.note.healthStarting',
};

function noteOf(status: string, details: ContainerDetails | undefined, listedHealth?: string): Message | undefined {
  switch (status) {
    case 'created':
    case 'configured':
    case 'initialized':
      return say('state.note.created');
    case 'dead':
      return say('state.note.dead');
    case 'removing':
      return say('state.note.removing');
    case 'running': {
      const health = listedHealth ?? details?.health ?? '';
      const key = Object.hasOwn(healthNotes, health) ? healthNotes[health] : undefined;
      return key && say(key);
    }
    case 'exited':
    case 'stopped':
    case 'restarting':
      if (details?.oomKilled) return say('state.note.oomKilled');
      return details?.exitCode ? say('state.note.exitCode', { code: details.exitCode }) : undefined;
    default:
      return undefined;
  }
}

/** Names are `/web`, and for old links `/other/alias`: the one with a single slash is its own. */
function nameOf(item: ListedContainer): string {
  const names = item.Names ?? [];
  const own = names.find((name) => !name.slice(1).includes('/')) ?? names[0];
  return own?.replace(/^\//, '') || item.Id.slice(0, 12);
}
