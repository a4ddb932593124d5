import { EngineCli } from '../../../build/testing/engine-cli.ts';
import { engineContract } from '../contract.test-suite.ts';
import { engineVerbContract, type VerbHarness } from '../contract-verbs.test-suite.ts';
import { MemoryAnnotations } from '../memory-annotations.ts';
import { MemoryIdentities } from '../memory-identities.ts';
import { DockerEngine } from './docker-engine.ts';
import { socketEndpoint } from './testing/endpoint.ts';

const socket = '/var/run/docker.sock';
const image = `posada-test-docker:${process.pid}`;
const cli = new EngineCli('docker', ['-H', `unix://${socket}`]);

async function docker(): Promise<VerbHarness> {
  await cli.importBusybox(image);
  return {
    engine: new DockerEngine(socketEndpoint(socket), new MemoryIdentities(), new MemoryAnnotations()),
    // PID 1 of a container hears no SIGTERM unless it asks for it: --init keeps stops short.
    makeOutside: async (name) => void (await cli.run('create', '--init', '--name', name, image)),
    removeOutside: (name) => cli.remove(name),
    stateOutside: (name) => cli.state(name),
    namesOutside: () => cli.names(),
    startupOutside: (name) => cli.restartPolicy(name),
    without: ['reset', 'save', 'discardSave', 'enableAutostart', 'disableAutostart', 'takeSnapshot'],
    close: async () => void (await cli.run('rmi', '--force', image)),
  };
}

engineContract('Docker', docker);
engineVerbContract('Docker', docker);
