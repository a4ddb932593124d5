import type { EngineId } from '../../../../shared/ids.ts';
import type { DockerEndpoint, DockerFlavour } from '../docker-endpoint.ts';

/** An endpoint for a socket, as findDockerEndpoints would give it. */
export function socketEndpoint(path: string, flavour: DockerFlavour = 'docker'): DockerEndpoint {
  const address = `unix://${path}`;
  const info = { id: `docker:${address}` as EngineId, kind: 'docker' as const, name: flavour, address };
  return { info, flavour, target: { kind: 'socket', path } };
}

/** An endpoint for a port of this machine, taken for another machine. */
export function tcpEndpoint(port: number): DockerEndpoint {
  const address = `tcp://127.0.0.1:${port}`;
  const info = { id: `docker:${address}` as EngineId, kind: 'docker' as const, name: 'remote', address };
  return { info, flavour: 'remote', target: { kind: 'tcp', host: '127.0.0.1', port } };
}
