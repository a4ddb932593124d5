import type { GuestKind, GuestState, Verb, VerbOffer } from '../../../shared/guest.ts';
import { type MainMessageKey, say } from '../../../shared/message.ts';

const labels: Readonly<Record<Verb, Readonly<Record<GuestKind, MainMessageKey>>>> = {
  start: { vm: 'verb.start', container: 'verb.start' },
  shutDown: { vm: 'verb.shutDown', container: 'verb.stop' },
  restart: { vm: 'verb.reboot', container: 'verb.restart' },
  pause: { vm: 'verb.pause', container: 'verb.pause' },
  resume: { vm: 'verb.resume', container: 'verb.resume' },
  forceOff: { vm: 'verb.forceOff', container: 'verb.kill' },
};

/** Why a verb cannot be used in a state; no entry: it can. */
function obstacle(verb: Verb, state: GuestState): MainMessageKey | undefined {
  const on = state === 'running' || state === 'paused';
  if (verb === 'start') return on ? 'because.alreadyRunning' : undefined;
  if (!on) return 'because.notRunning';
  if (verb === 'resume') return state === 'paused' ? undefined : 'because.notPaused';
  if (verb === 'forceOff') return undefined;
  return state === 'paused' ? 'because.paused' : undefined;
}

/** Every verb of a demo guest in this state, ready or with the reason why not. */
export function offersFor(kind: GuestKind, state: GuestState): VerbOffer[] {
  return (Object.keys(labels) as Verb[]).map((verb): VerbOffer => {
    const label = say(labels[verb][kind]);
    const because = obstacle(verb, state);
    return because ? { verb, label, ready: false, because: say(because) } : { verb, label, ready: true };
  });
}

/** The state that a verb leads to. */
export function stateAfter(verb: Verb, before: GuestState): GuestState {
  if (verb === 'pause') return 'paused';
  if (verb === 'shutDown' || verb === 'forceOff') return 'stopped';
  return verb === 'start' || verb === 'resume' || verb === 'restart' ? 'running' : before;
}
