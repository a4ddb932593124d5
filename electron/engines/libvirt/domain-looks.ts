import type { GuestId } from '../../../shared/ids.ts';
import { readAddresses } from './addresses.ts';
import type { LibvirtHost, remote_nonnull_domain } from './client/index.ts';
import { Breather, within } from './deadline.ts';
import {
  type DiskError,
  type DiskSizes,
  firstDiskError,
  type MissingDisk,
  runningSizes,
  stoppedDisks,
} from './disk-looks.ts';
import { localMounts, type MountSurroundings, NetworkMounts } from './network-mounts.ts';
import { SideCalls } from './side-calls.ts';
import type { DomainFacts } from './xml/domain-facts.ts';

/** Times in milliseconds. */
export interface LookTimes {
  /** How long rows wait for what is looked up beside them. */
  readonly patience: number;
  /** How long one disk or one guest agent may take. */
  readonly single: number;
}

/** A domain to look at. */
export interface Looked {
  readonly id: GuestId;
  readonly dom: remote_nonnull_domain;
  readonly facts: DomainFacts;
  readonly active: boolean;
  /** It is paused because a disk could not be written. */
  readonly failing?: boolean;
}

/** What was found beside a domain's definition. */
export interface Look {
  readonly addresses: readonly string[];
  readonly missing?: MissingDisk;
  readonly sizes?: DiskSizes;
  /** Of a domain that was paused for it. */
  readonly diskError?: DiskError;
}

/** A look at one domain as it was defined then, in that run. */
interface Taken {
  readonly key: string;
  readonly look: Look;
}

const nothing: Look = { addresses: [] };
/** Drivers whose stopped domains can be asked about their disks. */
const askDisks = new Set(['qemu', 'kvm']);

/**
 * Finds what a domain's definition does not tell: addresses while it runs, missing disks while it does not. Both may
 * take for ever. Rows wait for them a moment; what comes later is told, and the next reading has it without asking anew.
 */
export class DomainLooks {
  readonly #host: LibvirtHost;
  readonly #found: (guest: GuestId) => void;
  readonly #mounts: MountSurroundings;
  readonly #times: LookTimes;
  readonly #agents: SideCalls;
  readonly #disks: SideCalls;
  readonly #under = new Map<GuestId, { readonly key: string; readonly look: Promise<Look | undefined> }>();
  /** What the rows show. */
  readonly #shown = new Map<GuestId, Taken>();
  /** What came too late for a row and is to be read. */
  readonly #late = new Map<GuestId, Taken>();

  /** @param found told of a guest when something else was found than what its row shows */
  constructor(
    host: LibvirtHost,
    found: (guest: GuestId) => void,
    mounts: MountSurroundings = localMounts,
    times: LookTimes = { patience: 300, single: 3000 },
  ) {
    this.#host = host;
    this.#found = found;
    this.#mounts = mounts;
    this.#times = times;
    this.#agents = new SideCalls(host, times.single);
    this.#disks = new SideCalls(host, times.single);
  }

