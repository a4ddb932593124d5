import { type Action, action as actionSchema } from '../../../shared/action.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { Guest } from '../../../shared/guest.ts';
import { type GuestId, guestId } from '../../../shared/ids.ts';
import { type Message, say } from '../../../shared/message.ts';
import { type GuestSnapshots, type SnapshotId, snapshotId } from '../../../shared/snapshot.ts';
import { snapshotVerbs } from '../../../shared/verbs.ts';
import type { ActionRun, SnapshotFacet } from '../engine.ts';
import type { Json, Operation, Step, StepRun } from '../operation.ts';
import {
  type DemoTree,
  describeTree,
  firstTree,
  type KeptSnapshot,
  sizeOf,
  standingOn,
  whatItDoes,
} from './demo-tree.ts';

const verbs = ['takeSnapshot', ...snapshotVerbs] as const;
/** An action on the snapshots of a guest. */
export type SnapshotAction = Extract<Action, { verb: (typeof verbs)[number] }>;

export function isSnapshotAction(action: Action): action is SnapshotAction {
  return verbs.some((verb) => verb === action.verb);
}

/** What snapshots need of the engine that they belong to. */
export interface SnapshotHost {
  /** The guest as it is now. @throws FailureError where it is gone */
  guest(id: GuestId): Guest;
  /** Changes facts of the guest, and tells of it. */
  change(id: GuestId, part: Pick<Guest, 'snapshots'> & Partial<Pick<Guest, 'state'>>): void;
  failure(guest: Guest, action: Action | undefined, code: FailureCode, detail: Message): Error;
  /** How long something takes, in milliseconds. */
  readonly delayMs: number;
}

/** With these the same operation is made again after a crash, whatever has become of the tree. */
interface Plan {
  readonly guest: GuestId;
  readonly action: SnapshotAction;
  /** Id of what it makes. */
  readonly made: SnapshotId;
  /** Ids of what it takes away, the last ones first: none ever stands on nothing. */
  readonly gone: readonly SnapshotId[];
}

/** Snapshots in memory. What is taken is written aside first, and is in the tree only when it is whole. */
export class DemoSnapshots implements SnapshotFacet {
  readonly #host: SnapshotHost;
  readonly #trees = new Map<GuestId, DemoTree>();
  /** Written, and in no tree yet. */
  readonly #aside = new Map<SnapshotId, KeptSnapshot>();
  #count = 0;

  constructor(host: SnapshotHost) {
    this.#host = host;
  }

  async list(id: GuestId): Promise<GuestSnapshots> {
    const guest = this.#host.guest(id);
    if (guest.kind !== 'vm')
      throw this.#host.failure(guest, undefined, 'not-supported', say('failure.detail.noSnapshots'));
    return describeTree(guest, this.#tree(guest));
  }

  /** Does one of the six verbs. @throws FailureError, and what `run.perform` throws */
  async act(guest: Guest, action: SnapshotAction, run: ActionRun): Promise<void> {
    this.#refuse(guest, action);
    if (action.verb === 'takeSnapshot' || action.verb === 'restoreSnapshot' || action.verb === 'deleteSnapshot') {
      this.#count += 1;
      const made = `demo-${this.#count}` as SnapshotId;
      const gone = action.verb === 'deleteSnapshot' ? this.#whatGoes(guest, action).toReversed() : [];
      await run.perform(this.#operation({ guest: guest.id, action, made, gone }));
      return;
    }
    await this.#takeTime(guest, action, run);
    const tree = this.#tree(guest);
    const old = tree.kept.get(action.snapshot);
    if (!old) throw this.#gone(guest, action);
    const changed =
      action.verb === 'editSnapshot'
        ? { name: action.name, description: action.description }
        : { protected: action.verb === 'protectSnapshot' };
    tree.kept.set(old.id, { ...old, ...changed });
  }

  /** Makes an operation again from its journal. @returns undefined for what is none of these */
  recall(kind: string, plan: Json): Operation | undefined {
    if (!verbs.some((verb) => verb === kind)) return undefined;
    const { guest, action, made, gone } = plan as Readonly<Record<string, Json>>;
    const known = actionSchema.parse(JSON.parse(String(action)));
    if (!isSnapshotAction(known)) return undefined;
    return this.#operation({
      guest: guestId.parse(guest),
      action: known,
      made: snapshotId.parse(made),
      gone: snapshotId.array().parse(gone),
    });
  }

  /** Something written aside that belongs to no snapshot: there must be none once nothing runs. For tests. */
  leftAside(): number {
    return this.#aside.size;
  }

  #operation(plan: Plan): Operation {
    const { guest, action, made, gone } = plan;
    return { kind: action.verb, plan: { guest, made, gone, action: JSON.stringify(action) }, steps: this.#steps(plan) };
  }

