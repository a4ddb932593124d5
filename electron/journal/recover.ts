import type { Facts, Operation, Step } from '../engines/operation.ts';
import type { Journal, StepState } from './journal-file.ts';
import { backward, goForwardOrBack, type OperationRun } from './perform.ts';

/** How an operation that was broken off has ended after all. */
export type Recovered = 'finished' | 'undone';

/**
 * Brings an operation that was broken off to its end: it is finished where a step that cannot be taken back was begun, or
 * nothing is left to do, else taken back. May itself be broken off, and begun again.
 * @param states how far each step came, as the journal tells
 * @throws HalfDoneError, or what the engine said where it was lost again: the journal stays
 */
export async function recover(
  operation: Operation,
  states: ReadonlyMap<string, StepState>,
  journal: Journal,
  run: OperationRun,
): Promise<Recovered> {
  const at = (step: Step): StepState['at'] | undefined => states.get(step.name)?.at;
  const known = new Map<string, Facts | undefined>();
  for (const step of operation.steps) {
    if (at(step) === 'done') known.set(step.name, states.get(step.name)?.facts);
  }
  const begun = operation.steps.filter((step) => at(step) === 'begun' || at(step) === 'done');
  const left = operation.steps.filter((step) => at(step) !== 'done');
  const finishing = left.length === 0 || begun.some((step) => !step.undo);
  if (finishing) {
    const failed = await goForwardOrBack(operation, left, { known, begun }, journal, run);
    return failed ? 'undone' : 'finished';
  }
  await backward(begun, known, journal, undefined);
  await journal.end();
  return 'undone';
}
