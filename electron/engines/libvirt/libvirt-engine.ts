import type { Action } from '../../../shared/action.ts';
import type { DeletePart } from '../../../shared/delete-plan.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { ConfigurationText, GuestDetail } from '../../../shared/guest-detail.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { type Message, say } from '../../../shared/message.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import type { ActionRun, Engine, EngineInfo, EngineWatcher, SnapshotFacet } from '../engine.ts';
import { FailureError } from '../failure-error.ts';
import type { Operation } from '../operation.ts';
import { AddressWatch } from './address-watch.ts';
import { ConnectionLostError, type LibvirtHost, type remote_nonnull_domain } from './client/index.ts';
import { planDelete } from './delete/delete-plan.ts';
import { Surroundings } from './delete/surroundings.ts';
import { actOnDomain } from './domain-act.ts';
import { domainCommands, virshLine } from './domain-commands.ts';
import { readConfiguration } from './domain-configuration.ts';
import { DomainDetails } from './domain-detail.ts';
import { domainChangeOf, isFrequent, isStart, watchDomains } from './domain-events.ts';
import { domainGuestId } from './domain-guest.ts';
import { DomainHistory, type Happening } from './domain-history.ts';
import { DomainReader } from './domain-reader.ts';
import { DomainSampler } from './domain-sampler.ts';
import { domainVerbLabel } from './domain-verbs.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { FlagWatch } from './flag-watch.ts';
import { asWrongState, connectFailure, libvirtFailure, lostFailure } from './libvirt-failures.ts';
import { openHost } from './open-host.ts';
import { overSpare } from './over-spare.ts';
import { Refusal } from './refusal.ts';
import { Seldom } from './seldom.ts';
import { listSnapshots } from './snapshots/list-snapshots.ts';
import type { Ask } from './snapshots/operation-parts.ts';
import { isSnapshotAction, recallSnapshotOperation, snapshotOperation } from './snapshots/snapshot-operations.ts';
import { readVersion } from './version.ts';

/** What belongs to one open connection. */
interface Session {
  readonly host: LibvirtHost;
  readonly reader: DomainReader;
  readonly sampler: DomainSampler;
  readonly details: DomainDetails;
  readonly addresses: AddressWatch;
  readonly flags: FlagWatch;
  /** For events that come by the second. */
  readonly frequent: Seldom<GuestId>;
  /** What was last planned to go with a guest: the commands that do the same are made from it. */
  readonly plans: Map<GuestId, readonly DeletePart[]>;
  /** What plans that are asked for together share. */
  readonly around: WeakMap<object, Surroundings>;
}

/** How long (milliseconds) frequent events are gathered. */
const frequentMs = 2000;

/** One libvirt connection behind the Engine interface. */
export class LibvirtEngine implements Engine {
  readonly info: EngineInfo;
  readonly #endpoint: LibvirtEndpoint;
  readonly snapshots: SnapshotFacet = {
    list: (guest) => {
      const title = (name: string): Message => say('failure.title.snapshots', { name });
      const dom = this.#known(guest, title);
      const ask = ({ host }: Session) => overSpare(host, (connection) => listSnapshots(connection, dom, guest));
      return this.#asking(title(dom.name), ask, guest);
    },
  };
  #session: Session | undefined;
  #opening: AbortController | undefined;
  #watcher: EngineWatcher | undefined;

  constructor(endpoint: LibvirtEndpoint) {
    this.info = endpoint.info;
    this.#endpoint = endpoint;
  }

