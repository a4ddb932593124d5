import type { IncomingMessage } from 'node:http';
import type { Container } from 'dockerode';
import type { z } from 'zod';
import type { LifeVerb } from './container-verbs.ts';
import { withDeadline } from './deadline.ts';
import type { DockerTarget } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';
import { type DockerTimes, usualTimes } from './docker-times.ts';
import { Modem, piecesOf } from './modem.ts';
import {
  type ContainerStats,
  containerStats,
  diskUsage,
  type EngineInfo,
  type EngineVersion,
  engineInfo,
  engineVersion,
  type InspectedContainer,
  inspectedContainer,
  podmanContainer,
} from './wire.ts';

/** Podman 4.3 sends the head of the event stream together with the first event. */
const podmanHeadMs = 250;

/** The version of Podman's own API that is asked: 4 and 5 speak it. */
const podmanApi = 'v4.0.0';

/** What GET /_ping tells. */
export interface Ping {
  readonly api: string | undefined;
  readonly podman: boolean;
}

/** The requests that we make, bounded where docker-times.ts says so, with answers of the documented shape. All reject with DockerError. */
export class DockerApi {
  readonly #modem: Modem;
  readonly #times: DockerTimes;
  readonly #signal: AbortSignal;
  #Container: typeof Container | undefined;
  podman = false;

  /** @param signal ends every request of this connection; its reason is what they reject with */
  constructor(target: Exclude<DockerTarget, { kind: 'none' }>, signal: AbortSignal, times: DockerTimes = usualTimes) {
    this.#modem = new Modem(target);
    this.#signal = signal;
    this.#times = times;
  }

  /** Every later request speaks this version. */
  speak(version: string): void {
    this.#modem.version = `v${version}`;
  }

