import {
  allDomainStats,
  type DomainStats,
  domainState,
  errorCode,
  LibvirtError,
  numberParam,
  type RpcConnection,
  type remote_nonnull_domain,
  shutoffReason,
  statsGroup,
} from './client/index.ts';

/** A domain and its state; none of these questions waits for the domain's monitor. */
export interface Stated {
  readonly dom: remote_nonnull_domain;
  /** virDomainState and its reason. */
  readonly state: number;
  readonly reason: number;
}

/** Reads the states of domains over one connection. */
export class StatedDomains {
  readonly #connection: RpcConnection;
  /** False where the driver has no bulk statistics (LXC). */
  #bulk = true;

  constructor(connection: RpcConnection) {
    this.#connection = connection;
  }

  /** Of all domains, in one call where the driver has one. */
  async all(): Promise<Stated[]> {
    if (this.#bulk) {
      try {
        return (await allDomainStats(this.#connection, statsGroup.state)).map(fromStats);
      } catch (error) {
        if (!(error instanceof LibvirtError && error.code === errorCode.noSupport)) throw error;
        this.#bulk = false;
      }
    }
    const { domains } = await this.#connection.call('CONNECT_LIST_ALL_DOMAINS', { need_results: 1, flags: 0 });
    return this.of(domains);
  }

  /** Of these, one by one; those that are gone are left out. */
  async of(domains: readonly remote_nonnull_domain[]): Promise<Stated[]> {
    const stated = await Promise.all(
      domains.map(async (dom): Promise<Stated | undefined> => {
        try {
          // Looked up anew: its name and its id may have changed.
          const now = await this.#connection.call('DOMAIN_LOOKUP_BY_UUID', { uuid: dom.uuid });
          return asKept({
            dom: now.dom,
            ...(await this.#connection.call('DOMAIN_GET_STATE', { dom: now.dom, flags: 0 })),
          });
        } catch (error) {
          if (error instanceof LibvirtError && error.code === errorCode.noDomain) return undefined;
          throw error;
        }
      }),
    );
    return stated.filter((each) => each !== undefined);
  }
}

function fromStats({ name, uuid, id, params }: DomainStats): Stated {
  return asKept({
    dom: { name, uuid, id },
    state: numberParam(params, 'state.state') ?? domainState.noState,
    reason: numberParam(params, 'state.reason') ?? 0,
  });
}

/** Crashed is what still has its process; drivers that say so of a domain without one (VirtualBox) mean that it is off. */
function asKept(stated: Stated): Stated {
  if (stated.state !== domainState.crashed || stated.dom.id >= 0) return stated;
  return { ...stated, state: domainState.shutoff, reason: shutoffReason.crashed };
}
