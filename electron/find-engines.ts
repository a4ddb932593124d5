import path from 'node:path';
import type { AddedConnection } from '../shared/settings.ts';
import type { Annotations } from './engines/annotations.ts';
import type { Engine } from './engines/engine.ts';
import type { Options } from './options.ts';

/** Where engines come from; none of those it gives has been opened. */
export interface EngineSource {
  /** Every engine that this machine may have. */
  find(): Promise<Engine[]>;
  /** The engine at an address that the person has named. */
  make(added: AddedConnection): Promise<Engine>;
  /** Resolves when what it keeps is on the disk. */
  flush(): Promise<void>;
}

/**
 * Loads the engines' code: here and not before, so that the window is on its way first.
 * @param dataFolder where the app keeps what engines cannot
 * @param annotations what it keeps of guests there
 */
export async function openEngineSource(
  options: Options,
  dataFolder: string,
  annotations: Annotations,
): Promise<EngineSource> {
  const [libvirt, libvirtEndpoints, docker, dockerEndpoints, identities] = await Promise.all([
    import('./engines/libvirt/libvirt-engine.ts'),
    import('./engines/libvirt/endpoint.ts'),
    import('./engines/docker/docker-engine.ts'),
    import('./engines/docker/find-endpoints.ts'),
    import('./store/identity-store.ts'),
  ]);
  const store = await identities.IdentityStore.open(path.join(dataFolder, 'identities.json'));
  type DockerEndpoint = Awaited<ReturnType<typeof dockerEndpoints.findDockerEndpoints>>[number];
  const dockerEngine = (endpoint: DockerEndpoint): Engine => new docker.DockerEngine(endpoint, store, annotations);
  return {
    async find() {
      if (options.demoGuests !== undefined) {
        const { DemoEngine } = await import('./engines/demo/demo-engine.ts');
        return [new DemoEngine(options.demoGuests)];
      }
      return [
        ...libvirtEndpoints.findLibvirtEndpoints().map((endpoint) => new libvirt.LibvirtEngine(endpoint)),
        ...(await dockerEndpoints.findDockerEndpoints()).map(dockerEngine),
      ];
    },
    async make({ kind, address }) {
      if (kind === 'libvirt') return new libvirt.LibvirtEngine(libvirtEndpoints.addedEndpoint(address));
      return dockerEngine(await dockerEndpoints.addedEndpoint(address));
    },
    flush: () => store.flush(),
  };
}
