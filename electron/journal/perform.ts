import { FailureError } from '../engines/failure-error.ts';
import type { Facts, Operation, Step, StepRun } from '../engines/operation.ts';
import { type Journal, JournalError } from './journal-file.ts';

/** What a running operation may say and hear. */
export type OperationRun = Pick<StepRun, 'signal' | 'progress' | 'cancellable'>;

/** Neither finished nor taken back: the journal stays, and what is in the middle is told. */
export class HalfDoneError extends Error {
  /** What went wrong first. */
  readonly first: unknown;
  /** The step that could be neither taken back nor finished. */
  readonly step: string;

  constructor(step: string, first: unknown, cause: unknown) {
    super(`${step} could be neither taken back nor finished`, { cause });
    this.name = 'HalfDoneError';
    this.step = step;
    this.first = first;
  }
}

/** The person has cancelled between two steps. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}

/**
 * Does the steps in order, each written into the journal before and after. Where one fails, or the person cancels, those
 * that were begun are taken back, the last one first. Resolves when all are done; nothing is left of the journal then,
 * nor when all has been taken back.
 * @throws what the step or the journal threw, or CancelledError, after all was taken back. Where isLeft() is true of what
 * is thrown, the journal is left for recover.ts
 */
export async function perform(operation: Operation, journal: Journal, run: OperationRun): Promise<void> {
  const failed = await goForwardOrBack(operation, operation.steps, { known: new Map(), begun: [] }, journal, run);
  if (failed) throw failed.why;
}

/** How far an operation has come. */
export interface Progress {
  /** Of the steps that are done, what they have learned. */
  readonly known: Map<string, Facts | undefined>;
  /** The steps that were begun, the done ones too. */
  readonly begun: Step[];
}

/**
 * Does these steps of the operation, and ends the journal; where one fails all that were begun are taken back.
 * @returns undefined when all are done, else why all was taken back
 * @throws what leaves the journal: see isLeft()
 */
export async function goForwardOrBack(
  operation: Operation,
  steps: readonly Step[],
  progress: Progress,
  journal: Journal,
  run: OperationRun,
): Promise<{ readonly why: unknown } | undefined> {
  const { known, begun } = progress;
  let failed: { readonly why: unknown } | undefined;
  try {
    await forward(operation, steps, progress, journal, run);
  } catch (error) {
    if (isLost(error)) throw error;
    const halfDone = new HalfDoneError(begun.at(-1)?.name ?? '', error, error);
    if (error instanceof JournalError && error.at === 'torn') throw halfDone;
    if (!isPast(begun, known)) {
      run.cancellable(false);
      await backward(begun, known, journal, error);
      failed = { why: error };
    } else if (!(error instanceof JournalError) || known.size < operation.steps.length) {
      throw halfDone;
    } // else all is done, and the line that could not be written is the last one
  }
  await journal.end();
  return failed;
}

async function forward(
  operation: Operation,
  steps: readonly Step[],
  { known, begun }: Progress,
  journal: Journal,
  run: OperationRun,
): Promise<void> {
  const total = sum(operation.steps);
  for (const step of steps) {
    const canTurn = !isPast(operation.steps, known);
    const heedCancel = (): void => {
      if (canTurn && run.signal.aborted) throw new CancelledError();
    };
    run.cancellable(canTurn);
    heedCancel();
    const before = sum(operation.steps.slice(0, operation.steps.indexOf(step)));
    await journal.write({ now: 'begin', step: step.name });
    if (!begun.includes(step)) begun.push(step);
    run.cancellable(false);
    heedCancel();
    const facts = await step.do({
      signal: run.signal,
      progress: (part) => run.progress((before + part * weightOf(step)) / total),
      cancellable: run.cancellable,
      facts: (name) => known.get(name),
    });
    known.set(step.name, facts);
    await journal.write({ now: 'done', step: step.name, ...(facts && { facts }) });
    run.progress((before + weightOf(step)) / total);
  }
}

/** Takes steps back, the last one first. @throws HalfDoneError at the first that does not go, and goes no further */
export async function backward(
  begun: readonly Step[],
  known: ReadonlyMap<string, Facts | undefined>,
  journal: Journal,
  why: unknown,
): Promise<void> {
  for (const step of begun.toReversed()) {
    try {
      await step.undo?.(known.get(step.name));
      await journal.write({ now: 'undone', step: step.name });
    } catch (error) {
      // Without its line the step is taken back once more after a crash, which does no harm. One that goes forward only
      // would be finished then, on steps that are no longer there.
      if (!(error instanceof JournalError && step.undo)) throw new HalfDoneError(step.name, why, error);
    }
  }
}

/** Whether a step is done that cannot be taken back: from then on there is only the way to the end. */
export function isPast(steps: readonly Step[], done: ReadonlyMap<string, unknown>): boolean {
  return steps.some((step) => !step.undo && done.has(step.name));
}

/** Nobody knows how far the step came: it is looked at again when the engine is back. */
function isLost(error: unknown): boolean {
  return error instanceof FailureError && lostCodes.has(error.failure.code);
}

/** Whether the journal of what threw this is left, to be recovered. */
export function isLeft(error: unknown): boolean {
  return error instanceof HalfDoneError || isLost(error);
}

/** Whether an operation was broken off since its engine is gone. */
export function isBrokenByLoss(error: unknown): boolean {
  return isLost(error) || (error instanceof HalfDoneError && isLost(error.cause));
}
const lostCodes: ReadonlySet<string> = new Set(['engine-lost', 'engine-hung', 'engine-stopped', 'engine-missing']);

function weightOf(step: Step): number {
  return step.weight ?? 1;
}

function sum(steps: readonly Step[]): number {
  return steps.reduce((all, step) => all + weightOf(step), 0);
}
