import type { EngineId } from '../../../shared/ids.ts';
import { engineContract } from '../contract.test-suite.ts';
import { MemoryIdentities } from '../memory-identities.ts';
import { DockerEngine } from './docker-engine.ts';
import { EngineCli } from './testing/engine-cli.ts';

const socket = '/var/run/docker.sock';
const image = `posada-test-docker:${process.pid}`;
const cli = new EngineCli('docker', ['-H', `unix://${socket}`]);

function makeEngine(): DockerEngine {
  const address = `unix://${socket}`;
  const info = { id: `docker:${address}` as EngineId, kind: 'docker' as const, name: 'docker', address };
  return new DockerEngine(
    { info, flavour: 'docker', target: { kind: 'socket', path: socket } },
    new MemoryIdentities(),
  );
}

engineContract('Docker', async () => {
  await cli.importBusybox(image);
  return {
    engine: makeEngine(),
    // PID 1 of a container hears no SIGTERM unless it asks for it: --init keeps stops short.
    makeOutside: async (name) => void (await cli.run('create', '--init', '--name', name, image)),
    removeOutside: (name) => cli.remove(name),
    stateOutside: (name) => cli.state(name),
    close: async () => void (await cli.run('rmi', '--force', image)),
  };
});
