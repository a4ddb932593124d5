import type { Guest, GuestKind, GuestState, VerbOffer } from '../../../shared/guest.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import type { PlainVerb, Verb } from '../../../shared/verbs.ts';

/** What decides which verbs a demo guest is ready for. */
export type Offering = Pick<Guest, 'kind' | 'state' | 'protected' | 'startup' | 'snapshots'>;

/** Verbs of each kind in the order of its menu, with what they are called. */
const labels: Readonly<Record<GuestKind, Readonly<Partial<Record<Verb, MainMessageKey>>>>> = {
  vm: {
    ...{ start: 'verb.start', shutDown: 'verb.shutDown', restart: 'verb.reboot', pause: 'verb.pause' },
    ...{ resume: 'verb.resume', reset: 'verb.reset', forceOff: 'verb.forceOff' },
    ...{ takeSnapshot: 'verb.takeSnapshot', save: 'verb.save', discardSave: 'verb.discardSave' },
    ...{ enableAutostart: 'verb.enableAutostart', disableAutostart: 'verb.disableAutostart' },
    ...{ rename: 'verb.rename', setTitle: 'verb.setTitle', setTags: 'verb.setTags' },
    ...{ protect: 'verb.protect', unprotect: 'verb.unprotect', delete: 'verb.delete' },
  },
  container: {
    ...{ start: 'verb.start', shutDown: 'verb.stop', restart: 'verb.restart', pause: 'verb.pause' },
    ...{ resume: 'verb.resume', forceOff: 'verb.kill' },
    ...{ rename: 'verb.rename', setTitle: 'verb.setTitle', setTags: 'verb.setTags' },
    ...{ setRestartPolicy: 'verb.setRestartPolicy', export: 'verb.export' },
    ...{ protect: 'verb.protect', unprotect: 'verb.unprotect', delete: 'verb.remove' },
  },
};

const lifecycle: ReadonlySet<Verb> = new Set<PlainVerb>([
  ...(['start', 'shutDown', 'restart', 'pause', 'resume', 'reset', 'forceOff', 'save', 'discardSave'] as const),
]);

/** Why a verb of the lifecycle cannot be used in a state; undefined: it can. */
function lifecycleObstacle(verb: Verb, state: GuestState): MainMessageKey | undefined {
  const on = state === 'running' || state === 'paused';
  if (verb === 'start') return on ? 'because.alreadyRunning' : undefined;
  if (verb === 'discardSave') return state === 'saved' ? undefined : 'because.notSaved';
  if (!on) return 'because.notRunning';
  if (verb === 'resume') return state === 'paused' ? undefined : 'because.notPaused';
  if (verb === 'forceOff' || verb === 'save' || verb === 'reset') return undefined;
  return state === 'paused' ? 'because.paused' : undefined;
}

function obstacle(verb: Verb, { kind, state, startup, snapshots, ...guest }: Offering): Message | undefined {
  const autostart = startup?.by === 'autostart' && startup.on;
  if (lifecycle.has(verb)) {
    const because = lifecycleObstacle(verb, state);
    return because && say(because);
  }
  switch (verb) {
    case 'enableAutostart':
      return autostart ? say('because.autostartOn') : undefined;
    case 'disableAutostart':
      return autostart ? undefined : say('because.autostartOff');
    case 'takeSnapshot':
      return state === 'saved' ? say('because.saved') : undefined;
    case 'protect':
      return guest.protected ? say('because.protected') : undefined;
    case 'unprotect':
      return guest.protected ? undefined : say('because.notProtected');
    case 'delete':
      return guest.protected ? say('because.protected') : undefined;
    case 'rename':
      if (kind === 'vm' && snapshots) return say('because.hasSnapshots', { count: snapshots });
      return kind === 'vm' && state !== 'stopped' ? say('because.running') : undefined;
    default:
      return undefined;
  }
}

/** Every verb of a demo guest as it is now, ready or with the reason why not. */
export function offersFor(guest: Offering): VerbOffer[] {
  return (Object.keys(labels[guest.kind]) as Verb[]).map((verb): VerbOffer => {
    const label = say(verb === 'start' && guest.state === 'saved' ? 'verb.restore' : labelOf(verb, guest.kind));
    const because = obstacle(verb, guest);
    return because ? { verb, label, ready: false, because } : { verb, label, ready: true };
  });
}

/** What a verb is called for a kind of guest. */
export function labelOf(verb: Verb, kind: GuestKind): MainMessageKey {
  return labels[kind][verb] ?? `verb.${verb}`;
}
