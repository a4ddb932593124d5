import type { Guest, Verb } from '../../../shared/guest.ts';
import type { GuestId } from '../../../shared/ids.ts';
import { say } from '../../../shared/message.ts';
import { readAddresses } from './addresses.ts';
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
import { domainGuest, domainGuestId } from './domain-guest.ts';
import { guestState, isActive } from './domain-states.ts';
import type { LibvirtEndpoint } from './endpoint.ts';
import { libvirtFailure } from './libvirt-failures.ts';
import { type DomainFacts, domainFacts } from './xml/domain-facts.ts';

/** What is known of a domain from the last time it was looked at. */
interface Known {
  dom: remote_nonnull_domain;
  state: number;
  reason: number;
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

/** Drivers whose stopped domains can be asked about their disks. */
const askDisks = new Set(['qemu', 'kvm']);

/**
 * Reads domains over one open connection. The list comes fast, from one call; what needs a domain's XML, its addresses
 * and its disks is read for named domains, so list() is followed by read() of those whose facts are not known yet.
 */
export class DomainReader {
  readonly #host: LibvirtHost;
  readonly #endpoint: LibvirtEndpoint;
  readonly #known = new Map<GuestId, Known>();
  /** False where the driver has no bulk statistics (LXC). */
  #bulk = true;

  constructor(host: LibvirtHost, endpoint: LibvirtEndpoint) {
    this.#host = host;
    this.#endpoint = endpoint;
  }

  /** The domain that a guest id stands for, if it has been seen. */
  domainOf(id: GuestId): remote_nonnull_domain | undefined {
    return this.#known.get(id)?.dom;
  }

  stateOf(id: GuestId): Guest['state'] {
    return this.#known.get(id)?.guest.state ?? 'unknown';
  }

  /** Whether the guest, as it was last seen, is ready for the verb. */
  offers(id: GuestId, verb: Verb): boolean {
    return this.#known.get(id)?.guest.offers.some((offer) => offer.verb === verb && offer.ready) ?? false;
  }

  /** Active domains with interfaces that have no address yet: they get one some seconds after their start. */
  withoutAddress(): GuestId[] {
    return [...this.#known].flatMap(([id, { guest, facts, addresses }]) =>
      isActive(guest.state) && facts && facts.interfaces > 0 && !addresses?.length ? [id] : [],
    );
  }

  /** All domains with state, and the facts that are known from before. */
  async list(): Promise<Guest[]> {
    const stated = await this.#states();
    const ids = new Set(stated.map(({ dom }) => this.#id(dom)));
    for (const id of this.#known.keys()) if (!ids.has(id)) this.#known.delete(id);
    return stated.map((each) => {
      const before = this.#known.get(this.#id(each.dom));
      // A list asks nobody what is wrong: what was found stays until the domain is read or has another state.
      const failure = before?.state === each.state ? before.guest.failure : undefined;
      return this.#remember({ ...each, facts: before?.facts, addresses: before?.addresses, failure });
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
    const guests = await Promise.all(here.map((each) => this.#readOne(each, breather)));
    const there = guests.filter((guest) => guest !== undefined);
    const found = new Set(there.map((guest) => guest.id));
    for (const id of ids) if (!found.has(id)) this.#known.delete(id);
    return there;
  }

  async #readOne(stated: Stated, breather: Breather): Promise<Guest | undefined> {
    const { dom } = stated;
    let facts = this.#known.get(this.#id(dom))?.facts;
    try {
      const { xml } = await this.#host.events.call('DOMAIN_GET_XML_DESC', { dom, flags: 0 });
      await breather.breathe();
      facts = domainFacts(xml);
      const active = isActive(guestState(stated.state));
      const addresses = active && facts.interfaces > 0 ? await readAddresses(this.#host, dom, facts.agent) : [];
      if (!active) await this.#checkDisks(dom, facts);
      return this.#remember({ ...stated, facts, addresses });
    } catch (error) {
      if (error instanceof LibvirtError && error.code === errorCode.noDomain) return undefined;
      if (this.#host.events.isLost) throw error;
      return this.#broken({ ...stated, facts }, error);
    }
  }

  /** A stopped domain whose disk is gone cannot start: better said in its row than at the start. */
  async #checkDisks(dom: remote_nonnull_domain, facts: DomainFacts): Promise<void> {
    if (!askDisks.has(facts.type)) return;
    for (const path of facts.disks) {
      try {
        await this.#host.events.call('DOMAIN_GET_BLOCK_INFO', { dom, path, flags: 0 });
      } catch (error) {
        // Other errors (no right to look, a pool that is off) do not tell that the disk is missing.
        if (error instanceof LibvirtError && /No such file or directory/.test(error.message)) throw error;
        if (!(error instanceof LibvirtError)) throw error;
      }
    }
  }

  #broken(stated: Stated & { facts: DomainFacts | undefined }, error: unknown): Guest {
    const id = this.#id(stated.dom);
    // What is missing beside a readable definition keeps it from starting; else it could not be read at all.
    const key =
      error instanceof LibvirtError && error.code === errorCode.systemError
        ? 'failure.title.unfit'
        : 'failure.title.guest';
    const attempt = { title: say(key, { name: stated.dom.name }), guest: id };
    const failure =
      error instanceof LibvirtError
        ? libvirtFailure(error, this.#endpoint, attempt)
        : {
            ...libvirtFailure(error, this.#endpoint, attempt),
            code: 'guest-broken' as const,
            detail: say('failure.detail.badDefinition'),
          };
    return this.#remember({ ...stated, failure });
  }

  #remember(
    parts: Stated & {
      facts?: DomainFacts | undefined;
      addresses?: readonly string[] | undefined;
      failure?: Guest['failure'];
    },
  ): Guest {
    const guest = domainGuest(this.#endpoint.info.id, parts);
    const { dom, state, reason, facts, addresses } = parts;
    this.#known.set(guest.id, { dom, state, reason, facts, addresses, guest });
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
