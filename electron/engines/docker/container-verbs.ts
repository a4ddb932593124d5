import type { GuestState, VerbOffer } from '../../../shared/guest.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import type { EngineInfo } from './wire.ts';

/** Verbs of a container in the order of its menu, in Docker's own words. */
const labels: Readonly<Partial<Record<Verb, MainMessageKey>>> = {
  start: 'verb.start',
  shutDown: 'verb.stop',
  restart: 'verb.restart',
  pause: 'verb.pause',
  resume: 'verb.resume',
  forceOff: 'verb.kill',
  rename: 'verb.rename',
  setTitle: 'verb.setTitle',
  setTags: 'verb.setTags',
  setRestartPolicy: 'verb.setRestartPolicy',
  export: 'verb.export',
  protect: 'verb.protect',
  unprotect: 'verb.unprotect',
  delete: 'verb.remove',
};

/** Verbs that one request without a body does. */
export const lifeVerbs = ['start', 'shutDown', 'restart', 'pause', 'resume', 'forceOff'] as const;
export type LifeVerb = (typeof lifeVerbs)[number];

export function isLifeVerb(verb: Verb): verb is LifeVerb {
  return (lifeVerbs as readonly Verb[]).includes(verb);
}

export function verbLabel(verb: Verb): MainMessageKey {
  return labels[verb] ?? `verb.${verb}`;
}

/** What an engine can and cannot. */
export interface EngineTraits {
  readonly podman: boolean;
  /** Why it changes no restart policy; undefined where it does. */
  readonly noRestartPolicy: Message | undefined;
  /** Its containers have no control groups: they can be neither frozen nor measured. */
  readonly noCgroups: boolean;
}

/**
 * Rootless Podman puts containers into control groups of version 2 only (podman(1), "Rootless mode"; 4.3 refuses to
 * pause there and measures 0).
 */
function hasNoCgroups({ CgroupVersion, SecurityOptions }: EngineInfo): boolean {
  return CgroupVersion === '1' && (SecurityOptions ?? []).some((option) => option.includes('rootless'));
}

/**
 * Podman's Docker API has `update` from 5.1 on (podman pull request 22322); 4.3 answers 404, and its own API has no
 * restart policy either.
 * @param version of Podman, as GET /version tells it
 */
export function podmanTraits(version: string, info: EngineInfo): EngineTraits {
  const needed = '5.1';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const has = major > 5 || (major === 5 && minor >= 1);
  const why = say('because.engineOlder', { engine: 'Podman', version, needed });
  return { podman: true, noRestartPolicy: has ? undefined : why, noCgroups: hasNoCgroups(info) };
}

export const dockerTraits: EngineTraits = { podman: false, noRestartPolicy: undefined, noCgroups: false };

/** What decides which verbs a container is ready for. */
export interface Offering {
  readonly state: GuestState;
  readonly protected: boolean;
  readonly autoRemove: boolean;
}

/**
 * Why a container in this state does not take a verb of its life; undefined: it does. Tried on Docker 20.10 and Podman
 * 4.3: Docker stops a paused container, Podman refuses; both kill it.
 */
function lifeObstacle(verb: Verb, state: GuestState, podman: boolean): MainMessageKey | undefined {
  const running = state === 'running' || state === 'restarting';
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

/** Why the container does not take the verb now; undefined: it does. */
function obstacle(verb: Verb, { state, autoRemove, ...guest }: Offering, on: EngineTraits): Message | undefined {
  switch (verb) {
    case 'setTitle':
    case 'setTags':
      return undefined;
    case 'protect':
      return guest.protected ? say('because.protected') : undefined;
    case 'unprotect':
      return guest.protected ? undefined : say('because.notProtected');
    default:
      break;
  }
  if (state === 'stopping') return say('because.stopping');
  switch (verb) {
    case 'rename':
    case 'export':
      return undefined;
    case 'setRestartPolicy':
      return autoRemove ? say('because.autoRemove') : on.noRestartPolicy;
    case 'delete':
      return guest.protected ? say('because.protected') : undefined;
    default: {
      if (on.noCgroups && verb === 'pause' && state === 'running') return say('because.noCgroups');
      const because = lifeObstacle(verb, state, on.podman);
      return because && say(because);
    }
  }
}

/** Every verb of a container as it is now, ready or with the reason why not. */
export function offersFor(guest: Offering, on: EngineTraits): VerbOffer[] {
  return offers((verb) => obstacle(verb, guest, on));
}

/** Every verb of a container of which nothing sure is known. */
export function brokenOffers(): VerbOffer[] {
  return offers(() => say('because.broken'));
}

function offers(why: (verb: Verb) => Message | undefined): VerbOffer[] {
  return (Object.keys(labels) as Verb[]).map((verb): VerbOffer => {
    const label: Message = say(verbLabel(verb));
    const because = why(verb);
    return because ? { verb, label, ready: false, because } : { verb, label, ready: true };
  });
}