  async open(watcher: EngineWatcher): Promise<{ version: string }> {
    await this.close();
    const opening = new AbortController();
    this.#opening = opening;
    const history = new DomainHistory((uuid) => {
      const state = this.#session?.reader.stateOf(domainGuestId(this.info.id, uuid));
      return state === 'paused' || state === 'suspended';
    });
    try {
      const host = await openHost(this.#endpoint, opening.signal, {
        event: (name, message) => {
          const uuid = domainChangeOf(name, message);
          if (uuid && isStart(name, message)) this.#session?.reader.started(uuid, Date.now());
          if (uuid && isFrequent(name)) this.#session?.frequent.hint(domainGuestId(this.info.id, uuid));
          else if (uuid) this.#changed(domainGuestId(this.info.id, uuid));
          const happened = history.hear(name, message);
          if (happened) this.#happened(happened);
        },
        lost: (error) => this.#lost(host, error),
      });
      if (opening.signal.aborted) host.close();
      opening.signal.throwIfAborted();
      this.#watcher = watcher;
      const reader = new DomainReader(host, this.#endpoint, (guest) => this.#watcher?.changed([guest]));
      const [sampler, details] = [new DomainSampler(host), new DomainDetails(host)];
      const flags = new FlagWatch(reader, (changed) => this.#watcher?.changed(changed));
      const frequent = new Seldom<GuestId>(frequentMs, (guest) => this.#watcher?.changed([guest]));
      const addresses = new AddressWatch(reader);
      this.#session = {
        host,
        reader,
        sampler,
        details,
        flags,
        frequent,
        addresses,
        plans: new Map(),
        around: new WeakMap(),
      };
      flags.start();
      await watchDomains(host.events);
      return { version: await readVersion(host.actions) };
    } catch (error) {
      await this.close();
      throw new FailureError(await connectFailure(error, this.#endpoint), error);
    }
  }

  async close(): Promise<void> {
    this.#opening?.abort(new ConnectionLostError('closed', 'closed while it was opened'));
    this.#opening = undefined;
    this.#watcher = undefined;
    this.#session?.host.close();
    this.#endSession();
  }

  async ping(): Promise<void> {
    await this.#asking(say('failure.title.connect', { engine: this.info.name }), ({ host }) =>
      host.events.call('CONNECT_GET_LIB_VERSION'),
    );
  }

  async list(): Promise<Guest[]> {
    const title = say('failure.title.list', { engine: this.info.name });
    const guests = await this.#asking(title, ({ reader }) => reader.list());
    // The rows are there; what only the XML tells follows.
    if (guests.length > 0) queueMicrotask(() => this.#watcher?.changed(guests.map(({ id }) => id)));
    return guests;
  }

  async read(guests: readonly GuestId[]): Promise<Guest[]> {
    const title = say('failure.title.list', { engine: this.info.name });
    const read = await this.#asking(title, ({ reader }) => reader.read(guests));
    this.#session?.addresses.plan();
    return read;
  }

  async sample(guests: readonly GuestId[]): Promise<GuestSample[]> {
    return this.#asking(say('failure.title.list', { engine: this.info.name }), ({ reader, sampler }) => {
      const domains = guests.flatMap((id) => {
        const dom = reader.domainOf(id);
        return dom ? [[id, dom] as const] : [];
      });
      return sampler.sample(new Map(domains));
    });
  }

  async act(guest: GuestId, action: Action, run: ActionRun): Promise<void> {
    const { reader } = this.#opened();
    const { verb } = action;
    const title = (name: string): Message =>
      say('failure.title.act', { verb: domainVerbLabel(verb, reader.stateOf(guest)), name });
    const dom = this.#known(guest, title);
    if (isSnapshotAction(action)) {
      await run.perform(await snapshotOperation(this.#askAbout(dom.uuid, verb), dom.uuid, action));
      return;
    }
    try {
      await this.#asking(
        title(dom.name),
        async ({ host, plans }) => {
          if (run.signal.aborted) throw new Refusal('cancelled', say('failure.detail.cancelled'));
          const virsh = (...words: readonly string[]) => virshLine(this.#endpoint, ...words);
          const plan = plans.get(guest);
          await actOnDomain({ host, dom, state: reader.stateOf(guest), run, virsh, plan }, action);
        },
        guest,
      );
    } catch (error) {
      throw reader.offers(guest, verb) ? error : asWrongState(error);
    }
    if (verb === 'delete') this.#session?.plans.delete(guest);
    // A guest that starts gets its address soon: begin to look.
    this.#session?.addresses.soon();
  }

  recall(kind: string, plan: Operation['plan']): Operation {
    try {
      return recallSnapshotOperation(kind, plan, (uuid, verb) => this.#askAbout(uuid, verb));
    } catch (error) {
      const title = say('failure.title.list', { engine: this.info.name });
      throw new FailureError(libvirtFailure(error, this.#endpoint, { title }), error);
    }
  }

  /** How an action on a domain asks libvirt: each question over a connection of its own, of the session of then. */
  #askAbout(uuid: string, verb: Action['verb']): Ask {
    const guest = domainGuestId(this.info.id, uuid);
    return (question) => {
      const name = this.#session?.reader.domainOf(guest)?.name ?? uuid;
      const title = say('failure.title.act', { verb: domainVerbLabel(verb), name });
      return this.#asking(title, ({ host }) => overSpare(host, question), guest);
    };
  }

  commands(guest: GuestId, action: Action): string[] {
    const session = this.#session;
    const row = session?.reader.guestOf(guest);
    if (!session || !row) return [];
    return domainCommands(this.#endpoint, row, action, session.reader.posadaElementOf(guest), session.plans.get(guest));
  }

  async planDelete(guest: GuestId, together: object = {}): Promise<DeletePart[]> {
    const title = (name: string): Message => say('failure.title.act', { verb: domainVerbLabel('delete'), name });
    const dom = this.#known(guest, title);
    const ask = ({ host, around }: Session) => {
      const shared = around.get(together) ?? new Surroundings();
      around.set(together, shared);
      return overSpare(host, (connection) => planDelete(connection, dom, shared));
    };
    const parts = [...(await this.#asking(title(dom.name), ask, guest)).parts];
    this.#session?.plans.set(guest, parts);
    return parts;
  }

  async detail(guest: GuestId): Promise<GuestDetail> {
    return this.#about(guest, ({ details }, dom) => details.read(guest, dom));
  }

  async configuration(guest: GuestId): Promise<ConfigurationText[]> {
    return this.#about(guest, ({ host }, dom) => readConfiguration(host.events, dom));
  }

  #about<T>(guest: GuestId, ask: (session: Session, dom: remote_nonnull_domain) => Promise<T>): Promise<T> {
    const title = (name: string): Message => say('failure.title.guest', { name });
    const dom = this.#known(guest, title);
    return this.#asking(title(dom.name), (session) => ask(session, dom), guest);
  }

  /** The domain that is to be asked about. @throws FailureError when it is not known any more */
  #known(guest: GuestId, title: (name: string) => Message): remote_nonnull_domain {
    const dom = this.#opened().reader.domainOf(guest);
    if (dom) return dom;
    throw new FailureError({
      code: 'guest-gone',
      title: title(guest),
      detail: say('failure.detail.guestGone'),
      remedies: [],
      engine: this.info.id,
      guest,
    });
  }

  #opened(): Session {
    if (this.#session) return this.#session;
    throw new FailureError(lostFailure(new ConnectionLostError('closed', 'not open'), this.#endpoint));
  }

  async #asking<T>(title: Message, ask: (session: Session) => Promise<T>, guest?: GuestId): Promise<T> {
    const session = this.#opened();
    try {
      return await ask(session);
    } catch (error) {
      if (error instanceof FailureError) throw error;
      throw new FailureError(libvirtFailure(error, this.#endpoint, { title, ...(guest && { guest }) }), error);
    }
  }

  #changed(guest: GuestId): void {
    this.#session?.addresses.soon();
    this.#watcher?.changed([guest]);
  }

  #happened({ uuid, what, bad }: Happening): void {
    this.#watcher?.happened([{ guest: domainGuestId(this.info.id, uuid), at: Date.now(), what, bad }]);
  }

  #endSession(): void {
    for (const timed of ['addresses', 'flags', 'frequent'] as const) this.#session?.[timed].stop();
    this.#session = undefined;
  }

  #lost(host: LibvirtHost, error: Error): void {
    if (this.#session?.host !== host) return;
    const watcher = this.#watcher;
    this.#watcher = undefined;
    this.#endSession();
    watcher?.lost(lostFailure(error, this.#endpoint));
  }
}
