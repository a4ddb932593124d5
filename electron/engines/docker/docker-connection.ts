import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import type { Annotations } from '../annotations.ts';
import { eachLimited } from '../each-limited.ts';
import type { ActionRun, EngineWatcher, EngineEvent as Happening } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import type { Identities } from '../identities.ts';
import { type Negotiated, negotiate } from './api-version.ts';
import { connectFailure } from './connect-failures.ts';
import { ContainerActor } from './container-actor.ts';
import { ContainerCache } from './container-cache.ts';
import { commandsFor } from './container-commands.ts';
import { ContainerRemover } from './container-delete.ts';
import { containerDetailOf } from './container-detail.ts';
import type { ContainerHistory } from './container-history.ts';
import { ContainerSampler } from './container-sampler.ts';
import { dockerTraits, type EngineTraits, podmanTraits } from './container-verbs.ts';
import { DockerApi } from './docker-api.ts';
import type { DockerEndpoint, DockerTarget } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';
import { actFailure, type GuestSubject, lookFailure } from './docker-failures.ts';
import { type DockerTimes, usualTimes } from './docker-times.ts';
import { meaningOf } from './event-meaning.ts';
import { EventStream } from './event-stream.ts';
import type { EngineEvent, EngineVersion } from './wire.ts';

/** Inspects at once for rows that changed. */
const mostReads = 4;
/** How far back a new event stream reaches: covers the moment between the question for it and its first byte. */
const overlapSeconds = 2;

/** What outlasts a connection. */
export interface Keepers {
  readonly identities: Identities;
  readonly annotations: Annotations;
  readonly history: ContainerHistory;
}

/** One connection from open to close or loss. Rejects with DockerError or FailureError. */
export class DockerConnection {
  readonly #endpoint: DockerEndpoint;
  readonly #identities: Identities;
  readonly #history: ContainerHistory;
  readonly #watcher: EngineWatcher;
  readonly #times: DockerTimes;
  readonly #closed = new AbortController();
  readonly #api: DockerApi;
  readonly #cache: ContainerCache;
  readonly #sampler: ContainerSampler;
  readonly #remover: ContainerRemover;
  readonly #actor: ContainerActor;
  readonly #remote: boolean;
  /** As last read, for the commands of a delete. */
  readonly #plans = new Map<GuestId, readonly DeletePart[]>();
  #traits: EngineTraits = dockerTraits;
  #relist: NodeJS.Timeout | undefined;

  constructor(
    endpoint: DockerEndpoint,
    target: Exclude<DockerTarget, { kind: 'none' }>,
    keepers: Keepers,
    watcher: EngineWatcher,
    times: DockerTimes = usualTimes,
  ) {
    this.#endpoint = endpoint;
    this.#identities = keepers.identities;
    this.#history = keepers.history;
    this.#watcher = watcher;
    this.#times = times;
    this.#api = new DockerApi(target, this.#closed.signal, times);
    const traits = () => this.#traits;
    this.#cache = new ContainerCache(endpoint, this.#api, keepers, traits, (guests) => watcher.changed(guests));
    this.#remover = new ContainerRemover(endpoint, this.#api);
    this.#actor = new ContainerActor(this.#api, keepers.annotations, this.#remover, traits);
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
    if (podman) this.#traits = podmanTraits(podmanIn(version) ?? version.Version, await this.#api.info());
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

  async sample(guests: readonly GuestId[]): Promise<GuestSample[]> {
    return this.#traits.noCgroups ? [] : this.#sampler.sample(this.#natives(guests));
  }

  async act(guest: GuestId, action: Action, run: ActionRun): Promise<void> {
    const subject = this.#subject(guest);
    const { nativeId } = subject;
    try {
      if (nativeId === '') throw goneError();
      await this.#actor.act({ guest, nativeId }, action, run);
    } catch (error) {
      const failure = actFailure(error, action, subject);
      // The side store says what is wrong with it, and does not know whose verb it was.
      throw new FailureError(
        error instanceof FailureError ? { ...error.failure, title: failure.title } : failure,
        error,
      );
    } finally {
      if (nativeId && this.#cache.nameOf(nativeId) !== undefined) this.#cache.changed(nativeId);
      // Nobody but us knows of annotations; of the rest the engine tells, and once more does no harm.
      this.#watcher.changed([guest]);
    }
  }

  commands(guest: GuestId, action: Action): string[] {
    const { nativeId, ...subject } = this.#subject(guest);
    if (nativeId === '') return [];
    const container = this.#cache.nameOf(nativeId) ?? nativeId;
    return commandsFor(action, { ...subject, container, plan: this.#plans.get(guest) });
  }

  planDelete(guest: GuestId): Promise<DeletePart[]> {
    return this.#look(guest, async (nativeId) => {
      const plan = await this.#remover.plan(nativeId);
      this.#plans.set(guest, plan);
      return plan;
    });
  }

  detail(guest: GuestId): Promise<GuestDetail> {
    return this.#look(guest, async (nativeId) => {
      const info = await this.#api.inspectSized(nativeId);
      return containerDetailOf(guest, info, await this.#cache.podmanRuntime(nativeId));
    });
  }

  configuration(guest: GuestId): Promise<ConfigurationText[]> {
    return this.#look(guest, async (nativeId) => {
      const text = JSON.stringify(await this.#api.inspectRaw(nativeId), null, 2);
      return [{ of: 'only', language: 'json', text }];
    });
  }

  async #look<T>(guest: GuestId, work: (nativeId: string) => Promise<T>): Promise<T> {
    const subject = this.#subject(guest);
    try {
      if (subject.nativeId === '') throw goneError();
      return await work(subject.nativeId);
    } catch (error) {
      throw new FailureError(lookFailure(error, subject), error);
    }
  }

  /** `nativeId` is empty for a guest that is gone or never was. */
  #subject(guest: GuestId): GuestSubject {
    const nativeId = this.#identities.nativeFor(guest) ?? '';
    const name = (nativeId && this.#cache.nameOf(nativeId)) || (nativeId || guest).slice(0, 12);
    return { endpoint: this.#endpoint, podman: this.#api.podman, guest, nativeId, name };
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
    const happened: Happening[] = [];
    for (const event of events) {
      const meaning = meaningOf(event);
      if (!meaning) continue;
      const { nativeId, changes, gone, label } = meaning;
      const guest = this.#identities.guestFor(this.#endpoint.info.id, nativeId, label);
      const word = this.#history.word(event, nativeId, guest, this.#api.podman);
      if (word) happened.push(word);
      if (!changes) continue;
      touched.add(guest);
      if (gone) {
        this.#plans.delete(guest);
        this.#cache.gone(nativeId);
        this.#sampler.forget(guest);
      } else this.#cache.changed(nativeId);
    }
    if (touched.size > 0) this.#watcher.changed([...touched]);
    if (happened.length > 0) this.#watcher.happened(happened);
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
  const podman = podmanIn(version);
  return podman ? `Podman ${podman}` : `Docker ${version.Version}`;
}

function podmanIn({ Components: components }: EngineVersion): string | undefined {
  return components?.find((component) => component.Name === 'Podman Engine')?.Version;
}

function goneError(): DockerError {
  return new DockerError('status', 'No such container', { status: 404 });
}
