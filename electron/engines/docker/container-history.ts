import { constants } from 'node:os';
import type { GuestId } from '../../../shared/ids.ts';
import { type Message, say } from '../../../shared/message.ts';
import type { EngineEvent as Happening } from '../engine.ts';
import type { EngineEvent } from './wire.ts';

/** A new event stream begins a little before the old one ended: so many lately told events are not told twice. */
const mostTold = 1000;

/** What happened, and whether it draws the eye. */
interface Word {
  readonly what: Message;
  readonly bad?: boolean;
}

/** Signals that tell a program something and do not end it, as a rule. */
const harmless: ReadonlySet<string> = new Set([
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
  'SIGCONT',
  'SIGSTOP',
  'SIGURG',
]);

/** Exit codes of programs that a signal has ended: SIGINT, SIGKILL, SIGTERM. */
const signalled: ReadonlySet<number> = new Set([130, 137, 143]);

/**
 * Words an engine's events for the history of its containers; lasts over reconnects. `stop` and `cleanup` follow a
 * `die` that has said it all; `exec_…`, `top`, `attach`, `mount` and the like are noise.
 */
export class ContainerHistory {
  /** Containers that somebody is ending: their end is no fault, whatever the exit code. */
  readonly #ending = new Set<string>();
  readonly #health = new Map<string, string>();
  readonly #told = new Set<string>();

  /** @returns undefined for what is noise or was told before */
  word(event: EngineEvent, nativeId: string, guest: GuestId, podman: boolean): Happening | undefined {
    if (this.#isOld(event)) return undefined;
    const word = event.Type === 'network' ? networkWord(event) : this.#containerWord(event, nativeId, podman);
    return word && { guest, at: timeOf(event), what: word.what, bad: word.bad ?? false };
  }

  #containerWord(event: EngineEvent, id: string, podman: boolean): Word | undefined {
    const [action = '', detail] = event.Action.split(':', 2).map((part) => part.trim());
    const attributes = event.Actor.Attributes ?? {};
    switch (action) {
      case 'create':
        return { what: say('event.created') };
      case 'start':
        this.#ending.delete(id);
        return { what: say('event.started') };
      case 'die':
      case 'died':
        return this.#died(id, Number(attributes.exitCode ?? attributes.containerExitCode ?? 0), podman);
      case 'kill':
        return this.#killed(id, attributes.signal);
      case 'stop':
        // Podman says so before the end, Docker after it.
        if (podman) this.#ending.add(id);
        return undefined;
      case 'restart':
        if (podman) this.#ending.add(id);
        return { what: say('event.restarted') };
      case 'pause':
        return { what: say('event.paused') };
      case 'unpause':
        return { what: say('event.resumed') };
      case 'oom':
        return { what: say('event.outOfMemory'), bad: true };
      case 'rename':
        return { what: say('event.renamed', { name: (attributes.name ?? '').replace(/^\//, '') }) };
      case 'update':
        return { what: say('event.updated') };
      case 'health_status':
        return this.#healthWord(id, detail ?? attributes.health_status);
      case 'commit':
        return { what: say('event.committed') };
      case 'export':
        return { what: say('event.exported') };
      case 'destroy':
      case 'remove':
        this.#ending.delete(id);
        this.#health.delete(id);
        return { what: say('event.removed') };
      default:
        return undefined;
    }
  }

  #died(id: string, code: number, podman: boolean): Word {
    const wanted = this.#ending.delete(id);
    // Podman tells of a stop from its command line by nothing but the exit code.
    const bad = code !== 0 && !wanted && !(podman && signalled.has(code));
    return { what: say('event.exited', { code }), bad };
  }

  #killed(id: string, told: string | undefined): Word {
    const signal = signalName(told);
    if (signal === undefined || !harmless.has(signal)) this.#ending.add(id);
    return { what: signal === undefined ? say('event.signalled') : say('event.killed', { signal }) };
  }

  /** Podman tells of every check, Docker of changes. */
  #healthWord(id: string, health: string | undefined): Word | undefined {
    if (!health || this.#health.get(id) === health) return undefined;
    this.#health.set(id, health);
    return { what: say('event.health', { health }), bad: health === 'unhealthy' };
  }

  #isOld({ timeNano, Type, Action, Actor }: EngineEvent): boolean {
    if (!timeNano) return false;
    const key = `${timeNano} ${Type} ${Action} ${Actor.ID}`;
    if (this.#told.has(key)) return true;
    this.#told.add(key);
    for (const oldest of this.#told) {
      if (this.#told.size <= mostTold) break;
      this.#told.delete(oldest);
    }
    return false;
  }
}

function networkWord({ Action, Actor }: EngineEvent): Word | undefined {
  const network = Actor.Attributes?.name ?? Actor.ID.slice(0, 12);
  if (Action === 'connect') return { what: say('event.networkConnected', { network }) };
  return Action === 'disconnect' ? { what: say('event.networkDisconnected', { network }) } : undefined;
}

/** Unix time in milliseconds. */
function timeOf({ timeNano, time }: EngineEvent): number {
  if (timeNano) return Math.floor(timeNano / 1e6);
  return time ? time * 1000 : Date.now();
}

/** Docker tells a number, `15`; a name stays as it is. Numbers are Linux's, which this machine is. */
function signalName(told: string | undefined): string | undefined {
  if (!told) return undefined;
  const number = Number(told);
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? told;
}
