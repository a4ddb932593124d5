import type { GuestState, VerbOffer } from '../../../shared/guest.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';

/** Docker's own words for our verbs. */
const labels: Readonly<Partial<Record<Verb, MainMessageKey>>> = {
  start: 'verb.start',
  shutDown: 'verb.stop',
  restart: 'verb.restart',
  pause: 'verb.pause',
  resume: 'verb.resume',
  forceOff: 'verb.kill',
};

export function verbLabel(verb: Verb): MainMessageKey {
  return labels[verb] ?? `verb.${verb}`;
}

/** The command of Docker's and Podman's command lines that does the same. */
export const cliCommands: Readonly<Partial<Record<Verb, string>>> = {
  start: 'start',
  shutDown: 'stop',
  restart: 'restart',
  pause: 'pause',
  resume: 'unpause',
  forceOff: 'kill',
};

/**
 * Why a container in this state does not take the verb; undefined: it does. Tried on Docker 20.10 and Podman 4.3:
 * Docker stops a paused container, Podman refuses; both kill it.
 */
function obstacle(verb: Verb, state: GuestState, podman: boolean): MainMessageKey | undefined {
  const running = state === 'running' || state === 'restarting';
  if (state === 'stopping') return 'because.stopping';
  if (state === 'paused') {
    if (verb === 'start' || verb === 'pause') return 'because.paused';
    return podman && (verb === 'shutDown' || verb === 'restart') ? 'because.paused' : undefined;
  }
  switch (verb) {
    case 'start':
      return running ? 'because.alreadyRunning' : undefined;
    case 'resume':
      return running ? 'because.notPaused' : 'because.notRunning';
    case 'pause':
      // A container between two starts has no process to freeze.
      return state === 'running' ? undefined : 'because.notRunning';
    default:
      return running ? undefined : 'because.notRunning';
  }
}

/** Every verb of a container in this state, ready or with the reason why not. */
export function offersFor(state: GuestState, podman: boolean): VerbOffer[] {
  return offers((verb) => obstacle(verb, state, podman));
}

/** Every verb of a container of which nothing sure is known. */
export function brokenOffers(): VerbOffer[] {
  return offers(() => 'because.broken');
}

function offers(why: (verb: Verb) => MainMessageKey | undefined): VerbOffer[] {
  return (Object.keys(labels) as Verb[]).map((verb): VerbOffer => {
    const label: Message = say(verbLabel(verb));
    const because = why(verb);
    return because ? { verb, label, ready: false, because: say(because) } : { verb, label, ready: true };
  });
}
