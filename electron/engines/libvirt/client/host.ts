import { type ConnectOptions, connect, watchClose } from './connect.ts';
import type { ConnectionEvents, RpcConnection } from './connection.ts';
import { statsFlag, statsGroup } from './constants.ts';
import { ConnectionLostError } from './errors.ts';
import type { EventMessages } from './generated/protocol-types.gen.ts';
import { answerWithin, handshakeMs } from './handshake.ts';
import { type ParamRecord, paramRecord } from './typed-params.ts';

export interface HostEvents {
  event?<E extends keyof EventMessages>(name: E, message: EventMessages[E]): void;
  /** Told once when any of the connections is gone; all of them are closed then. */
  lost?(error: Error): void;
  /** One of these threw; see ConnectionEvents. */
  listenerFailed?(error: unknown): void;
}

/** Statistics of one domain. */
export interface DomainStats {
  readonly uuid: string;
  readonly name: string;
  readonly id: number;
  readonly params: ParamRecord;
}

/**
 * A host behind one URI over three connections, so that a slow call never holds up another kind of work: `events` for
 * events and lists, `polling` for statistics, `actions` for what the person asked for. A private test:///path is a
 * world of its own for each connection: there, all three are the same one.
 */
export class LibvirtHost {
  readonly events: RpcConnection;
  readonly polling: RpcConnection;
  readonly actions: RpcConnection;
  readonly #options: ConnectOptions;
  readonly #spares = new Set<RpcConnection>();
  #closed = false;

  private constructor(options: ConnectOptions, connections: [RpcConnection, RpcConnection, RpcConnection]) {
    this.#options = options;
    [this.events, this.polling, this.actions] = connections;
  }

  /** Opens all connections. @throws what connect() throws */
  static async open(options: ConnectOptions, events: HostEvents = {}): Promise<LibvirtHost> {
    let host: LibvirtHost | undefined;
    let early: Error | undefined;
    const lose = (error: Error): void => {
      if (!host) early = error;
      else if (!host.#closed) {
        host.close();
        events.lost?.(error);
      }
    };
    const common: ConnectionEvents = {
      lost: lose,
      ...(events.listenerFailed && { listenerFailed: (error) => events.listenerFailed?.(error) }),
    };
    const first = await connect(options, {
      ...common,
      event: (name, message) => {
        if (name === 'CONNECT_EVENT_CONNECTION_CLOSED')
          lose(new ConnectionLostError('ended', 'the hypervisor is gone'));
        events.event?.(name, message);
      },
    });
    const opened = [first];
    try {
      await answerWithin(first, options.handshakeMs ?? handshakeMs, watchClose(first));
      if (!isPrivate(options.uri)) opened.push(...(await connectTwo(options, common)));
    } catch (error) {
      for (const connection of opened) connection.close();
      throw early ?? error;
    }
    if (early) {
      for (const connection of opened) connection.close();
      throw early;
    }
    host = new LibvirtHost(options, [first, opened[1] ?? first, opened[2] ?? first]);
    return host;
  }

  /**
   * One more connection, for bulk transfers or for finding out which guest hangs; closed with the host. The daemon does
   * not ping it: a slow reader may pause it for as long as it likes.
   */
  async spare(): Promise<RpcConnection> {
    if (isPrivate(this.#options.uri)) return this.events;
    const connection = await connect({ ...this.#options, daemonPings: false });
    if (this.#closed) connection.close();
    this.#spares.add(connection);
    return connection;
  }

  /** Closes a connection that spare() gave. */
  release(connection: RpcConnection): void {
    if (this.#spares.delete(connection)) connection.close();
  }

  close(): void {
    this.#closed = true;
    for (const connection of [this.events, this.polling, this.actions, ...this.#spares]) connection.close();
  }
}

/** Opens two connections or none: one that opens although the other did not would be known to nobody. */
async function connectTwo(options: ConnectOptions, events: ConnectionEvents): Promise<RpcConnection[]> {
  const opening = [connect(options, events), connect(options, events)];
  try {
    return await Promise.all(opening);
  } catch (error) {
    const drop = (connection: RpcConnection): void => connection.close();
    for (const each of opening) each.then(drop, () => undefined);
    throw error;
  }
}

/** A node file of the test driver lives in the connection that opened it. */
export function isPrivate(uri: string): boolean {
  return uri.startsWith('test:///') && uri !== 'test:///default';
}

/** A reply of more would be decoded for over 10 ms while the code is cold, and nothing else runs meanwhile. */
const mostInOneReply = 150;
/** Disks and interfaces tell some twenty figures each. */
const mostWithDevices = 50;

/**
 * Statistics of many domains, never waiting for a domain that is busy with another job (NOWAIT). All domains come in
 * one call; many named ones in several, so that each reply is decoded in a turn of its own.
 * @param groups bits of `statsGroup`; 0 means all
 * @param domains the domains asked for, those that are gone left out; none means all
 * @param flags further bits of `statsFlag`
 */
export async function allDomainStats(
  connection: RpcConnection,
  groups: number,
  domains: readonly { name: string; uuid: string; id: number }[] = [],
  flags = 0,
): Promise<DomainStats[]> {
  const stats: DomainStats[] = [];
  const most = (groups & (statsGroup.block | statsGroup.interface)) === 0 ? mostInOneReply : mostWithDevices;
  for (let at = 0; at === 0 || at < domains.length; at += most) {
    const { retStats } = await connection.call('CONNECT_GET_ALL_DOMAIN_STATS', {
      doms: domains.slice(at, at + most),
      stats: groups,
      flags: statsFlag.nowait | flags,
    });
    for (const { dom, params } of retStats) stats.push({ ...dom, params: paramRecord(params) });
  }
  return stats;
}
