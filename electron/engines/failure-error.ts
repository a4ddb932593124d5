import type { Failure } from '../../shared/failure.ts';

/** The one error that crosses layers inside main: it carries the failure that the person will see. */
export class FailureError extends Error {
  readonly failure: Failure;

  /** @param failure what is shown; @param cause the engine's own error, kept for the log */
  constructor(failure: Failure, cause?: unknown) {
    super(failure.raw?.text ?? failure.detail?.key ?? failure.title.key, { cause });
    this.name = 'FailureError';
    this.failure = failure;
  }
}
