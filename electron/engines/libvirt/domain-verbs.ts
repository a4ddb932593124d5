import type { GuestState, VerbOffer } from '../../../shared/guest.ts';
import { type MainMessageKey, say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import type { RpcConnection, remote_nonnull_domain } from './client/index.ts';

const labels: Readonly<Partial<Record<Verb, MainMessageKey>>> = {
  start: 'verb.start',
  shutDown: 'verb.shutDown',
  restart: 'verb.reboot',
  pause: 'verb.pause',
  resume: 'verb.resume',
  forceOff: 'verb.forceOff',
};
const allVerbs = Object.keys(labels) as Verb[];

/** Verbs that are ready in a state, and the reason for those that are not. */
const ready: Readonly<Record<GuestState, readonly Verb[]>> = {
  running: ['shutDown', 'restart', 'pause', 'forceOff'],
  paused: ['resume', 'forceOff'],
  suspended: ['resume', 'forceOff'],
  restarting: ['forceOff'],
  stopping: ['forceOff'],
  stopped: ['start'],
  saved: ['start'],
  crashed: ['start', 'forceOff'],
  unknown: ['start', 'shutDown', 'forceOff'],
};

function reason(verb: Verb, state: GuestState): MainMessageKey {
  if (state === 'unknown') return 'because.broken';
  if (state === 'stopped' || state === 'saved' || state === 'crashed') return 'because.notRunning';
  if (state === 'stopping' || state === 'restarting') return 'because.stopping';
  if (verb === 'start') return 'because.alreadyRunning';
  if (verb === 'resume') return 'because.notPaused';
  return state === 'suspended' ? 'because.suspended' : 'because.paused';
}

/** Every verb of a domain in this state, ready or with the reason why not. */
export function domainOffers(state: GuestState): VerbOffer[] {
  return allVerbs.map((verb): VerbOffer => {
    const label = say(domainVerbLabel(verb));
    if (ready[state].includes(verb)) return { verb, label, ready: true };
    return { verb, label, ready: false, because: say(reason(verb, state)) };
  });
}

/** What the verb is called for a domain. */
export function domainVerbLabel(verb: Verb): MainMessageKey {
  return labels[verb] ?? `verb.${verb}`;
}

/**
 * Asks libvirt for it. shutDown and restart are requests: the guest decides.
 * @param state the domain's state, since a guest asleep is woken where one that is paused is resumed
 */
export async function callVerb(
  connection: RpcConnection,
  dom: remote_nonnull_domain,
  verb: Verb,
  state: GuestState,
): Promise<void> {
  switch (verb) {
    case 'start':
      await connection.call('DOMAIN_CREATE', { dom });
      return;
    case 'shutDown':
      await connection.call('DOMAIN_SHUTDOWN', { dom });
      return;
    case 'restart':
      await connection.call('DOMAIN_REBOOT', { dom, flags: 0 });
      return;
    case 'pause':
      await connection.call('DOMAIN_SUSPEND', { dom });
      return;
    case 'resume':
      if (state === 'suspended') await connection.call('DOMAIN_PM_WAKEUP', { dom, flags: 0 });
      else await connection.call('DOMAIN_RESUME', { dom });
      return;
    case 'forceOff':
      await connection.call('DOMAIN_DESTROY', { dom });
      return;
  }
}
