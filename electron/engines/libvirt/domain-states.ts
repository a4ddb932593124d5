import type { Guest, GuestState } from '../../../shared/guest.ts';
import { onStates } from '../../../shared/guest-words.ts';
import { type Message, say } from '../../../shared/message.ts';
import { domainState, pausedReason, shutoffReason } from './client/index.ts';

/**
 * A state of libvirt in the words of the list; a number that a newer libvirt may add is unknown.
 * @param saved there is a managed save image: its next start goes on from there
 */
export function guestState(state: number, saved = false): GuestState {
  switch (state) {
    case domainState.noState: // Xen's guests that are idle have none
    case domainState.running:
    case domainState.blocked:
      return 'running';
    case domainState.paused:
      return 'paused';
    case domainState.shutdown:
      return 'stopping';
    case domainState.shutoff:
      return saved ? 'saved' : 'stopped';
    case domainState.crashed:
      return 'crashed';
    case domainState.pmSuspended:
      return 'suspended';
    default:
      return 'unknown';
  }
}

/** Whether it is paused because a disk could not be read or written: it goes on once that is mended. */
export function isFailing(state: number, reason: number): boolean {
  return state === domainState.paused && reason === pausedReason.ioError;
}

/** More about a state: only what a person must know. */
export function stateNote(state: number, reason: number): Message | undefined {
  if (isFailing(state, reason)) return say('state.note.ioError');
  if (state === domainState.paused && reason === pausedReason.crashed) return say('state.note.crashed');
  if (state === domainState.shutoff && reason === shutoffReason.crashed) return say('state.note.crashed');
  return undefined;
}

/** States in which a domain has a process that can be measured and has addresses. */
export function isActive(state: Guest['state']): boolean {
  return onStates.has(state);
}