  /** GET /_ping, the one path that has no version. Waits for as long as the engine hangs. */
  async ping(): Promise<Ping> {
    return this.#bounded(undefined, async (signal) => {
      const response = await this.#modem.request('GET', '/_ping', { signal });
      response.resume();
      const api = response.headers['api-version'];
      return {
        api: typeof api === 'string' ? api : undefined,
        podman: response.headers['libpod-api-version'] !== undefined,
      };
    });
  }

  /** Waits for as long as the engine hangs. */
  version(): Promise<EngineVersion> {
    return this.#bounded(undefined, async (signal) => check(engineVersion, await this.#modem.get('/version', signal)));
  }

  info(): Promise<EngineInfo> {
    return this.#bounded(undefined, async (signal) => check(engineInfo, await this.#modem.get('/info', signal)));
  }

  /** All containers in one request; each is checked by the caller, so that one broken one spoils no other. */
  list(): Promise<unknown[]> {
    return this.#bounded(this.#times.list, async (signal) => {
      const answer = await this.#modem.get('/containers/json?all=1', signal);
      if (!Array.isArray(answer)) throw new DockerError('garbage', 'the list of containers is no list');
      return answer;
    });
  }

  /** @throws DockerError with status 404 for one that is gone */
  inspect(nativeId: string): Promise<InspectedContainer> {
    return this.#bounded(this.#times.inspect, async (abortSignal) =>
      check(inspectedContainer, await (await this.#container(nativeId)).inspect({ abortSignal })),
    );
  }

  /**
   * One reading. `one-shot` keeps Docker from waiting a second for a reading to compare with (from 1.41; older ones
   * wait). Podman streams every 5 s when it is not told otherwise.
   */
  stats(nativeId: string): Promise<ContainerStats> {
    return this.#bounded(this.#times.stats, async (abortSignal) => {
      const options = { stream: false, 'one-shot': true, abortSignal } as const;
      return check(containerStats, await (await this.#container(nativeId)).stats(options));
    });
  }

  /** Starts, stops and so on; resolves when the engine says that it is done. */
  live(nativeId: string, verb: LifeVerb, signal: AbortSignal): Promise<void> {
    return withDeadline([signal, this.#signal], undefined, async (abortSignal) => {
      const container = await this.#container(nativeId);
      const options = { abortSignal };
      switch (verb) {
        case 'start':
          return container.start(options);
        case 'shutDown':
          return container.stop(options);
        case 'restart':
          return container.restart(options);
        case 'pause':
          return container.pause(options);
        case 'resume':
          return container.unpause(options);
        case 'forceOff':
          return container.kill(options);
      }
    });
  }

  rename(nativeId: string, name: string): Promise<void> {
    return this.#change('POST', `/containers/${nativeId}/rename?${new URLSearchParams({ name })}`);
  }

  /** Nothing but the restart policy changes. */
  setRestartPolicy(nativeId: string, Name: string, MaximumRetryCount: number): Promise<void> {
    return this.#change('POST', `/containers/${nativeId}/update`, { RestartPolicy: { Name, MaximumRetryCount } });
  }

  /** Removes it, killed first where it runs. @param volumes whether its anonymous volumes go along */
  remove(nativeId: string, volumes: boolean): Promise<void> {
    const v = volumes ? '1' : '0';
    if (!this.podman) return this.#change('DELETE', `/containers/${nativeId}?force=1&v=${v}`);
    // Podman's Docker API would ask it to stop first, and wait for ten seconds; its own API takes a time to wait.
    const path = `/${podmanApi}/libpod/containers/${nativeId}?force=1&timeout=0&v=${v}`;
    return this.#bounded(undefined, (signal) => this.#modem.change('DELETE', path, undefined, signal));
  }

  /** @throws DockerError with status 404 for one that is gone, 409 for one that is used */
  removeVolume(name: string): Promise<void> {
    return this.#change('DELETE', `/volumes/${encodeURIComponent(name)}`);
  }

  async hasVolume(name: string): Promise<boolean> {
    try {
      await this.#asked(`/volumes/${encodeURIComponent(name)}`, this.#times.inspect);
      return true;
    } catch (error) {
      if (error instanceof DockerError && error.status === 404) return false;
      throw error;
    }
  }

  /** Bytes of every volume by name, where the engine knows them. It walks through all their files. */
  async volumeSizes(): Promise<Map<string, number>> {
    const usage = check(diskUsage, await this.#asked('/system/df?type=volume&verbose=1', this.#times.measure));
    return new Map(
      (usage.Volumes ?? usage.VolumeUsage?.Items ?? []).flatMap(({ Name, UsageData }) =>
        typeof UsageData?.Size === 'number' && UsageData.Size >= 0 ? [[Name, UsageData.Size] as const] : [],
      ),
    );
  }

  /** The file system as a tar stream, that waits for whoever reads it; resolves with its head. */
  async export(nativeId: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const either = AbortSignal.any([signal, this.#signal]);
    const path = `/${this.#modem.version}/containers/${nativeId}/export`;
    return piecesOf(await this.#modem.request('GET', path, { signal: either }), either);
  }

  /** GET /containers/{id}/json as it is. */
  inspectRaw(nativeId: string): Promise<unknown> {
    return this.#asked(`/containers/${nativeId}/json`, this.#times.inspect);
  }

  /** An inspect with sizes, which the engine takes its time to measure; without them where that is too long. */
  async inspectSized(nativeId: string): Promise<InspectedContainer> {
    try {
      return check(inspectedContainer, await this.#asked(`/containers/${nativeId}/json?size=1`, this.#times.measure));
    } catch (error) {
      if (error instanceof DockerError && error.kind === 'timeout') return this.inspect(nativeId);
      throw error;
    }
  }

  /** The runtime of a container of Podman: its own API tells it, its Docker API does not. */
  async podmanRuntime(nativeId: string): Promise<string | undefined> {
    const answer = await this.#bounded(this.#times.inspect, async (signal) =>
      this.#modem.getAnywhere(`/${podmanApi}/libpod/containers/${nativeId}/json`, signal),
    );
    return podmanContainer.safeParse(answer).data?.OCIRuntime;
  }

  /**
   * Events of containers and networks from `sinceSeconds` (Unix time) on; the daemon keeps the last 256. Resolves with
   * the head of the answer; the stream lasts until the connection ends.
   */
  events(sinceSeconds: number): Promise<IncomingMessage> {
    const filters = JSON.stringify({ type: ['container', 'network'] });
    const query = new URLSearchParams({ since: String(sinceSeconds), filters });
    return this.#modem.request('GET', `/${this.#modem.version}/events?${query}`, { signal: this.#signal });
  }

  /** Waits for the head of an event stream, but not for ever; `since` covers what happens after that. */
  async eventsBegun(stream: Promise<IncomingMessage>): Promise<void> {
    const ms = this.podman ? podmanHeadMs : this.#times.eventHead;
    await this.#bounded(ms, () => stream).catch((error: unknown) => {
      if (!(error instanceof DockerError && error.kind === 'timeout')) throw error;
    });
  }

  #asked(path: string, ms: number): Promise<unknown> {
    return this.#bounded(ms, (signal) => this.#modem.get(path, signal));
  }

  /** Unbounded, as verbs are (docker-times.ts). */
  #change(method: 'POST' | 'DELETE', path: string, body?: object): Promise<void> {
    return this.#bounded(undefined, (signal) =>
      this.#modem.change(method, `/${this.#modem.version}${path}`, body, signal),
    );
  }

  #bounded<T>(ms: number | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withDeadline([this.#signal], ms, work);
  }

  /** dockerode is loaded with the first container that is asked for, not with the app. */
  async #container(nativeId: string): Promise<Container> {
    this.#Container ??= (await import('dockerode/lib/container.js')).default;
    return new this.#Container(this.#modem, nativeId);
  }
}

function check<T>(shape: z.ZodType<T>, answer: unknown): T {
  const checked = shape.safeParse(answer);
  if (checked.success) return checked.data;
  throw new DockerError('garbage', `an answer of another shape: ${checked.error.message.slice(0, 500)}`);
}
