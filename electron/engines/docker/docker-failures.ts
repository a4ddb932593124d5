import type { Action } from '../../../shared/action.ts';
import type { Failure, FailureCode, Remedy } from '../../../shared/failure.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { type Message, say } from '../../../shared/message.ts';
import { runRemedy } from '../shell.ts';
import { rawOf } from './connect-failures.ts';
import { commandsFor } from './container-commands.ts';
import { verbLabel } from './container-verbs.ts';
import { engineCommand } from './docker-commands.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';
import { Refusal } from './refusal.ts';

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
export function actFailure(error: unknown, action: Action, subject: GuestSubject): Failure {
  const title = say('failure.title.act', { verb: verbLabel(action.verb), name: subject.name });
  const [again] = commandsFor(action, { ...subject, container: subject.nativeId });
  return guestFailure(error, title, subject, again);
}

/** A container that is there and cannot be read. */
export function readFailure(error: unknown, subject: GuestSubject): Failure {
  const failure = lookFailure(error, subject);
  const broken = failure.code === 'refused' || failure.code === 'protocol';
  return broken ? { ...failure, code: 'guest-broken' } : failure;
}

/** A look at a container that found nothing out. */
export function lookFailure(error: unknown, subject: GuestSubject): Failure {
  return guestFailure(error, say('failure.title.guest', { name: subject.name }), subject, undefined);
}

/** @param again the command line that does the same; the failed look itself where there is none */
function guestFailure(error: unknown, title: Message, subject: GuestSubject, again: string | undefined): Failure {
  const about = { title, engine: subject.endpoint.info.id, guest: subject.guest };
  if (error instanceof Refusal) {
    const { code, detail, remedies, cause } = error;
    return { ...about, code, detail, remedies: [...remedies], ...(cause !== undefined && { raw: rawOf(cause) }) };
  }
  const { endpoint, podman, nativeId } = subject;
  const command = again ?? engineCommand(endpoint, podman, 'inspect', nativeId);
  const { code, detail, remedies = [] } = meaningOfError(error, subject, command);
  return { ...about, code, detail, remedies: [...remedies], raw: rawOf(error) };
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
  return meaningOfText(error.message, subject, command);
}

/** The last resort: Docker says 500 (and runc 400) for everything that goes wrong in a start. */
function meaningOfText(text: string, subject: GuestSubject, command: string): Meaning {
  const { endpoint, podman, nativeId } = subject;
  const inspect = runRemedy(engineCommand(endpoint, podman, 'inspect', nativeId), say('remedy.showDefinition'));
  const again = runRemedy(command, say('remedy.tryInTerminal'));
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
