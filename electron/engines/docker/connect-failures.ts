import type { Failure, FailureCode, Remedy } from '../../../shared/failure.ts';
import { type Message, say } from '../../../shared/message.ts';
import { type Machine, thisMachine } from '../machine.ts';
import { runRemedy, shellWord } from '../shell.ts';
import { daemonRemedies } from './docker-commands.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';

const retry: Remedy = { do: 'retry' };

/** Why the engine cannot be reached, decided by errno, with the commands that mend it on this machine. */
export async function connectFailure(
  error: unknown,
  endpoint: DockerEndpoint,
  machine: Machine = thisMachine,
): Promise<Failure> {
  const make = (code: FailureCode, detail: Message, remedies: Remedy[]): Failure => ({
    code,
    title: say('failure.title.connect', { engine: endpoint.info.name }),
    detail,
    remedies,
    engine: endpoint.info.id,
    raw: rawOf(error),
  });
  if (!(error instanceof DockerError)) return make('internal', say('failure.detail.internal'), [retry]);
  const path = endpoint.target.kind === 'socket' ? endpoint.target.path : endpoint.info.address;
  switch (error.kind) {
    case 'aborted':
      return make('cancelled', say('failure.detail.cancelled'), [retry]);
    case 'timeout':
      return make('engine-hung', say('failure.detail.hung', { seconds: Math.round((error.waitedMs ?? 0) / 1000) }), [
        ...(await daemonRemedies(endpoint, 'restart', machine)),
        retry,
      ]);
    case 'garbage':
      return make('protocol', say('failure.detail.protocol'), [
        { do: 'read', text: say('remedy.checkAddress') },
        retry,
      ]);
    case 'status':
      // A daemon that is going up or down answers 5xx; 401 and 403 come from an authorization plugin or a proxy.
      return error.status === 401 || error.status === 403
        ? make('engine-forbidden', say('failure.detail.authRefused'), [retry])
        : make('refused', say('failure.detail.engine'), [retry]);
    case 'closed':
      return make('engine-lost', say('failure.detail.lost'), [retry]);
    case 'network':
      break;
  }
  switch (error.errno) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missing(endpoint, path, machine, make);
    case 'ECONNREFUSED':
      return make('engine-stopped', say('failure.detail.socketRefused', { path }), [
        ...(await daemonRemedies(endpoint, 'start', machine)),
        retry,
      ]);
    case 'EACCES':
    case 'EPERM':
      return forbidden(endpoint, path, machine, make);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'ENOTSOCK':
      return make('engine-missing', say('failure.detail.badAddress', { address: endpoint.info.address }), [
        { do: 'read', text: say('remedy.checkAddress') },
        retry,
      ]);
    default:
      return make('engine-lost', say('failure.detail.lost'), [retry]);
  }
}

/** The engine's or the system's own words, for the details. */
export function rawOf(error: unknown): NonNullable<Failure['raw']> {
  if (!(error instanceof DockerError)) {
    if (error instanceof Error && 'syscall' in error && 'code' in error) {
      return { source: 'system', code: String(error.code), text: error.message };
    }
    return { source: 'posada', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  if (error.kind === 'status') return { source: 'docker', code: error.status ?? 0, text: error.message };
  if (error.kind === 'network') {
    return { source: 'system', ...(error.errno !== undefined && { code: error.errno }), text: error.message };
  }
  return { source: 'posada', code: error.kind, text: error.message };
}

type Make = (code: FailureCode, detail: Message, remedies: Remedy[]) => Failure;

/** No socket: the engine is not installed, or installed and not running. */
async function missing(endpoint: DockerEndpoint, path: string, machine: Machine, make: Make): Promise<Failure> {
  const program = endpoint.flavour.startsWith('podman') ? 'podman' : 'dockerd';
  if (endpoint.flavour !== 'remote' && !(await machine.hasProgram(program))) {
    const named = program === 'podman' ? 'podman' : 'docker.io';
    return make('engine-missing', say('failure.detail.notInstalled', { program }), [
      runRemedy(`sudo apt-get install -y ${named}`, say('remedy.installPackages')),
      retry,
    ]);
  }
  return make('engine-missing', say('failure.detail.socketMissing', { path }), [
    ...(await daemonRemedies(endpoint, 'start', machine)),
    retry,
  ]);
}

/** No right to the socket: the person is not in its group, or is, since the login. */
async function forbidden(endpoint: DockerEndpoint, path: string, machine: Machine, make: Make): Promise<Failure> {
  const { user } = machine;
  const group = (await machine.groupOf(path)) ?? 'docker';
  const detail = say('failure.detail.socketForbidden', { path, user, group });
  const login: Remedy = { do: 'read', text: say('remedy.newLogin') };
  // Joining group root would be no remedy.
  if (endpoint.flavour !== 'docker' || group === 'root') return make('engine-forbidden', detail, [retry]);
  if (await machine.isMember(user, group)) {
    return make('engine-forbidden', say('failure.detail.socketNewGroup', { path, user, group }), [login, retry]);
  }
  const join = runRemedy(
    `sudo usermod -aG ${shellWord(group)} ${shellWord(user)}`,
    say('remedy.joinGroup', { group, user }),
  );
  return make('engine-forbidden', detail, [join, login, retry]);
}
