import type { Action } from '../../../shared/action.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import type { EngineWatcher } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import type { Identities } from '../identities.ts';
import { type Negotiated, negotiate } from './api-version.ts';
import { connectFailure } from './connect-failures.ts';
import { ContainerCache } from './container-cache.ts';
import { ContainerSampler } from './container-sampler.ts';
import { eachLimited } from './deadline.ts';
import { DockerApi } from './docker-api.ts';
import type { DockerEndpoint, DockerTarget } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';
import { actFailure } from './docker-failures.ts';
import { type DockerTimes, usualTimes } from './docker-times.ts';
import { meaningOf } from './event-meaning.ts';
import { EventStream } from './event-stream.ts';
import type { EngineEvent, EngineVersion } from './wire.ts';

/** Inspects at once for rows that changed. */
const mostReads = 4;
/** How far back a new event stream reaches: covers the moment between the question for it and its first byte. */
const overlapSeconds = 2;

/** One connection from open to close or loss. Rejects with DockerError or FailureError. */
export class DockerConnection {
  readonly #endpoint: DockerEndpoint;
  readonly #identities: Identities;
  readonly #watcher: EngineWatcher;
  readonly #times: DockerTimes;
  readonly #closed = new AbortController();
  readonly #api: DockerApi;
  readonly #cache: ContainerCache;
  readonly #sampler: ContainerSampler;
  readonly #remote: boolean;
  #relist: NodeJS.Timeout | undefined;

  constructor(
    endpoint: DockerEndpoint,
    target: Exclude<DockerTarget, { kind: 'none' }>,
    identities: Identities,
    watcher: EngineWatcher,
    times: DockerTimes = usualTimes,
  ) {
    this.#endpoint = endpoint;
    this.#identities = identities;
    this.#watcher = watcher;
    this.#times = times;
    this.#api = new DockerApi(target, this.#closed.signal, times);
    this.#cache = new ContainerCache(endpoint, this.#api, identities, (guests) => watcher.changed(guests));
    this.#remote = target.kind === 'tcp';
    this.#sampler = new ContainerSampler(this.#api, times.sampleRound);
  }

  /** @returns what answered, for example `Docker 20.10.24 (API 1.41)` */
  async open(): Promise<string> {
    const { api, podman } = await this.#api.ping();
    if (api === undefined) throw new DockerError('garbage', 'what answers /_ping names no API version');
    const first = this.#speaks(negotiate(api), api);
    this.#api.podman = podman;
    this.#api.speak(first);
    const version = await this.#version(first);
    if (version.MinAPIVersion) this.#speaks(negotiate(api, version.MinAPIVersion), version.MinAPIVersion);
    await this.#followEvents();
    this.#closed.signal.throwIfAborted();
    // A proxy or a network may keep the events from us and the connection alive.
    if (this.#remote) this.#relist = setInterval(() => this.#watcher.changedAll(), this.#times.relist);
    return `${productOf(version)} (API ${first})`;
  }

  close(): void {
    clearInterval(this.#relist);
    // The reason tells actions under way that nobody cancelled them.
    this.#closed.abort(new DockerError('closed', 'the connection ended before the answer came'));
  }

  async ping(): Promise<void> {
    await this.#api.ping();
  }

  list(): Promise<Guest[]> {
    return this.#cache.list();
  }

  async read(guests: readonly GuestId[]): Promise<Guest[]> {
    const read = await eachLimited(this.#natives(guests), mostReads, ({ nativeId }) => this.#cache.read(nativeId));
    return read.filter((guest): guest is Guest => guest !== undefined);
  }

  sample(guests: readonly GuestId[]): Promise<GuestSample[]> {
    return this.#sampler.sample(this.#natives(guests));
  }

  async act(guest: GuestId, action: Action, signal: AbortSignal): Promise<void> {
    const nativeId = this.#identities.nativeFor(guest);
    const subject = {
      endpoint: this.#endpoint,
      podman: this.#api.podman,
      guest,
      nativeId: nativeId ?? '',
      name: (nativeId && this.#cache.nameOf(nativeId)) || (nativeId ?? guest).slice(0, 12),
    };
    try {
      if (nativeId === undefined) throw new DockerError('status', 'No such container', { status: 404 });
      await this.#api.act(nativeId, action, signal);
    } catch (error) {
      throw new FailureError(actFailure(error, action.verb, subject), error);
    } finally {
      if (nativeId && this.#cache.nameOf(nativeId) !== undefined) this.#cache.changed(nativeId);
    }
  }

  #natives(guests: readonly GuestId[]): { guest: GuestId; nativeId: string }[] {
    return guests.flatMap((guest) => {
      const nativeId = this.#identities.nativeFor(guest);
      return nativeId === undefined ? [] : [{ guest, nativeId }];
    });
  }

  /** GET /version with the version that would be spoken: an engine for which that is too old says 400. */
  async #version(speaks: string): Promise<EngineVersion> {
    try {
      return await this.#api.version();
    } catch (error) {
      if (error instanceof DockerError && error.status === 400) this.#speaks({ tooNew: { version: speaks } }, speaks);
      throw error;
    }
  }

  #speaks(negotiated: Negotiated | undefined, told: string): string {
    if (!negotiated) throw new DockerError('garbage', `no API version: ${told.slice(0, 100)}`);
    if ('speaks' in negotiated) return negotiated.speaks;
    throw new FailureError({
      code: 'engine-unsupported',
      title: say('failure.title.connect', { engine: this.#endpoint.info.name }),
      detail:
        'tooOld' in negotiated
          ? say('failure.detail.apiTooOld', negotiated.tooOld)
          : say('failure.detail.apiTooNew', negotiated.tooNew),
      remedies: 'tooOld' in negotiated ? [{ do: 'read', text: say('remedy.upgradeEngine') }] : [],
      engine: this.#endpoint.info.id,
    });
  }

  async #followEvents(): Promise<void> {
    const subscribe = () => this.#api.events(Math.floor(Date.now() / 1000) - overlapSeconds);
    const stream = new EventStream(
      {
        subscribe,
        subscribed: (opening) => this.#api.eventsBegun(opening),
        ping: () => this.ping(),
        events: (events) => this.#heard(events),
        resubscribed: () => {
          this.#cache.allChanged();
          this.#watcher.changedAll();
        },
        lost: (error) => void this.#lost(error),
      },
      this.#closed.signal,
      this.#times.eventPauses,
    );
    const first = subscribe();
    await this.#api.eventsBegun(first);
    void stream.follow(first);
  }

  #heard(events: readonly EngineEvent[]): void {
    const touched = new Set<GuestId>();
    for (const event of events) {
      const meaning = meaningOf(event);
      if (!meaning) continue;
      const { nativeId, gone, label } = meaning;
      const guest = this.#identities.guestFor(this.#endpoint.info.id, nativeId, label);
      touched.add(guest);
      if (gone) {
        this.#cache.gone(nativeId);
        this.#sampler.forget(guest);
      } else this.#cache.changed(nativeId);
    }
    if (touched.size > 0) this.#watcher.changed([...touched]);
  }

  async #lost(error: unknown): Promise<void> {
    if (this.#closed.signal.aborted) return;
    const failure = await connectFailure(error, this.#endpoint);
    if (this.#closed.signal.aborted) return;
    this.close();
    this.#watcher.lost(failure);
  }
}

/** `Docker 20.10.24+dfsg1` or `Podman 4.3.1`. */
function productOf(version: EngineVersion): string {
  const podman = version.Components?.find((component) => component.Name === 'Podman Engine');
  return podman ? `Podman ${podman.Version}` : `Docker ${version.Version}`;
}
