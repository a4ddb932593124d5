import { FailureError } from '../engines/failure-error.ts';
import type { Facts, Operation, Step, StepRun } from '../engines/operation.ts';
import type { Journal } from './journal-file.ts';

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
 * @throws what the step threw, after all was taken back; CancelledError; HalfDoneError where taking back failed, and what
 * the step threw where the engine was lost: then the journal is left for recover.ts
 */
export async function perform(operation: Operation, journal: Journal, run: OperationRun): Promise<void> {
  const known = new Map<string, Facts | undefined>();
  const begun: Step[] = [];
  try {
    await forward(operation, operation.steps, known, journal, run, (step) => begun.push(step));
  } catch (error) {
    if (isLost(error)) throw error;
    if (isPast(begun, known)) throw new HalfDoneError(begun.at(-1)?.name ?? '', error, error);
    await backward(begun, known, journal, error);
    await journal.end();
    throw error;
  }
  await journal.end();
}

/** Does steps of the operation in order. @param begin is told of each before it is done */
export async function forward(
  operation: Operation,
  steps: readonly Step[],
  known: Map<string, Facts | undefined>,
  journal: Journal,
  run: OperationRun,
  begin: (step: Step) => void = () => undefined,
): Promise<void> {
  const total = sum(operation.steps);
  for (const step of steps) {
    if (run.signal.aborted && !isPast(operation.steps, known)) throw new CancelledError();
    const before = sum(operation.steps.slice(0, operation.steps.indexOf(step)));
    await journal.write({ now: 'begin', step: step.name });
    begin(step);
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
      throw new HalfDoneError(step.name, why, error);
    }
  }
}

/** Whether a step is done that cannot be taken back: from then on there is only the way to the end. */
export function isPast(steps: readonly Step[], done: ReadonlyMap<string, unknown>): boolean {
  return steps.some((step) => !step.undo && done.has(step.name));
}

/** Nobody knows how far the step came: it is looked at again when the engine is back. */
export function isLost(error: unknown): boolean {
  return error instanceof FailureError && lostCodes.has(error.failure.code);
}
const lostCodes: ReadonlySet<string> = new Set(['engine-lost', 'engine-hung', 'engine-stopped', 'engine-missing']);

function weightOf(step: Step): number {
  return step.weight ?? 1;
}

function sum(steps: readonly Step[]): number {
  return steps.reduce((all, step) => all + weightOf(step), 0);
}
