import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import type { Annotations } from '../annotations.ts';
import type { Identities } from '../identities.ts';
import { type ContainerDetails, detailsOf } from './container-details.ts';
import { brokenGuest, type GuestContext, guestFromInspect, guestFromList } from './container-guest.ts';
import type { EngineTraits } from './container-verbs.ts';
import type { DockerApi } from './docker-api.ts';
import type { DockerEndpoint } from './docker-endpoint.ts';
import { DockerError } from './docker-error.ts';
import { readFailure } from './docker-failures.ts';
import { containerId, listedContainer } from './wire.ts';

/** Inspects at once for details that nobody waits for. */
const mostFills = 2;
/** Answers that were under way when a container went are not older than this many removals. */
const mostGone = 1000;

interface Entry {
  /** Counts changes: an answer to a question from before the last change is not the last word. */
  changes: number;
  /** Whether `details` were read after the last change. */
  fresh: boolean;
  details?: ContainerDetails;
  /** Podman's own word for the runtime: it stays what it is for the container's life. */
  podmanRuntime?: string | undefined;
  /** The row as last given out. */
  row?: Guest;
  /** A row read ahead, given to the next one who asks. */
  ahead?: Guest;
}

/**
 * The containers of one connection. The list is one request for all, whatever their number; what only an inspect tells
 * (exit code, limits, start time) is read afterwards, a few at a time, and told as a change of the row.
 */
export class ContainerCache {
  readonly #endpoint: DockerEndpoint;
  readonly #api: DockerApi;
  readonly #identities: Identities;
  readonly #annotations: Annotations;
  readonly #traits: () => EngineTraits;
  readonly #tell: (guests: GuestId[]) => void;
  readonly #entries = new Map<string, Entry>();
  /** Lately removed: late answers must not bring them back. */
  readonly #gone = new Set<string>();
  /** Seen by events while a list is under way: such a list may be too old to have them. */
  readonly #listings = new Set<Set<string>>();
  readonly #toFill = new Set<string>();
  #fills = 0;
  #everListed = false;

  /**
   * @param traits are known when the engine has answered
   * @param tell hears which rows changed by details read afterwards
   */
  constructor(
    endpoint: DockerEndpoint,
    api: DockerApi,
    keepers: { readonly identities: Identities; readonly annotations: Annotations },
    traits: () => EngineTraits,
    tell: (guests: GuestId[]) => void,
  ) {
    this.#endpoint = endpoint;
    this.#api = api;
    this.#identities = keepers.identities;
    this.#annotations = keepers.annotations;
    this.#traits = traits;
    this.#tell = tell;
  }

