import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { Failure } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import type { Annotations } from '../annotations.ts';
import type { ActionRun, Engine, EngineInfo, EngineWatcher } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import type { Identities } from '../identities.ts';
import { connectFailure } from './connect-failures.ts';
import { ContainerHistory } from './container-history.ts';
import { DockerConnection, type Keepers } from './docker-connection.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import type { DockerTimes } from './docker-times.ts';

/** A Docker or Podman engine behind the Engine interface. What lives as long as one connection is DockerConnection. */
export class DockerEngine implements Engine {
  readonly info: EngineInfo;
  readonly #endpoint: DockerEndpoint;
  readonly #keepers: Keepers;
  readonly #times: DockerTimes | undefined;
  #connection: DockerConnection | undefined;

  /** @param times bounds and pauses, for tests */
  constructor(endpoint: DockerEndpoint, identities: Identities, annotations: Annotations, times?: DockerTimes) {
    this.info = endpoint.info;
    this.#endpoint = endpoint;
    this.#keepers = { identities, annotations, history: new ContainerHistory() };
    this.#times = times;
  }

  async open(watcher: EngineWatcher): Promise<{ version: string }> {
    await this.close();
    const { target } = this.#endpoint;
    if (target.kind === 'none') throw new FailureError(target.failure);
    const lost = (failure: Failure): void => {
      if (this.#connection !== connection) return;
      this.#connection = undefined;
      watcher.lost(failure);
    };
    const connection = new DockerConnection(
      this.#endpoint,
      target,
      this.#keepers,
      {
        changed: watcher.changed.bind(watcher),
        changedAll: watcher.changedAll.bind(watcher),
        happened: watcher.happened.bind(watcher),
        lost,
      },
      this.#times,
    );
    this.#connection = connection;
    try {
      return { version: await connection.open() };
    } catch (error) {
      connection.close();
      if (this.#connection === connection) this.#connection = undefined;
      if (error instanceof FailureError) throw error;
      throw new FailureError(await connectFailure(error, this.#endpoint), error);
    }
  }

  async close(): Promise<void> {
    this.#connection?.close();
    this.#connection = undefined;
  }

  async ping(): Promise<void> {
    const connection = this.#opened();
    await this.#asking(() => connection.ping());
  }

  async list(): Promise<Guest[]> {
    const connection = this.#opened();
    return this.#asking(() => connection.list());
  }

  async read(guests: readonly GuestId[]): Promise<Guest[]> {
    const connection = this.#opened();
    return this.#asking(() => connection.read(guests));
  }

  async sample(guests: readonly GuestId[]): Promise<GuestSample[]> {
    const connection = this.#opened();
    return this.#asking(() => connection.sample(guests));
  }

  /**
   * Cancelling ends the request, not what the daemon has begun: Docker 20.10 goes on stopping a container whose client
   * has left. So `info.cancels` is not set; an export, which is all our own writing, says that it can be cancelled.
   */
  async act(guest: GuestId, action: Action, run: ActionRun): Promise<void> {
    const connection = this.#opened();
    await this.#asking(() => connection.act(guest, action, run));
  }

  commands(guest: GuestId, action: Action): string[] {
    return this.#connection?.commands(guest, action) ?? [];
  }

  async planDelete(guest: GuestId): Promise<DeletePart[]> {
    const connection = this.#opened();
    return this.#asking(() => connection.planDelete(guest));
  }

  async detail(guest: GuestId): Promise<GuestDetail> {
    const connection = this.#opened();
    return this.#asking(() => connection.detail(guest));
  }

  async configuration(guest: GuestId): Promise<ConfigurationText[]> {
    const connection = this.#opened();
    return this.#asking(() => connection.configuration(guest));
  }

  #opened(): DockerConnection {
    if (this.#connection) return this.#connection;
    throw new FailureError({
      code: 'engine-lost',
      title: say('failure.title.connect', { engine: this.info.name }),
      detail: say('failure.detail.lost'),
      remedies: [{ do: 'retry' }],
      engine: this.info.id,
    });
  }

  /** Whatever goes wrong becomes a failure with a next step. */
  async #asking<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      if (error instanceof FailureError) throw error;
      throw new FailureError(await connectFailure(error, this.#endpoint), error);
    }
  }
}
