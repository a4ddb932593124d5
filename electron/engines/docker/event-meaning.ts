import { guestLabel } from './container-guest.ts';
import type { EngineEvent } from './wire.ts';

/** What an event means for the list. */
export interface EventMeaning {
  readonly nativeId: string;
  readonly gone: boolean;
  /** What the container's label names, where the event tells labels. */
  readonly label?: string;
}

/**
 * Actions that change no row. Health probes make three exec events each, every few seconds for each container.
 * `mount`, `unmount`, `init`, `cleanup`, `sync`, `exec`, `exec_died` are Podman's.
 */
const noise: ReadonlySet<string> = new Set([
  'exec_create',
  'exec_start',
  'exec_die',
  'exec_detach',
  'exec',
  'exec_died',
  'attach',
  'detach',
  'resize',
  'top',
  'copy',
  'archive-path',
  'extract-to-dir',
  'export',
  'commit',
  'mount',
  'unmount',
  'init',
  'sync',
]);

/**
 * Which container's row an event touches; undefined when none. Reads `Action` and `Actor.ID` only: from API 1.52 on
 * there is nothing else (`status` and `id` are gone).
 */
export function meaningOf(event: EngineEvent): EventMeaning | undefined {
  // Compound actions: `health_status: healthy`, `exec_create: sh -c …`.
  const action = event.Action.split(':', 1)[0]?.trim() ?? '';
  const attributes = event.Actor.Attributes ?? {};
  if (event.Type === 'network') {
    const nativeId = attributes.container;
    return nativeId && (action === 'connect' || action === 'disconnect') ? { nativeId, gone: false } : undefined;
  }
  if (event.Type !== 'container' || noise.has(action) || event.Actor.ID === '') return undefined;
  const label = attributes[guestLabel];
  // Docker says destroy, Podman remove.
  const gone = action === 'destroy' || action === 'remove';
  return { nativeId: event.Actor.ID, gone, ...(label !== undefined && { label }) };
}
