import { EngineCli } from '../../../../build/testing/engine-cli.ts';
import type { Action } from '../../../../shared/action.ts';
import type { Guest } from '../../../../shared/guest.ts';
import { quietRun } from '../../../journal/testing/quiet-run.ts';
import type { ActionRun, EngineEvent } from '../../engine.ts';
import { MemoryAnnotations } from '../../memory-annotations.ts';
import { MemoryIdentities } from '../../memory-identities.ts';
import { DockerEngine } from '../docker-engine.ts';
import { socketEndpoint } from './endpoint.ts';
import { startPrivatePodman } from './private-podman.ts';

/** For waiting until an engine has come so far. */
export const patience = { timeout: 30_000, interval: 50 };

export const plainRun: ActionRun = quietRun();

const dockerSocket = '/var/run/docker.sock';

/** The machine's Docker with an image of the test's own. */
export async function realDocker(): Promise<RealEngine> {
  const cli = new EngineCli('docker', ['-H', `unix://${dockerSocket}`]);
  const image = `posada-test-verbs:${process.pid}`;
  const close = async (): Promise<void> => void (await cli.run('rmi', '--force', image));
  return RealEngine.open(cli, dockerSocket, image, [], close);
}

export async function realPodman(): Promise<RealEngine> {
  const service = await startPrivatePodman();
  const real = await RealEngine.open(
    ...([service.cli, service.socket, 'posada-test-verbs', ['--network', 'none'], service.close] as const),
  );
  real.hasCgroups = service.hasCgroups;
  return real;
}

/** A real engine, its own tool, what the engine under test told, and the containers that a test makes with the tool. */
export class RealEngine {
  readonly cli: EngineCli;
  readonly engine: DockerEngine;
  readonly heard: EngineEvent[] = [];
  readonly name = `posada-test-verbs-${process.pid}`;
  readonly isDocker: boolean;
  hasCgroups = true;
  readonly #image: string;
  readonly #options: readonly string[];
  readonly #end: () => Promise<void>;
  /** Volumes without a name of containers that were made here. */
  readonly #volumes = new Set<string>();

  private constructor(
    cli: EngineCli,
    socket: string,
    image: string,
    options: readonly string[],
    end: () => Promise<void>,
  ) {
    this.cli = cli;
    this.isDocker = socket === dockerSocket;
    const endpoint = socketEndpoint(socket, this.isDocker ? 'docker' : 'podman');
    this.engine = new DockerEngine(endpoint, new MemoryIdentities(), new MemoryAnnotations());
    this.#image = image;
    this.#options = options;
    this.#end = end;
  }

  /** @param options that a container needs on this engine; `end` what has to be done at last */
  static async open(
    cli: EngineCli,
    socket: string,
    image: string,
    options: readonly string[],
    end: () => Promise<void>,
  ): Promise<RealEngine> {
    const real = new RealEngine(cli, socket, image, options, end);
    const ignore = () => undefined;
    const happened = (events: readonly EngineEvent[]) => real.heard.push(...events);
    try {
      await cli.importBusybox(image);
      await real.engine.open({ changed: ignore, changedAll: ignore, happened, lost: ignore });
    } catch (error) {
      await real.close();
      throw error;
    }
    return real;
  }

  /** Makes a container with the engine's own tool; gives its row and the names of its anonymous volumes. */
  async make(
    verb: 'create' | 'run',
    options: readonly string[],
    command: readonly string[] = [],
    name = this.name,
  ): Promise<{ guest: Guest; volumes: string[] }> {
    const detached = verb === 'run' ? ['--detach'] : [];
    await this.cli.run(verb, ...detached, '--name', name, ...this.#options, ...options, this.#image, ...command);
    const told = await this.cli.run('inspect', '--format', '{{range .Mounts}}{{.Name}} {{end}}', name);
    const volumes = told.split(' ').filter((volume) => /^[0-9a-f]{64}$/.test(volume));
    for (const volume of volumes) this.#volumes.add(volume);
    return { guest: await this.guestOf(name), volumes };
  }

  /** The row of a container, with all that an inspect tells. */
  async guestOf(name = this.name): Promise<Guest> {
    const guest = (await this.engine.list()).find((each) => each.name === name);
    if (!guest) throw new Error(`${name} is not listed`);
    const [read] = await this.engine.read([guest.id]);
    return read ?? guest;
  }

  act(guest: Guest, action: Action): Promise<void> {
    return this.engine.act(guest.id, action, plainRun);
  }

  async volumesNow(): Promise<string[]> {
    return (await this.cli.run('volume', 'ls', '--quiet')).split('\n').filter(Boolean);
  }

  /** Removes what the tests have made. */
  async clean(): Promise<void> {
    const mine = (name: string): boolean => name.startsWith(this.name) || this.#volumes.has(name);
    for (const name of (await this.cli.names()).filter(mine)) await this.cli.remove(name);
    for (const volume of (await this.volumesNow()).filter(mine)) await this.cli.run('volume', 'rm', '--force', volume);
    this.#volumes.clear();
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.#end();
  }
}
