import type { GuestId } from '../../../../shared/ids.ts';
import type { LibvirtHost, remote_nonnull_domain } from '../client/index.ts';
import { fakeConnection, fakeDomain, libvirtError } from './fakes.ts';

/** Figures of one domain: seconds of CPU time, and balloon fields in KiB. */
interface Figures {
  readonly cpu: number;
  readonly balloon?: Readonly<Record<string, number>>;
  /** Fields of other groups by their whole names. */
  readonly more?: Readonly<Record<string, number>>;
  /** libvirt's id of this run, where it is another one than it began with. */
  readonly run?: number;
}

/** Domains with figures that a test changes; one that hangs holds up each question that names it. */
export class FakeFigures {
  readonly figures = new Map<number, Figures>();
  readonly hung = new Map<number, Promise<unknown>>();
  /** The error number that answers a question for many. */
  bulkError: number | undefined;
  readonly polling = fakeConnection((name, args) => this.#answer(name, args));
  readonly spares: ReturnType<typeof fakeConnection>[] = [];
  readonly released: unknown[] = [];

  get host(): LibvirtHost {
    const host = {
      polling: this.polling.connection,
      spare: async () => {
        const spare = fakeConnection((name, args) => this.#answer(name, args));
        this.spares.push(spare);
        return spare.connection;
      },
      release: (connection: unknown) => this.released.push(connection),
    };
    return host as unknown as LibvirtHost;
  }

  get domains(): Map<GuestId, remote_nonnull_domain> {
    return new Map([...this.figures.keys()].map((id) => [`g${id}` as GuestId, fakeDomain(id)]));
  }

  /** How often each procedure was called on the polling connection. */
  count(name: string): number {
    return this.polling.calls.filter((call) => call.name === name).length;
  }

  async #answer(name: string, args: unknown): Promise<unknown> {
    const { doms, dom } = args as { doms?: remote_nonnull_domain[]; dom?: remote_nonnull_domain };
    const asked = doms ?? (dom ? [dom] : []);
    await Promise.all(asked.map(({ id }) => this.hung.get(id)));
    if (name === 'CONNECT_GET_ALL_DOMAIN_STATS') {
      if (this.bulkError !== undefined) throw libvirtError(this.bulkError);
      const now = (each: remote_nonnull_domain) => ({ ...each, id: this.figures.get(each.id)?.run ?? each.id });
      return { retStats: asked.map((each) => ({ dom: now(each), params: this.#params(each.id) })) };
    }
    const figures = dom && this.figures.get(dom.id);
    if (!figures) throw libvirtError(42);
    const memory = BigInt(figures.balloon?.current ?? 0);
    return { state: 1, maxMem: 0, memory, nrVirtCpu: 1, cpuTime: BigInt(figures.cpu * 1e9) };
  }

  #params(id: number) {
    const { cpu, balloon = {}, more = {} } = this.figures.get(id) ?? { cpu: 0 };
    return [
      { field: 'cpu.time', value: { type: 4, value: BigInt(cpu * 1e9) } },
      ...Object.entries(balloon).map(([key, value]) => ({ field: `balloon.${key}`, value: { type: 4, value } })),
      ...Object.entries(more).map(([field, value]) => ({ field, value: { type: 4, value } })),
    ];
  }
}
