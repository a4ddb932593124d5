import { engineContract } from '../contract.test-suite.ts';
import { engineVerbContract, type VerbHarness } from '../contract-verbs.test-suite.ts';
import { MemoryAnnotations } from '../memory-annotations.ts';
import { MemoryIdentities } from '../memory-identities.ts';
import { DockerEngine } from './docker-engine.ts';
import { socketEndpoint } from './testing/endpoint.ts';
import { startPrivatePodman } from './testing/private-podman.ts';

const image = 'posada-test-podman';

async function podmanHarness(): Promise<VerbHarness> {
  const podman = await startPrivatePodman();
  await podman.cli.importBusybox(image);
  return {
    engine: new DockerEngine(socketEndpoint(podman.socket, 'podman'), new MemoryIdentities(), new MemoryAnnotations()),
    makeOutside: async (name) => {
      await podman.cli.run('create', '--network', 'none', '--stop-timeout', '1', '--name', name, image);
    },
    removeOutside: (name) => podman.cli.remove(name),
    stateOutside: (name) => podman.cli.state(name),
    namesOutside: () => podman.cli.names(),
    startupOutside: (name) => podman.cli.restartPolicy(name),
    // Podman 4.3 changes no restart policies.
    without: [
      ...([
        'reset',
        'save',
        'discardSave',
        'enableAutostart',
        'disableAutostart',
        'setRestartPolicy',
        'takeSnapshot',
      ] as const),
      ...(podman.hasCgroups ? [] : (['pause', 'resume'] as const)),
    ],
    measures: podman.hasCgroups,
    close: () => podman.close(),
  };
}

engineContract('Podman', podmanHarness);
engineVerbContract('Podman', podmanHarness);
