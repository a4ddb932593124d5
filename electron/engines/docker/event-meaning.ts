import { guestLabel } from './container-labels.ts';
import type { EngineEvent } from './wire.ts';

/** What an event means for the list and for the history. */
export interface EventMeaning {
  readonly nativeId: string;
  /** Whether the row may be another now; what is only of the past changes none. */
  readonly changes: boolean;
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
  'mount',
  'unmount',
  'init',
  'sync',
]);

/** Worth to be told, and no change of the row. */
const past: ReadonlySet<string> = new Set(['export', 'commit']);

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
    const touches = action === 'connect' || action === 'disconnect';
    return nativeId && touches ? { nativeId, changes: true, gone: false } : undefined;
  }
  if (event.Type !== 'container' || noise.has(action) || event.Actor.ID === '') return undefined;
  const label = attributes[guestLabel];
  // Docker says destroy, Podman remove.
  const gone = action === 'destroy' || action === 'remove';
  const changes = !past.has(action);
  return { nativeId: event.Actor.ID, changes, gone, ...(label !== undefined && { label }) };
}
