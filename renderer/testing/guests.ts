import { type EngineStatus, engineStatus } from '../../shared/engine-status.ts';
import type { Failure } from '../../shared/failure.ts';
import { type Guest, guest as guestSchema, type VerbOffer } from '../../shared/guest.ts';
import type { EngineId, GuestId, TaskId } from '../../shared/ids.ts';
import { type MainMessageKey, say } from '../../shared/message.ts';
import { type Task, task as taskSchema } from '../../shared/task.ts';
import type { Verb } from '../../shared/verbs.ts';
import type { FindWords } from '../stores/guest-facts.ts';

export const libvirt = 'libvirt:qemu:///system' as EngineId;
export const docker = 'docker:unix:///var/run/docker.sock' as EngineId;

/** Names as an engine may send them, each of which would do harm where it is taken for anything but text. */
export const hostileNames = {
  markup: '<img src=x onerror=alert(1)>',
  turned: 'invoice\u202Efdp.exe',
  twoLines: 'first\nsecond',
  long: 'x'.repeat(200),
  emoji: '🐳👩‍👩‍👧‍👦',
  pattern: '{name, plural, other {#}}',
} as const;

/** A guest's id by its name, as {@link aGuest} makes it. */
export function idOf(name: string): GuestId {
  return `guest/${name}` as GuestId;
}

/** A verb that is ready, or not for the reason given. */
export function offer(verb: Verb, label: MainMessageKey, because?: MainMessageKey): VerbOffer {
  return because
    ? { verb, label: say(label), ready: false, because: say(because) }
    : { verb, label: say(label), ready: true };
}

/** The offers of a guest that runs, or that is stopped, as both kinds have them. */
export function offersOf(kind: Guest['kind'], running: boolean): VerbOffer[] {
  const vm = kind === 'vm';
  const off = running ? undefined : 'because.notRunning';
  return [
    offer('start', 'verb.start', running ? 'because.alreadyRunning' : undefined),
    offer('shutDown', vm ? 'verb.shutDown' : 'verb.stop', off),
    offer('restart', vm ? 'verb.reboot' : 'verb.restart', off),
    offer('pause', 'verb.pause', off),
    offer('forceOff', vm ? 'verb.forceOff' : 'verb.kill', off),
  ];
}

/** A guest that the schema accepts: a stopped virtual machine but for what `part` says. */
export function aGuest(name: string, part: Partial<Guest> = {}): Guest {
  const kind = part.kind ?? 'vm';
  const state = part.state ?? 'stopped';
  return guestSchema.parse({
    id: idOf(name),
    engine: kind === 'vm' ? libvirt : docker,
    kind,
    nativeId: `native-${name}`,
    name,
    state,
    tags: [],
    protected: false,
    transient: false,
    addresses: [],
    ports: [],
    offers: offersOf(kind, state === 'running'),
    ...part,
  });
}

export function aContainer(name: string, part: Partial<Guest> = {}): Guest {
  return aGuest(name, { kind: 'container', image: 'nginx:1.27', ...part });
}

/** An engine that is live but for what `part` says. */
export function anEngine(id: EngineId, part: Partial<EngineStatus> = {}): EngineStatus {
  const kind = id === libvirt ? 'libvirt' : 'docker';
  const name = kind === 'libvirt' ? 'qemu:///system' : 'docker';
  return engineStatus.parse({ id, kind, name, address: name, state: 'live', lastContact: 1_700_000_000_000, ...part });
}

export const bothEngines: readonly EngineStatus[] = [anEngine(libvirt), anEngine(docker)];

/** A task that runs but for what `part` says. */
export function aTask(id: string, guestName: string, part: Partial<Task> = {}): Task {
  return taskSchema.parse({
    id: id as TaskId,
    guest: idOf(guestName),
    guestName,
    action: { verb: 'start' },
    commands: [],
    label: say('verb.start'),
    state: 'running',
    startedAt: 1_700_000_000_000,
    cancellable: false,
    ...part,
  });
}

/** Why a guest could not be started. */
export function aFailure(name: string): Failure {
  return {
    code: 'guest-broken',
    title: say('failure.title.act', { verb: 'verb.start', name }),
    detail: say('failure.detail.diskMissing', { path: '/var/lib/disk.qcow2' }),
    remedies: [],
    guest: idOf(name),
    raw: { source: 'libvirt', code: 38, text: 'Cannot access storage file' },
  };
}

/** A docker that is installed but not started, as main tells of it. */
export const dockerOff: EngineStatus = anEngine(docker, {
  state: 'off',
  lastContact: undefined,
  failure: {
    code: 'engine-stopped',
    title: say('failure.title.connect', { engine: 'docker' }),
    detail: say('failure.detail.socketRefused', { path: '/var/run/docker.sock' }),
    remedies: [{ do: 'run', command: 'sudo systemctl start docker', why: say('remedy.startDaemon') }, { do: 'retry' }],
    engine: docker,
    raw: { source: 'system', code: 'ECONNREFUSED', text: 'connect ECONNREFUSED /var/run/docker.sock' },
  },
});

/** Words for states and kinds without a catalogue. */
export const plainWords: FindWords = {
  state: (state) => `is-${state}`,
  kind: (kind) => `a-${kind}`,
  engine: (engine) => engine,
};
