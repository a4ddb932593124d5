import { isDeepStrictEqual } from 'node:util';
import type { Failure } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import { errorCode, LibvirtError, type LibvirtHost, type remote_nonnull_domain } from './client/index.ts';
import { Breather } from './deadline.ts';
import { flagsIn, flagsOf, flagsOfAll, type ReadFlags } from './domain-flag-reader.ts';
import { domainGuest, domainGuestId } from './domain-guest.ts';
import { DomainLooks, type Look, type Looked } from './domain-looks.ts';
import { DomainStarts } from './domain-starts.ts';
import { guestState, isActive, isFailing } from './domain-states.ts';
import { lackingVerbs } from './domain-verbs.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { libvirtFailure } from './libvirt-failures.ts';
import type { MountSurroundings } from './network-mounts.ts';
import { type Stated, StatedDomains } from './stated-domains.ts';
import { type DomainFacts, domainFacts } from './xml/domain-facts.ts';

/** Flags of more domains than this are asked for together. */
const mostFlagged = 20;

/** What is known of a domain from the last time it was looked at. */
interface Known extends Stated {
  readonly flags?: ReadFlags | undefined;
  readonly facts?: DomainFacts | undefined;
  readonly look?: Look | undefined;
  readonly guest: Guest;
}

/** A domain with its definition, or the reason why that cannot be read. */
type Defined = Stated & {
  readonly flags: ReadFlags | undefined;
  readonly facts: DomainFacts | undefined;
  readonly error?: unknown;
};

/**
 * Reads domains over one open connection. The list comes fast, from one call; what needs a domain's XML, its addresses
 * and its disks is read for named domains, so list() is followed by read() of those whose facts are not known yet.
 * Addresses and disks that are slow to tell hold up no row: read again what `found` names.
 */
export class DomainReader {
  readonly #host: LibvirtHost;
  readonly #endpoint: LibvirtEndpoint;
  readonly #looks: DomainLooks;
  readonly #known = new Map<GuestId, Known>();
  readonly #lacks: ReadonlySet<Verb>;
  readonly #states: StatedDomains;
  readonly #starts: DomainStarts;

  /** @param found told of a guest of which something else was found than its row shows: addresses, disks */
  constructor(
    host: LibvirtHost,
    endpoint: LibvirtEndpoint,
    found: (guest: GuestId) => void,
    mounts?: MountSurroundings,
    starts = new DomainStarts(endpoint),
  ) {
    this.#host = host;
    this.#endpoint = endpoint;
    this.#lacks = lackingVerbs(endpoint.uri);
    this.#states = new StatedDomains(host.events);
    this.#starts = starts;
    this.#looks = new DomainLooks(host, found, mounts);
  }

  /** The domain that a guest id stands for, if it has been seen. */
  domainOf(id: GuestId): remote_nonnull_domain | undefined {
    return this.#known.get(id)?.dom;
  }

  /** The row of a guest as it was last seen. */
  guestOf(id: GuestId): Guest | undefined {
    return this.#known.get(id)?.guest;
  }

  /** Our element in its metadata, where it has one. */
  posadaElementOf(id: GuestId): string | undefined {
    return this.#known.get(id)?.facts?.posadaElement;
  }

  stateOf(id: GuestId): Guest['state'] {
    return this.#known.get(id)?.guest.state ?? 'unknown';
  }

  /** Whether the guest, as it was last seen, is ready for the verb. */
  offers(id: GuestId, verb: Verb): boolean {
    return this.#known.get(id)?.guest.offers.some((offer) => offer.verb === verb && offer.ready) ?? false;
  }

  /** An event told that a domain has started. @param at Unix time in milliseconds */
  started(uuid: string, at: number): void {
    this.#starts.heard(uuid, at);
  }

  /**
   * Active domains of which something changes without an event (addresses, what disks hold); and those of them that may
   * have addresses and have none yet: they get one soon after the start.
   */
  watched(): { all: GuestId[]; noAddress: GuestId[] } {
    const known = [...this.#known].filter(
      ([, { guest, facts }]) => isActive(guest.state) && facts && facts.interfaces + facts.disks.length > 0,
    );
    const none = known.filter(([, { facts, look }]) => facts && facts.interfaces > 0 && !look?.addresses.length);
    const ids = (some: typeof known) => some.map(([id]) => id);
    return { all: ids(known), noAddress: ids(none) };
  }

