import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { Verb } from '../../../shared/verbs.ts';
import { removalOf } from './delete-plan.ts';
import { engineCommand } from './docker-commands.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';

/** The engine and the container that a command is about. */
export interface CommandSubject {
  readonly endpoint: DockerEndpoint;
  readonly podman: boolean;
  /** Name or id, as the command line takes both. */
  readonly container: string;
  /** The plan that the parts of a delete were chosen from; undefined where none was made. */
  readonly plan?: readonly DeletePart[] | undefined;
}

/** The command of Docker's and Podman's command lines that does the same. */
const lifeCommands: Readonly<Partial<Record<Verb, string>>> = {
  start: 'start',
  shutDown: 'stop',
  restart: 'restart',
  pause: 'pause',
  resume: 'unpause',
  forceOff: 'kill',
};

/** Command lines that do what the action does, in order; none for what only Posada keeps. */
export function commandsFor(action: Action, subject: CommandSubject): string[] {
  const { endpoint, podman, container, plan } = subject;
  const line = (...words: string[]): string => engineCommand(endpoint, podman, ...words);
  switch (action.verb) {
    case 'rename':
      return [line('rename', container, action.name)];
    case 'setRestartPolicy': {
      const { policy, maximumRetries = 0 } = action;
      const most = policy === 'on-failure' && maximumRetries > 0 ? `:${maximumRetries}` : '';
      return [line('update', '--restart', `${policy}${most}`, container)];
    }
    case 'export':
      return [line('export', '-o', action.file, container)];
    case 'delete': {
      const { withVolumes, single } = removalOf(action.parts, plan);
      const now = podman ? ['--time', '0'] : [];
      return [
        line('rm', '--force', ...now, ...(withVolumes ? ['--volumes'] : []), container),
        ...(single.length > 0 ? [line('volume', 'rm', ...single)] : []),
      ];
    }
    default: {
      const command = lifeCommands[action.verb];
      return command ? [line(command, container)] : [];
    }
  }
}
