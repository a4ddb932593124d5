import type { Failure, FailureCode, Remedy } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { type MainMessageKey, type Message, say } from '../../../shared/message.ts';
import { FailureError } from '../failure-error.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { runRemedy, shellWord } from '../shell.ts';
import { ConnectError, ConnectionLostError, errorCode, LibvirtError, UnsupportedAuthError } from './client/index.ts';
import { virshLine } from './domain-commands.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { libvirtGroup, WouldAskError } from './polkit.ts';
import { Refusal } from './refusal.ts';

const retry: Remedy = { do: 'retry' };

/** What was tried when it failed. */
export interface Attempt {
  readonly title: Message;
  readonly guest?: GuestId;
  /** The disk that the question was about, where it was about one. */
  readonly disk?: string;
}

/** An errno in int1 of a system error. */
const errno = { noEntry: 2, noSpace: 28 } as const;
/** virErrorDomain: the part of libvirt that has the networks. */
const fromNetwork = 19;
/** Names and paths in a libvirt text: its translations quote in the way of their language. */
const quoted = /['„“”«]([^'“”»]+)['“”»]/;
const quotedPath = /['„“”«](\/[^'“”»]+)['“”»]/;

/** A libvirt error about a guest or a call, decided by its numbers; its text only tells names that numbers lack. */
export function libvirtFailure(error: unknown, endpoint: LibvirtEndpoint, attempt: Attempt): Failure {
  const make = (code: FailureCode, detail: MainMessageKey | Message, remedies: Remedy[] = []): Failure => ({
    code,
    title: attempt.title,
    detail: typeof detail === 'string' ? say(detail) : detail,
    remedies,
    engine: endpoint.info.id,
    ...(attempt.guest && { guest: attempt.guest }),
    raw: rawOf(error),
  });
  if (error instanceof ConnectionLostError) return lostFailure(error, endpoint, attempt);
  if (error instanceof Refusal) {
    const { raw: _ours, ...failure } = make(error.code, error.detail, [...error.remedies]);
    return error.cause ? { ...failure, raw: rawOf(error.cause) } : failure;
  }
  if (!(error instanceof LibvirtError)) return make('internal', 'failure.detail.internal', [retry]);

  const missing = isMissingFile(error) ? (attempt.disk ?? missingFile(error)) : undefined;
  if (missing) {
    // A guest's id ends in its UUID, which needs no quoting whatever the domain is called.
    const uuid = attempt.guest?.split('/').at(-1) ?? '';
    const remedy = runRemedy(virshLine(endpoint, 'edit', uuid), say('remedy.restoreDisk'));
    return make('guest-broken', say('failure.detail.diskMissing', { path: missing }), uuid ? [remedy] : []);
  }
  const network = inactiveNetwork(error);
  if (network) {
    const remedies = [runRemedy(virshLine(endpoint, 'net-start', network), say('remedy.startNetwork')), retry];
    return make('refused', say('failure.detail.networkInactive', { network }), remedies);
  }
  switch (error.code) {
    case errorCode.noDomain:
      return make('guest-gone', 'failure.detail.guestGone');
    case errorCode.operationInvalid:
      return make('wrong-state', 'failure.detail.wrongState');
    case errorCode.operationTimeout:
    case errorCode.resourceBusy:
      return make('guest-busy', 'failure.detail.guestBusy', [retry]);
    case errorCode.operationAborted: // by somebody else: what we cancel ourselves is told before
      return make('refused', 'failure.detail.cancelled', [retry]);
    case errorCode.operationDenied:
      return make('read-only', 'failure.detail.readOnly');
    case errorCode.noSupport:
    case errorCode.configUnsupported:
      return make('not-supported', 'failure.detail.notSupported');
    case errorCode.noMemory:
      return make('no-resources', 'failure.detail.noMemory');
    case errorCode.xmlError:
      return make('guest-broken', 'failure.detail.badDefinition');
    case errorCode.authFailed:
    case errorCode.authUnavailable:
    case errorCode.authCancelled:
      return make('engine-forbidden', authDetail(error.code), [retry]);
    case errorCode.systemError:
      if (error.int1 === errno.noSpace) {
        return make('no-resources', 'failure.detail.noSpace', [{ do: 'read', text: say('remedy.freeSpace') }, retry]);
      }
      break;
  }
  if (/Cannot allocate memory|cannot set up guest memory/.test(error.message)) {
    return make('no-resources', 'failure.detail.noMemory');
  }
  return make('refused', 'failure.detail.engine', [retry]);
}

/** Whether a file is missed: its errno tells. The text counts where there is none, as when QEMU's own words are told. */
export function isMissingFile(error: LibvirtError): boolean {
  if (error.code === errorCode.systemError && error.int1 > 0) return error.int1 === errno.noEntry;
  return /No such file or directory/.test(error.message);
}

/**
 * The path in "Cannot access storage file '/x': No such file or directory" and its like. The socket of a helper daemon
 * (virtnetworkd, virtlogd) is missed in the same way and is no disk.
 */
function missingFile(error: LibvirtError): string | undefined {
  const path = quotedPath.exec(error.message)?.[1];
  return path?.endsWith('-sock') ? undefined : path;
}

/**
 * The network of "network 'x' is not active". libvirt has no number for just that: the network part's "not in this
 * state", said while something was done to a domain, is it. The name is told by the text alone.
 */
function inactiveNetwork(error: LibvirtError): string | undefined {
  const byNumbers = error.code === errorCode.operationInvalid && error.domain === fromNetwork;
  if (!byNumbers && !/network '[^']+' is not active/.test(error.message)) return undefined;
  return quoted.exec(error.message)?.[1];
}

/** Why the engine cannot be reached, with the commands that mend it on this machine. */
export async function connectFailure(
  error: unknown,
  endpoint: LibvirtEndpoint,
  machine: Machine = thisMachine,
): Promise<Failure> {
  const title = say('failure.title.connect', { engine: endpoint.info.name });
  const make = (code: FailureCode, detail: Message, remedies: Remedy[]): Failure => ({
    code,
    title,
    detail,
    remedies: [...remedies, retry],
    engine: endpoint.info.id,
    raw: rawOf(error),
  });
  if (error instanceof UnsupportedAuthError) {
    return make(
      'engine-unsupported',
      say('failure.detail.authUnsupported', { mechanism: error.offered.join(', ') }),
      [],
    );
  }
  if (error instanceof WouldAskError) {
    const detail = say('failure.detail.authWouldAsk', { user: machine.user, group: libvirtGroup });
    return make('engine-forbidden', detail, await joinLibvirt(machine));
  }
  if (error instanceof RangeError) {
    const remedies: Remedy[] = [{ do: 'read', text: say('remedy.checkAddress') }];
    return make('bad-input', say('failure.detail.badAddress', { address: endpoint.uri }), remedies);
  }
  if (error instanceof LibvirtError) {
    if (error.code === errorCode.noConnect) {
      const driver = endpoint.uri.split(/[:+]/)[0] ?? '';
      const command = `sudo apt-get install -y libvirt-daemon-driver-${shellWord(driver)}`;
      const remedies = [runRemedy(command, say('remedy.installPackages'))];
      return make('engine-unsupported', say('failure.detail.noDriver', { driver }), remedies);
    }
    if (error.code === errorCode.authFailed || error.code === errorCode.authUnavailable) {
      const remedies = await joinLibvirt(machine);
      if (error.code === errorCode.authUnavailable) remedies.push({ do: 'read', text: say('remedy.runPolkitAgent') });
      return make('engine-forbidden', say(authDetail(error.code)), remedies);
    }
    return libvirtFailure(error, endpoint, { title });
  }
  if (error instanceof ConnectError) return socketFailure(error, endpoint, machine, make);
  return libvirtFailure(error, endpoint, { title });
}

type Make = (code: FailureCode, detail: Message, remedies: Remedy[]) => Failure;

/** Of all sockets that were tried the one that tells most: no right says more than no answer, and that than no file. */
function tellingSocket({ tried }: ConnectError): { path: string; code: string } {
  const forbidden = tried.find(({ code }) => code === 'EACCES' || code === 'EPERM');
  const refused = tried.find(({ code }) => code === 'ECONNREFUSED');
  return forbidden ?? refused ?? tried.at(-1) ?? { path: '', code: '' };
}

async function socketFailure(
  error: ConnectError,
  endpoint: LibvirtEndpoint,
  machine: Machine,
  make: Make,
): Promise<Failure> {
  const { path, code } = tellingSocket(error);
  const [monolithic, modular] = [await machine.hasProgram('libvirtd'), await machine.hasProgram('virtqemud')];
  const start = runRemedy(
    await startCommand(endpoint, modular && !monolithic ? 'virtqemud' : 'libvirtd', machine),
    say('remedy.startDaemon'),
  );
  if (code === 'EACCES' || code === 'EPERM') {
    const detail = say('failure.detail.socketForbidden', { path, user: machine.user, group: libvirtGroup });
    return make('engine-forbidden', detail, await joinLibvirt(machine));
  }
  if (code === 'ECONNREFUSED') return make('engine-stopped', say('failure.detail.socketRefused', { path }), [start]);
  if (monolithic || modular) {
    return make('engine-missing', say('failure.detail.socketMissing', { path }), [start]);
  }
  return make('engine-missing', say('failure.detail.notInstalled', { program: 'libvirtd' }), [
    runRemedy('sudo apt-get install -y libvirt-daemon-system qemu-system-x86', say('remedy.installPackages')),
  ]);
}

/** A session's daemon belongs to its user, and virsh starts it by connecting; the system's are started by root. */
async function startCommand({ uri }: LibvirtEndpoint, daemon: string, machine: Machine): Promise<string> {
  if (uri.endsWith(':///session')) return `virsh -c ${shellWord(uri)} uri`;
  return (await machine.hasSystemd()) ? `sudo systemctl start ${daemon}` : `sudo sh -c "virtlogd -d; ${daemon} -d"`;
}

/** Group libvirt is what Debian's and Ubuntu's polkit rule asks for; it counts from the next login on. */
async function joinLibvirt({ user, isMember }: Machine): Promise<Remedy[]> {
  const group = libvirtGroup;
  const login: Remedy = { do: 'read', text: say('remedy.newLogin') };
  if (await isMember(user, group)) return [login];
  return [runRemedy(`sudo usermod -aG ${group} ${shellWord(user)}`, say('remedy.joinGroup', { group, user })), login];
}

/** The connection went away while it was in use. */
export function lostFailure(error: Error, endpoint: LibvirtEndpoint, attempt?: Attempt): Failure {
  const { reason = 'ended', silentSeconds = undefined } = error instanceof ConnectionLostError ? error : {};
  // A daemon that stands still is not mended by trying again alone.
  const wait: Remedy = { do: 'read', text: say('remedy.waitOrRestartDaemon') };
  return {
    code: reason === 'protocol' ? 'protocol' : 'engine-lost',
    title: attempt?.title ?? say('failure.title.connect', { engine: endpoint.info.name }),
    detail: lostDetail(reason, silentSeconds),
    remedies: reason === 'keepalive' ? [wait, retry] : [retry],
    engine: endpoint.info.id,
    ...(attempt?.guest && { guest: attempt.guest }),
    raw: rawOf(error),
  };
}

function lostDetail(reason: ConnectionLostError['reason'], silentSeconds: number | undefined): Message {
  if (reason === 'protocol') return say('failure.detail.protocol');
  if (silentSeconds === undefined) return say('failure.detail.lost');
  return say('failure.detail.keepalive', { seconds: silentSeconds });
}

function authDetail(code: number): MainMessageKey {
  if (code === errorCode.authUnavailable) return 'failure.detail.authNoAgent';
  return code === errorCode.authCancelled ? 'failure.detail.authCancelled' : 'failure.detail.authRefused';
}

function rawOf(error: unknown): NonNullable<Failure['raw']> {
  if (error instanceof LibvirtError) return { source: 'libvirt', code: error.code, text: error.message };
  if (error instanceof ConnectError) {
    return { source: 'system', code: tellingSocket(error).code, text: error.message };
  }
  return { source: 'posada', text: error instanceof Error ? error.message : String(error) };
}

/** Some drivers have no number of their own for "not in this state"; what the guest offers tells it. */
export function asWrongState(error: unknown): unknown {
  if (!(error instanceof FailureError) || error.failure.code !== 'refused' || error.cause instanceof Refusal)
    return error;
  return new FailureError({ ...error.failure, code: 'wrong-state', detail: say('failure.detail.wrongState') }, error);
}
