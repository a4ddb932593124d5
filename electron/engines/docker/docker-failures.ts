import type { Failure, FailureCode, Remedy } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { type Message, say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import { runRemedy } from '../shell.ts';
import { rawOf } from './connect-failures.ts';
import { cliCommands, verbLabel } from './container-verbs.ts';
import { engineCommand } from './docker-commands.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';

/** About which container, on which engine, a failure is. */
export interface GuestSubject {
  readonly endpoint: DockerEndpoint;
  readonly podman: boolean;
  readonly guest: GuestId;
  readonly nativeId: string;
  readonly name: string;
}

interface Meaning {
  readonly code: FailureCode;
  readonly detail: Message;
  readonly remedies?: readonly Remedy[];
}

/** A verb that did not do what it should. */
export function actFailure(error: unknown, verb: Verb, subject: GuestSubject): Failure {
  const title = say('failure.title.act', { verb: verbLabel(verb), name: subject.name });
  return guestFailure(error, title, subject, cliCommands[verb] ?? 'inspect');
}

/** A container that is there and cannot be read. */
export function readFailure(error: unknown, subject: GuestSubject): Failure {
  const failure = guestFailure(error, say('failure.title.guest', { name: subject.name }), subject, 'inspect');
  const broken = failure.code === 'refused' || failure.code === 'protocol';
  return broken ? { ...failure, code: 'guest-broken' } : failure;
}

function guestFailure(error: unknown, title: Message, subject: GuestSubject, command: string): Failure {
  const { code, detail, remedies = [] } = meaningOfError(error, subject, command);
  return {
    code,
    title,
    detail,
    remedies: [...remedies],
    engine: subject.endpoint.info.id,
    guest: subject.guest,
    raw: rawOf(error),
  };
}

/** Kind of error and HTTP status decide; the text only where one status means many things. */
function meaningOfError(error: unknown, subject: GuestSubject, command: string): Meaning {
  if (!(error instanceof DockerError)) return { code: 'internal', detail: say('failure.detail.internal') };
  switch (error.kind) {
    case 'aborted':
      return { code: 'cancelled', detail: say('failure.detail.cancelled') };
    case 'timeout':
      return {
        code: 'engine-hung',
        detail: say('failure.detail.hung', { seconds: Math.round((error.waitedMs ?? 0) / 1000) }),
        remedies: [{ do: 'retry' }],
      };
    case 'garbage':
      return { code: 'protocol', detail: say('failure.detail.protocol'), remedies: [{ do: 'retry' }] };
    case 'network':
    case 'closed':
      return { code: 'engine-lost', detail: say('failure.detail.lost'), remedies: [{ do: 'retry' }] };
    case 'status':
      return meaningOfStatus(error, subject, command);
  }
}

function meaningOfStatus(error: DockerError, subject: GuestSubject, command: string): Meaning {
  const wrongState: Meaning = { code: 'wrong-state', detail: say('failure.detail.wrongState') };
  // Podman's word; it comes with status 500 or 409.
  if (error.podmanCause === 'container state improper') return wrongState;
  switch (error.status) {
    case 304: // already started or already stopped
      return wrongState;
    case 401:
    case 403:
      return { code: 'engine-forbidden', detail: say('failure.detail.authRefused') };
    case 404:
      // Also said of a network or an image that the container needs.
      if (/no such container|no container with/i.test(error.message)) {
        return { code: 'guest-gone', detail: say('failure.detail.guestGone') };
      }
      break;
    case 409:
      // `removal of container … is already in progress`, `… is marked for removal and cannot be started`
      if (/removal/i.test(error.message)) return { code: 'guest-busy', detail: say('failure.detail.guestBusy') };
      return wrongState;
    case 501:
      return { code: 'not-supported', detail: say('failure.detail.notSupported') };
    default:
      break;
  }
  return meaningOfText(error.message, subject, command) ?? { code: 'refused', detail: say('failure.detail.engine') };
}

/** The last resort: Docker says 500 (and runc 400) for everything that goes wrong in a start. */
function meaningOfText(text: string, subject: GuestSubject, command: string): Meaning | undefined {
  const { endpoint, podman, nativeId } = subject;
  const inspect = runRemedy(engineCommand(endpoint, podman, 'inspect', nativeId), say('remedy.showDefinition'));
  const again = runRemedy(engineCommand(endpoint, podman, command, nativeId), say('remedy.tryInTerminal'));
  if (/port is already allocated|address already in use/i.test(text)) {
    // `Bind for 0.0.0.0:8080 failed: port is already allocated`, `listen tcp4 0.0.0.0:80: bind: address already in use`
    const port = /:(\d{1,5})(?: failed)?: (?:port is already|bind: address)/.exec(text)?.[1];
    return {
      code: 'no-resources',
      detail: say('failure.detail.portInUse', { port: port ?? '?' }),
      remedies: [
        ...(port ? [runRemedy(`sudo ss -ltnup 'sport = :${port}'`, say('remedy.findPortOwner', { port }))] : []),
        ...(port && !podman
          ? [
              runRemedy(
                engineCommand(endpoint, podman, 'ps', '--filter', `publish=${port}`),
                say('remedy.findPortOwner', { port }),
              ),
            ]
          : []),
        { do: 'retry' },
      ],
    };
  }
  if (/no space left on device|disk quota exceeded/i.test(text)) {
    return {
      code: 'no-resources',
      detail: say('failure.detail.noSpace'),
      remedies: [runRemedy(engineCommand(endpoint, podman, 'system', 'df'), say('remedy.freeSpace')), { do: 'retry' }],
    };
  }
  if (/cannot allocate memory|out of memory/i.test(text)) {
    return { code: 'no-resources', detail: say('failure.detail.noMemory'), remedies: [{ do: 'retry' }] };
  }
  // Docker 20.10 answers unpause of a running container with 500.
  if (/ is not (running|paused)| is already paused|cannot start a paused/i.test(text)) {
    return { code: 'wrong-state', detail: say('failure.detail.wrongState') };
  }
  const source = /bind source path does not exist: (\/.*?)\s*$|error mounting "([^"]+)"/i.exec(text);
  const missingPath = source?.[1] ?? source?.[2];
  if (missingPath) {
    return {
      code: 'guest-broken',
      detail: say('failure.detail.diskMissing', { path: missingPath }),
      remedies: [inspect],
    };
  }
  const network = /network (\S+) not found/i.exec(text)?.[1];
  if (network) {
    return { code: 'guest-broken', detail: say('failure.detail.badDefinition'), remedies: [inspect] };
  }
  if (/OCI runtime|executable file not found|no such file or directory|permission denied/i.test(text)) {
    return { code: 'guest-broken', detail: say('failure.detail.badDefinition'), remedies: [inspect] };
  }
  return { code: 'refused', detail: say('failure.detail.engine'), remedies: [again, { do: 'retry' }] };
}
