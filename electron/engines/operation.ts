/** What is kept in a journal: it has to survive JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a step has learned that its undo needs, or a later step. */
export type Facts = Readonly<Record<string, Json>>;

/** What a running step may say and hear. */
export interface StepRun {
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal;
  /** Of this step, 0 to 1. */
  progress(part: number): void;
  /** Says whether aborting `signal` from now on stops this step. Between steps it always does. */
  cancellable(can: boolean): void;
  /** What earlier steps have learned, by their names. */
  facts(step: string): Facts | undefined;
}

/**
 * One write to an engine. What it throws is a FailureError: the code tells whether the engine is gone, so that nothing can
 * be taken back now. It looks immediately before it writes whether what it was planned on still holds, and throws
 * where it does not: then the steps before it are taken back.
 */
export interface Step {
  /** Unique in its operation, and the same in every version of the app. */
  readonly name: string;
  /** How much of the whole it is; 1 if not said. */
  readonly weight?: number;
  do(run: StepRun): Promise<Facts | undefined>;
  /**
   * Takes it back; does nothing where nothing is left to take back. Without `facts` it is not known how far the step
   * came: it has to look.
   *
   * A step without it goes forward only: where it throws it has done nothing, and what a crash leaves of it is finished
   * by doing it again. All steps after such a one have to be of that sort.
   */
  readonly undo?: (facts: Facts | undefined) => Promise<void>;
}

/** Something in several steps of which a crash leaves the old state or the new one: see perform.ts and recover.ts. */
export interface Operation {
  /** With `plan` enough for the engine to make the same operation again after a crash. */
  readonly kind: string;
  readonly plan: Json;
  readonly steps: readonly Step[];
}
