import type { Failure } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import type { Verb } from '../../../shared/verbs.ts';
import {
  allDomainStats,
  domainState,
  errorCode,
  LibvirtError,
  type LibvirtHost,
  numberParam,
  type remote_nonnull_domain,
  statsGroup,
} from './client/index.ts';
import { Breather } from './deadline.ts';
import { flagsOf, flagsOfAll, type ReadFlags } from './domain-flag-reader.ts';
import { noFlags } from './domain-flags.ts';
import { domainGuest, domainGuestId } from './domain-guest.ts';
import { DomainLooks, type Look, type Looked } from './domain-looks.ts';
import { guestState, isActive } from './domain-states.ts';
import { lackingVerbs } from './domain-verbs.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { libvirtFailure } from './libvirt-failures.ts';
import type { MountSurroundings } from './network-mounts.ts';
import { type DomainFacts, domainFacts } from './xml/domain-facts.ts';

/** Flags of more domains than this are asked for together. */
const mostFlagged = 20;

/** What is known of a domain from the last time it was looked at. */
interface Known {
  dom: remote_nonnull_domain;
  state: number;
  reason: number;
  flags?: ReadFlags | undefined;
  facts?: DomainFacts | undefined;
  addresses?: readonly string[] | undefined;
  guest: Guest;
}

/** A domain and its state; none of these questions waits for the domain's monitor. */
interface Stated {
  readonly dom: remote_nonnull_domain;
  readonly state: number;
  readonly reason: number;
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
  /** False where the driver has no bulk statistics (LXC). */
  #bulk = true;