  /** An event about a container, or an action on it. */
  changed(nativeId: string): void {
    if (this.#gone.has(nativeId)) return;
    const entry = this.#entry(nativeId);
    entry.changes += 1;
    entry.fresh = false;
    delete entry.ahead;
    for (const seen of this.#listings) seen.add(nativeId);
  }

  /** The container has been removed: its id of ours is free for the one that carries on its label. */
  gone(nativeId: string): void {
    this.#entries.delete(nativeId);
    this.#gone.add(nativeId);
    for (const oldest of this.#gone) {
      if (this.#gone.size <= mostGone) break;
      this.#gone.delete(oldest);
    }
    this.#identities.forget(this.#endpoint.info.id, nativeId);
    if (this.#everListed) this.#retain(new Set(this.#entries.keys()));
  }

  /** Events were missed: every detail is in doubt. */
  allChanged(): void {
    for (const nativeId of [...this.#entries.keys()]) this.changed(nativeId);
  }

  nameOf(nativeId: string): string | undefined {
    return this.#entries.get(nativeId)?.row?.name;
  }

  async list(): Promise<Guest[]> {
    const seen = new Set<string>();
    this.#listings.add(seen);
    let answer: unknown[];
    try {
      answer = await this.#api.list();
    } finally {
      this.#listings.delete(seen);
    }
    const items = answer
      .map((item) => ({ nativeId: idOf(item), item }))
      .filter((each) => !this.#gone.has(each.nativeId));
    const there = new Set([...items.map(({ nativeId }) => nativeId), ...seen].filter((each) => !this.#gone.has(each)));
    for (const nativeId of [...this.#entries.keys()]) if (!there.has(nativeId)) this.#entries.delete(nativeId);
    // First, so that a label is free for the container that carries it now.
    this.#identities.retain(this.#endpoint.info.id, there);
    const rows = items.map(({ nativeId, item }) => this.#listed(nativeId, item));
    this.#retain(there);
    this.#everListed = true;
    this.#fill();
    return rows;
  }

  /**
   * The container as it is now; undefined when it is gone.
   * @throws DockerError when the engine is gone; a container that cannot be read is a row with its failure
   */
  async read(nativeId: string): Promise<Guest | undefined> {
    const entry = this.#entries.get(nativeId);
    const ahead = entry?.ahead;
    if (!entry || !ahead) return this.#inspect(nativeId);
    delete entry.ahead;
    entry.row = ahead;
    return ahead;
  }

  /** undefined for Docker, whose inspect tells it, and where Podman does not say. */
  async podmanRuntime(nativeId: string): Promise<string | undefined> {
    if (!this.#api.podman) return undefined;
    const known = this.#entries.get(nativeId)?.podmanRuntime;
    if (known !== undefined) return known;
    const runtime = await this.#api.podmanRuntime(nativeId).catch(() => undefined);
    const entry = this.#entries.get(nativeId);
    if (entry) entry.podmanRuntime = runtime;
    return runtime;
  }

  /** Only what the engine listed counts: an engine that is not reached forgets nobody. */
  #retain(nativeIds: ReadonlySet<string>): void {
    const engine = this.#endpoint.info.id;
    this.#identities.retain(engine, nativeIds);
    this.#annotations.retain(engine, new Set([...nativeIds].map((each) => this.#identities.guestFor(engine, each))));
  }

  #listed(nativeId: string, item: unknown): Guest {
    const entry = this.#entry(nativeId);
    const parsed = listedContainer.safeParse(item);
    if (!parsed.success) {
      const error = new DockerError('garbage', `a list item of another shape: ${parsed.error.message.slice(0, 500)}`);
      entry.row = this.#brokenRow(nativeId, error, entry);
      return entry.row;
    }
    const { failure } = entry.row ?? {};
    const row = guestFromList(parsed.data, entry.details, this.#context());
    // Details that belong to another status are out of date, even when the event that says so is still on its way.
    if (entry.details && entry.details.status !== parsed.data.State) entry.fresh = false;
    // A failed inspect stays with the row until one succeeds.
    entry.row = failure && !entry.fresh ? { ...row, failure } : row;
    if (!entry.fresh) this.#toFill.add(nativeId);
    return entry.row;
  }

  /** Reads details ahead; ends by itself. */
  #fill(): void {
    while (this.#fills < mostFills && this.#toFill.size > 0) {
      this.#fills += 1;
      void this.#fillSome();
    }
  }

  async #fillSome(): Promise<void> {
    try {
      for (const nativeId of this.#toFill) {
        this.#toFill.delete(nativeId);
        await this.#readAhead(nativeId);
      }
    } catch {
      // The engine is gone: the event stream tells, and the next connection begins anew.
      this.#toFill.clear();
    } finally {
      this.#fills -= 1;
    }
  }

  async #readAhead(nativeId: string): Promise<void> {
    const entry = this.#entries.get(nativeId);
    if (!entry || entry.fresh) return;
    const { changes, row } = entry;
    const guest = await this.#inspect(nativeId);
    // Changed meanwhile: whoever heard of that reads it anyway.
    if (!guest || entry.changes !== changes || this.#entries.get(nativeId) !== entry) return;
    if (isDeepStrictEqual(guest, row)) return;
    entry.ahead = guest;
    this.#tell([guest.id]);
  }

  async #inspect(nativeId: string): Promise<Guest | undefined> {
    const changes = this.#entries.get(nativeId)?.changes ?? 0;
    try {
      const info = await this.#api.inspect(nativeId);
      const runtime = await this.podmanRuntime(nativeId);
      if (this.#gone.has(nativeId)) return undefined;
      const entry = this.#entry(nativeId);
      entry.details = detailsOf(info, runtime);
      entry.fresh = entry.changes === changes;
      entry.row = guestFromInspect(info, this.#context(), runtime);
      return entry.row;
    } catch (error) {
      if (!(error instanceof DockerError) || error.kind === 'network' || error.kind === 'closed') throw error;
      if (error.status === 404 || this.#gone.has(nativeId)) return undefined;
      const entry = this.#entry(nativeId);
      entry.row = this.#brokenRow(nativeId, error, entry);
      return entry.row;
    }
  }

  /** What is known of the container, with the failure. */
  #brokenRow(nativeId: string, error: DockerError, entry: Entry): Guest {
    const context = this.#context();
    const guest = context.guestFor(nativeId);
    const name = entry.row?.name ?? nativeId.slice(0, 12);
    const subject = { endpoint: this.#endpoint, podman: this.#api.podman, guest, nativeId, name };
    const failure = readFailure(error, subject);
    return entry.row ? { ...entry.row, failure } : brokenGuest(nativeId, name, failure, context);
  }

  #entry(nativeId: string): Entry {
    let entry = this.#entries.get(nativeId);
    if (!entry) {
      entry = { changes: 0, fresh: false };
      this.#entries.set(nativeId, entry);
    }
    return entry;
  }

  #context(): GuestContext {
    const engine = this.#endpoint.info.id;
    return {
      engine,
      ...this.#traits(),
      guestFor: (nativeId, label) => this.#identities.guestFor(engine, nativeId, label),
      annotationOf: (guest) => this.#annotations.read(guest),
    };
  }
}

const withId = z.object({ Id: containerId });

/** @throws DockerError: without ids it is no list of containers */
function idOf(item: unknown): string {
  const parsed = withId.safeParse(item);
  if (parsed.success) return parsed.data.Id;
  throw new DockerError('garbage', 'a container without an id');
}
