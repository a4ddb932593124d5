import path from 'node:path';
import type { Annotations } from './engines/annotations.ts';
import type { Engine } from './engines/engine.ts';
import type { Options } from './options.ts';

/**
 * Every engine that this machine may have, none of them opened yet. The engines' code is loaded here and not before,
 * so that the window is on its way first.
 * @param dataFolder where the app keeps what engines cannot
 * @param annotations what it keeps of guests there
 */
export async function findEngines(options: Options, dataFolder: string, annotations: Annotations): Promise<Engine[]> {
  if (options.demoGuests !== undefined) {
    const { DemoEngine } = await import('./engines/demo/demo-engine.ts');
    return [new DemoEngine(options.demoGuests)];
  }
  const [libvirt, libvirtEndpoints, docker, dockerEndpoints, identities] = await Promise.all([
    import('./engines/libvirt/libvirt-engine.ts'),
    import('./engines/libvirt/endpoint.ts'),
    import('./engines/docker/docker-engine.ts'),
    import('./engines/docker/find-endpoints.ts'),
    import('./store/identity-store.ts'),
  ]);
  const store = await identities.IdentityStore.open(path.join(dataFolder, 'identities.json'));
  return [
    ...libvirtEndpoints.findLibvirtEndpoints().map((endpoint) => new libvirt.LibvirtEngine(endpoint)),
    ...(await dockerEndpoints.findDockerEndpoints()).map(
      (endpoint) => new docker.DockerEngine(endpoint, store, annotations),
    ),
  ];
}