  /** @param found told of a guest that has other addresses, or lost or got back a disk, since it was read */
  constructor(
    host: LibvirtHost,
    endpoint: LibvirtEndpoint,
    found: (guest: GuestId) => void,
    mounts?: MountSurroundings,
  ) {
    this.#host = host;
    this.#endpoint = endpoint;
    this.#lacks = lackingVerbs(endpoint.uri);
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

  stateOf(id: GuestId): Guest['state'] {
    return this.#known.get(id)?.guest.state ?? 'unknown';
  }

  /** Whether the guest, as it was last seen, is ready for the verb. */
  offers(id: GuestId, verb: Verb): boolean {
    return this.#known.get(id)?.guest.offers.some((offer) => offer.verb === verb && offer.ready) ?? false;
  }

  /** Active domains that may have addresses; and those of them that have none yet: they get one soon after the start. */
  mayHaveAddresses(): { all: GuestId[]; none: GuestId[] } {
    const known = [...this.#known].filter(
      ([, { guest, facts }]) => isActive(guest.state) && facts && facts.interfaces > 0,
    );
    const ids = (some: typeof known) => some.map(([id]) => id);
    return { all: ids(known), none: ids(known.filter(([, { addresses }]) => !addresses?.length)) };
  }

  /** Looks for the addresses of these once more, and tells `found` of those that have others now. */
  async lookForAddresses(ids: readonly GuestId[]): Promise<void> {
    const looked = ids.flatMap((id): Looked[] => {
      const { dom, facts, guest } = this.#known.get(id) ?? {};
      return dom && facts && guest && isActive(guest.state) ? [{ id, dom, facts, active: true }] : [];
    });
    await this.#looks.lookAgain(looked);
  }

  /** All domains with state, and the facts that are known from before. */
  async list(): Promise<Guest[]> {
    const [stated, flags] = await Promise.all([this.#states(), flagsOfAll(this.#host.events)]);
    const ids = new Set(stated.map(({ dom }) => this.#id(dom)));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#forget(id);
    return stated.map((each) => {
      const before = this.#known.get(this.#id(each.dom));
      // A list asks nobody what is wrong: what was found stays until the domain is read or has another state.
      const failure = before?.state === each.state ? before.guest.failure : undefined;
      const { facts, addresses } = before ?? {};
      return this.#remember({ ...each, flags: flags.get(each.dom.uuid) ?? noFlags, facts, addresses, failure });
    });
  }

  /** The named domains with all their facts; those that are gone are left out. */
  async read(ids: readonly GuestId[]): Promise<Guest[]> {
    const wanted = new Set(ids);
    const unknown = ids.some((id) => !this.#known.has(id));
    // A domain that is not known has no name to ask by: one bulk question finds it.
    const stated = unknown || ids.length > 100 ? await this.#states() : await this.#statesOf(ids);
    const here = stated.filter(({ dom }) => wanted.has(this.#id(dom)));
    const breather = new Breather();
    const flags = here.length > mostFlagged ? await flagsOfAll(this.#host.events) : undefined;
    const defined = (await Promise.all(here.map((each) => this.#define(each, flags, breather)))).filter(
      (each) => each !== undefined,
    );
    const looks = await this.#looks.lookAt(
      defined.flatMap(({ dom, state, facts, error }): Looked[] =>
        facts && error === undefined ? [{ id: this.#id(dom), dom, facts, active: isActive(guestState(state)) }] : [],
      ),
    );
    const there = defined.map((each) => this.#row(each, looks.get(this.#id(each.dom))));
    const found = new Set(there.map((guest) => guest.id));
    for (const id of ids) if (!found.has(id)) this.#forget(id);
    return there;
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
        all ? (all.get(dom.uuid) ?? noFlags) : flagsOf(this.#host.events, dom),
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
    const { missing, addresses } = look ?? {};
    if (!missing) return this.#remember({ ...defined, addresses });
    // It was read, and cannot start as it is.
    const title = say('failure.title.unfit', { name: defined.dom.name });
    const failure = libvirtFailure(missing.error, this.#endpoint, { title, guest: id, disk: missing.disk });
    return this.#remember({ ...defined, failure });
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
    this.#known.delete(id);
    this.#looks.forget(id);
  }

  #remember(
    parts: Stated & {
      flags?: ReadFlags | undefined;
      facts?: DomainFacts | undefined;
      addresses?: readonly string[] | undefined;
      failure?: Failure | undefined;
    },
  ): Guest {
    const guest = domainGuest(this.#endpoint.info.id, { ...parts, lacks: this.#lacks });
    const { dom, state, reason, flags, facts, addresses } = parts;
    this.#known.set(guest.id, { dom, state, reason, flags, facts, addresses, guest });
    return guest;
  }

  async #states(): Promise<Stated[]> {
    if (this.#bulk) {
      try {
        return (await allDomainStats(this.#host.events, statsGroup.state)).map(fromStats);
      } catch (error) {
        if (!(error instanceof LibvirtError && error.code === errorCode.noSupport)) throw error;
        this.#bulk = false;
      }
    }
    const { domains } = await this.#host.events.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
    return this.#statesOneByOne(domains);
  }

  async #statesOf(ids: readonly GuestId[]): Promise<Stated[]> {
    return this.#statesOneByOne(ids.flatMap((id) => this.#known.get(id)?.dom ?? []));
  }

  async #statesOneByOne(domains: readonly remote_nonnull_domain[]): Promise<Stated[]> {
    const stated = await Promise.all(
      domains.map(async (dom): Promise<Stated | undefined> => {
        try {
          // Looked up anew: its name and its id may have changed.
          const now = await this.#host.events.call('DOMAIN_LOOKUP_BY_UUID', { uuid: dom.uuid });
          return { dom: now.dom, ...(await this.#host.events.call('DOMAIN_GET_STATE', { dom: now.dom, flags: 0 })) };
        } catch (error) {
          if (error instanceof LibvirtError && error.code === errorCode.noDomain) return undefined;
          throw error;
        }
      }),
    );
    return stated.filter((each) => each !== undefined);
  }

  #id(dom: remote_nonnull_domain): GuestId {
    return domainGuestId(this.#endpoint.info.id, dom.uuid);
  }
}

function fromStats({
  name,
  uuid,
  id,
  params,
}: {
  name: string;
  uuid: string;
  id: number;
  params: Parameters<typeof numberParam>[0];
}): Stated {
  return {
    dom: { name, uuid, id },
    state: numberParam(params, 'state.state') ?? domainState.noState,
    reason: numberParam(params, 'state.reason') ?? 0,
  };
}
