import { say } from '../../../shared/message.ts';
import { FailureError } from '../../engines/failure-error.ts';
import type { Facts, Json, Operation, Step } from '../../engines/operation.ts';

/** Steps of an operation: one with `!` goes forward only. */
export type Plan = readonly string[];

/** What is at an engine: it stays whatever becomes of the app. A step makes two things, one after the other. */
export class ScriptedWorld {
  readonly things = new Set<string>();
  /** Steps that the engine refuses. */
  readonly refused = new Set<string>();
  /** Steps that cannot be taken back now. */
  readonly stuck = new Set<string>();
  /** Is passed before each of the two things is made or taken away, and after both. */
  moment: () => Promise<void> = async () => undefined;

  readonly recall = (_kind: string, plan: Json): Operation => this.operation((plan as { steps: Plan }).steps);

  operation(plan: Plan): Operation {
    return { kind: 'scripted', plan: { steps: plan }, steps: plan.map((name) => this.#step(name)) };
  }

  /** Whether nothing of the operation is there, all of it, or a part, which must never be left. */
  state(plan: Plan): 'old' | 'new' | 'half' {
    if (this.things.size === 0) return 'old';
    return this.things.size === 2 * plan.length ? 'new' : 'half';
  }

  #step(name: string): Step {
    const forward = name.endsWith('!');
    const make = async (): Promise<Facts> => {
      await this.moment();
      if (forward && this.refused.has(name)) throw refusal(name); // then it has done nothing
      this.things.add(`${name} half`);
      await this.moment();
      if (this.refused.has(name)) throw refusal(name);
      this.things.add(name);
      await this.moment();
      return { made: name };
    };
    if (forward) return { name, do: make };
    return {
      name,
      do: make,
      undo: async (facts) => {
        await this.moment();
        if (this.stuck.has(name)) throw refusal(name);
        if (facts && facts.made !== name) throw new Error(`${name} was given facts of another step`);
        this.things.delete(name);
        await this.moment();
        this.things.delete(`${name} half`);
        await this.moment();
      },
    };
  }
}

function refusal(step: string): FailureError {
  return new FailureError({
    ...{ code: 'refused', title: say('failure.title.command', { command: step }), remedies: [] },
    raw: { source: 'libvirt', code: 55, text: `${step} is refused` },
  });
}