  /** What is to be shown of each now: what is found within a moment, else what was found before. */
  async lookAt(domains: readonly Looked[]): Promise<ReadonlyMap<GuestId, Look>> {
    const ready = new Map<GuestId, Taken>();
    const mounts = new NetworkMounts(this.#mounts);
    const breather = new Breather();
    const looks: Promise<void>[] = [];
    for (const each of domains) {
      looks.push(this.#lookOnce(each, mounts, ready));
      await breather.breathe();
    }
    await within(Promise.all(looks), this.#times.patience);
    return new Map(
      domains.map((each, index): [GuestId, Look] => {
        const taken = ready.get(each.id);
        if (taken) this.#shown.set(each.id, taken);
        else void looks[index]?.then(() => this.#tell(each.id, ready.get(each.id)));
        return [each.id, this.#shownAs(each.id, keyOf(each))];
      }),
    );
  }

  async #lookOnce(each: Looked, mounts: NetworkMounts, ready: Map<GuestId, Taken>): Promise<void> {
    const key = keyOf(each);
    const look = this.#takeLate(each.id, key) ?? (await this.#begin(each, key, mounts));
    if (look) ready.set(each.id, { key, look });
  }

  /** Looks once more; tells of those of which the rows show something else. */
  async lookAgain(domains: readonly Looked[]): Promise<void> {
    const mounts = new NetworkMounts(this.#mounts);
    await Promise.all(
      domains.map(async (each) => {
        const key = keyOf(each);
        const look = await this.#begin(each, key, mounts);
        if (look) this.#tell(each.id, { key, look });
      }),
    );
  }

  forget(guest: GuestId): void {
    this.#shown.delete(guest);
    this.#late.delete(guest);
  }

  #shownAs(id: GuestId, key: string): Look {
    const shown = this.#shown.get(id);
    return shown?.key === key ? shown.look : nothing;
  }

  #takeLate(id: GuestId, key: string): Look | undefined {
    const late = this.#late.get(id);
    this.#late.delete(id);
    return late?.key === key ? late.look : undefined;
  }

  #tell(id: GuestId, taken: Taken | undefined): void {
    if (!taken || isSame(this.#shownAs(id, taken.key), taken.look)) return;
    this.#late.set(id, taken);
    this.#found(id);
  }

  /** One look at a time; undefined where nobody could tell. */
  #begin(each: Looked, key: string, mounts: NetworkMounts): Promise<Look | undefined> {
    const under = this.#under.get(each.id);
    if (under?.key === key) return under.look;
    const look = this.#look(each, key, mounts).catch(() => undefined);
    const mine = { key, look };
    this.#under.set(each.id, mine);
    void look.then(() => {
      if (this.#under.get(each.id) === mine) this.#under.delete(each.id);
    });
    return look;
  }

  async #look(
    { id, dom, facts, active, failing }: Looked,
    key: string,
    mounts: NetworkMounts,
  ): Promise<Look | undefined> {
    const withDisks = askDisks.has(facts.type) && facts.disks.length > 0;
    if (!active) {
      const found = withDisks ? await stoppedDisks(this.#disks, dom, facts.disks, mounts) : { sizes: {} };
      return found && { addresses: [], ...found };
    }
    const [addresses, sizes, diskError] = await Promise.all([
      facts.interfaces > 0 ? readAddresses(this.#host.events, this.#agents, dom, facts.agent) : [],
      withDisks ? runningSizes(this.#disks, dom, facts.disks) : undefined,
      failing ? firstDiskError(this.#disks, dom) : undefined,
    ]);
    // A busy domain tells nothing now: what it told before is near enough.
    const { sizes: before, diskError: errorBefore } = this.#shownAs(id, key);
    const [held, failed] = [sizes ?? before, diskError ?? errorBefore];
    return { addresses, ...(held && { sizes: held }), ...(failed && { diskError: failed }) };
  }
}

/** What a look depends on: the run of the domain, and its definition. */
function keyOf({ dom, facts, active, failing }: Looked): string {
  return JSON.stringify([active, failing ?? false, dom.id, facts.disks, facts.interfaces, facts.agent]);
}

/** Order tells nothing: tables of the host have none. Neither do bytes: a disk in use grows all the time. */
function isSame(one: Look, other: Look): boolean {
  const words = ({ addresses, missing, diskError, sizes }: Look) =>
    JSON.stringify([missing?.disk, diskError, sizes?.size, ...[...addresses].sort()]);
  return words(one) === words(other) && isNear(one.sizes, other.sizes);
}

function isNear(one: DiskSizes = {}, other: DiskSizes = {}): boolean {
  if (one.used === undefined || other.used === undefined) return one.used === other.used;
  return Math.abs(one.used - other.used) <= (other.size ?? other.used) / 200;
}