  /** Looks at these once more, and tells `found` of those of which something else is found now. */
  async lookAgain(ids: readonly GuestId[]): Promise<void> {
    const known = ids.flatMap((id) => this.#known.get(id) ?? []).filter(({ guest }) => isActive(guest.state));
    await this.#looks.lookAgain(known.flatMap((each) => this.#toLook(each)));
  }

  /** Guests whose flags are not those of their rows any more. */
  async changedFlags(): Promise<GuestId[]> {
    const before = new Map([...this.#known].map(([id, { flags }]) => [id, flags]));
    const all = await flagsOfAll(this.#host.events);
    // One that was read meanwhile has newer ones than these.
    const same = [...this.#known].filter(([id, { flags }]) => flags && before.get(id) === flags);
    return same.flatMap(([id, { dom, flags }]) => (isDeepStrictEqual(flags, flagsIn(all, dom.uuid)) ? [] : [id]));
  }

  /** All domains with state, and the facts that are known from before. */
  async list(): Promise<Guest[]> {
    const [stated, flags] = await Promise.all([this.#states.all(), flagsOfAll(this.#host.events)]);
    const ids = new Set(stated.map(({ dom }) => this.#id(dom)));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#forget(id);
    return stated.map((each) => {
      const before = this.#known.get(this.#id(each.dom));
      // A list asks nobody what is wrong: what was found stays until the domain is read or has another state.
      const failure = before?.state === each.state ? before.guest.failure : undefined;
      const look = before?.dom.id === each.dom.id ? before.look : undefined;
      return this.#remember({
        ...each,
        flags: flagsIn(flags, each.dom.uuid),
        facts: before?.facts,
        look,
        failure,
      });
    });
  }

  /** The named domains with all their facts; those that are gone are left out. */
  async read(ids: readonly GuestId[]): Promise<Guest[]> {
    const wanted = new Set(ids);
    const unknown = ids.some((id) => !this.#known.has(id));
    // A domain that is not known has no name to ask by: one bulk question finds it.
    const stated =
      unknown || ids.length > 100
        ? await this.#states.all()
        : await this.#states.of(ids.flatMap((id) => this.#known.get(id)?.dom ?? []));
    const here = stated.filter(({ dom }) => wanted.has(this.#id(dom)));
    const breather = new Breather();
    const flags = here.length > mostFlagged ? await flagsOfAll(this.#host.events) : undefined;
    const defined = (await Promise.all(here.map((each) => this.#define(each, flags, breather)))).filter(
      (each) => each !== undefined,
    );
    const [looks] = await Promise.all([
      this.#looks.lookAt(defined.flatMap((each) => (each.error === undefined ? this.#toLook(each) : []))),
      this.#starts.look(
        defined.flatMap(({ dom, state, facts }) =>
          facts && isActive(guestState(state)) ? [{ dom, type: facts.type }] : [],
        ),
      ),
    ]);
    const there: Guest[] = [];
    const rows = new Breather();
    for (const each of defined) {
      there.push(this.#row(each, looks.get(this.#id(each.dom))));
      await rows.breathe();
    }
    const found = new Set(there.map((guest) => guest.id));
    for (const id of ids) if (!found.has(id)) this.#forget(id);
    return there;
  }

  #toLook({ dom, state, reason, facts }: Stated & { readonly facts?: DomainFacts | undefined }): Looked[] {
    const active = isActive(guestState(state));
    return facts ? [{ id: this.#id(dom), dom, facts, active, failing: isFailing(state, reason) }] : [];
  }

  /** undefined for a domain that is gone */
  async #define(
    stated: Stated,
    all: ReadonlyMap<string, ReadFlags> | undefined,
    breather: Breather,
  ): Promise<Defined | undefined> {
    const { dom } = stated;
    try {
      const [{ xml }, flags] = await Promise.all([
        this.#host.events.call('DOMAIN_GET_XML_DESC', { dom, flags: 0 }),
        all ? flagsIn(all, dom.uuid) : flagsOf(this.#host.events, dom),
      ]);
      await breather.breathe();
      return { ...stated, flags, facts: domainFacts(xml) };
    } catch (error) {
      if (error instanceof LibvirtError && error.code === errorCode.noDomain) return undefined;
      if (this.#host.events.isLost) throw error;
      const { facts, flags } = this.#known.get(this.#id(dom)) ?? {};
      return { ...stated, flags, facts, error };
    }
  }

  #row({ error, ...defined }: Defined, look: Look | undefined): Guest {
    const id = this.#id(defined.dom);
    if (error !== undefined) return this.#remember({ ...defined, failure: this.#unreadable(id, defined, error) });
    const missing = look?.missing;
    if (!missing) return this.#remember({ ...defined, look });
    // It was read, and cannot start as it is.
    const title = say('failure.title.unfit', { name: defined.dom.name });
    const failure = libvirtFailure(missing.error, this.#endpoint, { title, guest: id, disk: missing.disk });
    return this.#remember({ ...defined, look, failure });
  }

  #unreadable(guest: GuestId, { dom }: Stated, error: unknown): Failure {
    const failure = libvirtFailure(error, this.#endpoint, {
      title: say('failure.title.guest', { name: dom.name }),
      guest,
    });
    if (error instanceof LibvirtError) return failure;
    return { ...failure, code: 'guest-broken', detail: say('failure.detail.badDefinition') };
  }

  #forget(id: GuestId): void {
    const uuid = this.#known.get(id)?.dom.uuid;
    if (uuid !== undefined) this.#starts.forget(uuid);
    this.#known.delete(id);
    this.#looks.forget(id);
  }

  #remember({ failure, ...parts }: Omit<Known, 'guest'> & { readonly failure?: Failure | undefined }): Guest {
    const { dom, state } = parts;
    const active = isActive(guestState(state));
    if (!active) this.#starts.forget(dom.uuid);
    const startedAt = active ? this.#starts.startOf(dom) : undefined;
    const guest = domainGuest(this.#endpoint.info.id, { ...parts, failure, startedAt, lacks: this.#lacks });
    this.#known.set(guest.id, { ...parts, guest });
    return guest;
  }

  #id(dom: remote_nonnull_domain): GuestId {
    return domainGuestId(this.#endpoint.info.id, dom.uuid);
  }
}
