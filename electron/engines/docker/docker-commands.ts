import type { Remedy } from '../../../shared/failure.ts';
import { say } from '../../../shared/message.ts';
import type { Machine } from '../machine.ts';
import { runRemedy, shellWord } from '../shell.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';

/** A command line for this very engine: `docker -H unix:///var/run/docker.sock start web`. */
export function engineCommand(endpoint: DockerEndpoint, podman: boolean, ...words: string[]): string {
  const { cli, info } = endpoint;
  const where = podman ? ['podman', '--url', info.address] : ['docker', ...(cli ?? ['-H', info.address])];
  return [...where, ...words].map(shellWord).join(' ');
}

/** How the daemon of this endpoint is started, stopped or started again. */
export async function daemonCommand(
  endpoint: DockerEndpoint,
  action: 'start' | 'restart',
  machine: Machine,
): Promise<string | undefined> {
  switch (endpoint.flavour) {
    case 'docker':
      return (await machine.hasSystemd()) ? `sudo systemctl ${action} docker` : `sudo service docker ${action}`;
    case 'docker-rootless':
      return `systemctl --user ${action} docker`;
    case 'podman':
      return `sudo systemctl ${action} podman.socket`;
    case 'podman-rootless':
      return `systemctl --user ${action} podman.socket`;
    case 'remote':
      return undefined;
  }
}

export async function daemonRemedies(
  endpoint: DockerEndpoint,
  action: 'start' | 'restart',
  machine: Machine,
): Promise<Remedy[]> {
  const command = await daemonCommand(endpoint, action, machine);
  if (command === undefined) return [{ do: 'read', text: say('remedy.checkAddress') }];
  return [runRemedy(command, say(action === 'start' ? 'remedy.startDaemon' : 'remedy.waitOrRestartDaemon'))];
}
