import type { GuestState, VerbOffer } from '../../../shared/guest.ts';
import { type MainMessageKey, say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import { type DomainFlags, noFlags } from './domain-flags.ts';

/** What a domain can be asked for, in the order of its menu; and what that is called where it is not `verb.<verb>`. */
const labels: Readonly<Partial<Record<Verb, MainMessageKey>>> = {
  ...{ start: 'verb.start', shutDown: 'verb.shutDown', restart: 'verb.reboot', pause: 'verb.pause' },
  ...{ resume: 'verb.resume', reset: 'verb.reset', forceOff: 'verb.forceOff' },
  ...{ save: 'verb.save', discardSave: 'verb.discardSave' },
  takeSnapshot: 'verb.takeSnapshot',
  ...{ enableAutostart: 'verb.enableAutostart', disableAutostart: 'verb.disableAutostart' },
  ...{ rename: 'verb.rename', setTitle: 'verb.setTitle', setTags: 'verb.setTags' },
  ...{ protect: 'verb.protect', unprotect: 'verb.unprotect', delete: 'verb.delete' },
};
const allVerbs = Object.keys(labels) as Verb[];

/** Verbs of the lifecycle that are ready in a state. */
const ready: Readonly<Record<GuestState, readonly Verb[]>> = {
  running: ['shutDown', 'restart', 'reset', 'pause', 'forceOff', 'save'],
  paused: ['resume', 'reset', 'forceOff', 'save'],
  suspended: ['resume', 'reset', 'forceOff'],
  restarting: ['forceOff'],
  stopping: ['forceOff'],
  stopped: ['start'],
  saved: ['start', 'discardSave'],
  crashed: ['reset', 'forceOff'],
  unknown: ['start', 'shutDown', 'forceOff'],
};
const lifecycle: ReadonlySet<Verb> = new Set(Object.values(ready).flat());

/** All that is written into a definition's metadata. */
const ownFacts: readonly Verb[] = ['setTitle', 'setTags', 'protect', 'unprotect'];
/** Verbs that a driver of libvirt 9.0 has no call for, by the scheme of its URI. */
const lacking: Readonly<Record<string, readonly Verb[]>> = {
  test: ['reset'],
  lxc: ['reset', 'save', 'discardSave', 'rename'],
  ch: ownFacts,
  vbox: ownFacts,
};
const nothing: ReadonlySet<Verb> = new Set();
/** Drivers of which we take snapshots: QEMU's. */
const withSnapshots = /^qemu\b/;

/** Verbs that the driver behind a URI cannot do. */
export function lackingVerbs(uri: string): ReadonlySet<Verb> {
  const lacks = lacking[/^\w+/.exec(uri)?.[0] ?? ''] ?? [];
  return new Set(withSnapshots.test(uri) ? lacks : [...lacks, 'takeSnapshot']);
}

/** Why a verb of the lifecycle is not ready in a state. */
function lifecycleReason(verb: Verb, state: GuestState): MainMessageKey {
  if (verb === 'discardSave') return 'because.notSaved';
  if (state === 'unknown') return 'because.broken';
  if (state === 'stopped' || state === 'saved') return 'because.notRunning';
  if (state === 'crashed') return 'because.crashed';
  if (state === 'stopping' || state === 'restarting') return 'because.stopping';
  if (verb === 'start') return 'because.alreadyRunning';
  if (verb === 'resume') return 'because.notPaused';
  return state === 'suspended' ? 'because.suspended' : 'because.paused';
}

/**
 * States in which no snapshot is taken; more reasons come with what it would be. A saved one would go on with its old
 * memory on disks that are others by then.
 */
export const snapshotObstacles: Readonly<Partial<Record<GuestState, MainMessageKey>>> = {
  saved: 'because.saved',
  suspended: 'because.suspended',
  crashed: 'because.crashed',
  stopping: 'because.stopping',
  restarting: 'because.stopping',
  unknown: 'because.broken',
};

/** Why a verb cannot be used now; undefined: it can. */
function obstacle(verb: Verb, state: GuestState, flags: DomainFlags): MainMessageKey | undefined {
  if (lifecycle.has(verb) && !ready[state].includes(verb)) return lifecycleReason(verb, state);
  switch (verb) {
    case 'save':
      return flags.transient ? 'because.transient' : undefined;
    case 'enableAutostart':
      if (flags.transient) return 'because.transient';
      return flags.autostart ? 'because.autostartOn' : undefined;
    case 'disableAutostart':
      if (flags.transient) return 'because.transient';
      return flags.autostart ? undefined : 'because.autostartOff';
    case 'takeSnapshot':
      if (flags.transient) return 'because.transient';
      return snapshotObstacles[state];
    case 'rename':
      if (flags.transient) return 'because.transient';
      if (state === 'saved') return 'because.saved';
      return state === 'stopped' ? undefined : 'because.running';
    case 'protect':
    case 'delete':
      return flags.protected ? 'because.protected' : undefined;
    case 'unprotect':
      return flags.protected ? undefined : 'because.notProtected';
    default:
      return undefined;
  }
}

/**
 * Every verb of a domain in this state, ready or with the reason why not.
 * @param lacks what its driver cannot do at all: lackingVerbs()
 */
export function domainOffers(
  state: GuestState,
  flags: DomainFlags = noFlags,
  lacks: ReadonlySet<Verb> = nothing,
): VerbOffer[] {
  return allVerbs.map((verb): VerbOffer => {
    const label = say(domainVerbLabel(verb, state));
    const because = lacks.has(verb) ? 'because.unsupported' : obstacle(verb, state, flags);
    return because ? { verb, label, ready: false, because: say(because) } : { verb, label, ready: true };
  });
}

/** What the verb is called for a domain; a saved one is not started but restored. */
export function domainVerbLabel(verb: Verb, state?: GuestState): MainMessageKey {
  if (verb === 'start' && state === 'saved') return 'verb.restore';
  return labels[verb] ?? `verb.${verb}`;
}