  #steps({ guest, action, made, gone }: Plan): Step[] {
    if (action.verb === 'takeSnapshot') return this.#taking(guest, made, action);
    if (action.verb === 'restoreSnapshot') {
      const { keepNow: name } = action;
      const memory = whatItDoes(this.#host.guest(guest)) !== 'off';
      const keeping = name === undefined ? [] : this.#taking(guest, made, { name, description: '', memory });
      return [...keeping, this.#goingBack(guest, action)];
    }
    return gone.map((each, place) => this.#deleting(guest, action, each, place === 0));
  }

  #taking(id: GuestId, made: SnapshotId, how: Pick<KeptSnapshot, 'name' | 'description' | 'memory'>): Step[] {
    const { name, description, memory } = how;
    return [
      {
        name: 'write',
        weight: 4,
        do: async (run) => {
          const guest = this.#host.guest(id);
          await this.#takeTime(guest, undefined, run);
          const { current } = this.#tree(guest);
          this.#aside.set(made, {
            ...{ id: made, name, description, memory, state: whatItDoes(guest), protected: false, own: true },
            ...(current && { parent: current }),
            createdAt: Date.now(),
            size: { bytes: sizeOf(guest, memory, this.#count), atLeast: false },
          });
          return undefined;
        },
        undo: async () => void this.#aside.delete(made),
      },
      {
        name: 'enter',
        do: async () => {
          const tree = this.#tree(this.#host.guest(id));
          const written = this.#aside.get(made);
          if (written) tree.kept.set(made, written);
          tree.current = made;
          this.#aside.delete(made);
          this.#counted(id);
          return undefined;
        },
        undo: async () => this.#remove(id, made),
      },
    ];
  }

  #goingBack(id: GuestId, action: Extract<SnapshotAction, { verb: 'restoreSnapshot' }>): Step {
    return {
      name: 'go back',
      weight: 2,
      do: async (run) => {
        const guest = this.#host.guest(id);
        await this.#takeTime(guest, action, run);
        const tree = this.#tree(guest);
        const goal = tree.kept.get(action.snapshot);
        if (!goal) throw this.#gone(guest, action);
        tree.current = goal.id;
        const state = goal.memory && goal.state !== 'off' ? goal.state : 'stopped';
        this.#host.change(id, { snapshots: tree.kept.size, state });
        return undefined;
      },
    };
  }

  /** Can be done again, and is not taken back. @param first once one is gone nothing asks any more whether to stop */
  #deleting(id: GuestId, action: SnapshotAction, snapshot: SnapshotId, first: boolean): Step {
    return {
      name: `delete ${snapshot}`,
      do: async (run) => {
        if (first) await this.#takeTime(this.#host.guest(id), action, run);
        this.#remove(id, snapshot);
        return undefined;
      },
    };
  }

  #whatGoes(guest: Guest, { snapshot, children }: Extract<SnapshotAction, { verb: 'deleteSnapshot' }>): SnapshotId[] {
    return [snapshot, ...(children ? standingOn(this.#tree(guest), snapshot) : [])];
  }

  /** Takes one out of the tree: what stands on it stands on its parent then, and holds what it held. */
  #remove(id: GuestId, snapshot: SnapshotId): void {
    const tree = this.#tree(this.#host.guest(id));
    const gone = tree.kept.get(snapshot);
    if (!gone) return;
    tree.kept.delete(snapshot);
    for (const each of tree.kept.values()) {
      if (each.parent !== snapshot) continue;
      const { parent: _parent, ...rest } = each;
      tree.kept.set(each.id, { ...rest, ...(gone.parent && { parent: gone.parent }) });
    }
    if (tree.current === snapshot) tree.current = gone.parent;
    this.#counted(id);
  }

  #counted(id: GuestId): void {
    this.#host.change(id, { snapshots: this.#tree(this.#host.guest(id)).kept.size });
  }

  #tree(guest: Guest): DemoTree {
    let tree = this.#trees.get(guest.id);
    if (!tree) {
      tree = firstTree(guest);
      this.#trees.set(guest.id, tree);
    }
    return tree;
  }

  /** @throws FailureError where a real engine would say no */
  #refuse(guest: Guest, action: SnapshotAction): void {
    const ways = describeTree(guest, this.#tree(guest));
    if (action.verb === 'takeSnapshot') {
      const way = action.memory ? ways.takeWithMemory : ways.takeDisks;
      if (!way.ready) throw this.#host.failure(guest, action, 'wrong-state', way.because);
      return;
    }
    const ids = [action.snapshot];
    if (action.verb === 'deleteSnapshot' && action.children)
      ids.push(...standingOn(this.#tree(guest), action.snapshot));
    for (const id of ids) {
      const offer = ways.snapshots.find((each) => each.id === id)?.offers.find(({ verb }) => verb === action.verb);
      if (!offer) throw this.#gone(guest, action);
      if (offer.ready) continue;
      const { name = '' } = this.#tree(guest).kept.get(id) ?? {};
      const because = id === action.snapshot ? offer.because : say('because.childProtected', { name });
      throw this.#host.failure(guest, action, 'refused', because);
    }
  }

  #gone(guest: Guest, action: Action): Error {
    return this.#host.failure(guest, action, 'guest-gone', say('failure.detail.snapshotGone'));
  }

  async #takeTime(guest: Guest, action: Action | undefined, run: Pick<StepRun, 'signal' | 'progress'>): Promise<void> {
    const parts = 4;
    for (let part = 1; part <= parts; part += 1) {
      await new Promise((done) => setTimeout(done, this.#host.delayMs / parts));
      if (run.signal.aborted) throw this.#host.failure(guest, action, 'cancelled', say('failure.detail.cancelled'));
      run.progress(part / parts);
    }
  }
}
