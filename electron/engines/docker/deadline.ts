import { DockerError } from './docker-error.ts';

/**
 * Runs `work` with a signal that aborts when one of `signals` does or after `ms` milliseconds (never, when left out).
 * The promise does not wait for work that ignores its signal.
 * @throws DockerError of kind `timeout`; the DockerError that a signal was aborted with, else one of kind `aborted`;
 * else what the work throws
 */
export async function withDeadline<T>(
  signals: readonly AbortSignal[],
  ms: number | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let giveUp: (error: DockerError) => void = () => undefined;
  const given = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  // Without this a deadline that nobody waits for any more would count as an unhandled rejection.
  given.catch(() => undefined);
  const stop = (error: DockerError): void => {
    giveUp(error);
    controller.abort(error);
  };
  const onAbort = ({ target }: Event): void => stop(abortError(target as AbortSignal));
  const timer =
    ms === undefined
      ? undefined
      : setTimeout(() => stop(new DockerError('timeout', `no answer in ${ms} ms`, { waitedMs: ms })), ms);
  for (const signal of signals) signal.addEventListener('abort', onAbort, { once: true });
  try {
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted) throw abortError(aborted);
    return await Promise.race([work(controller.signal), given]);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal.removeEventListener('abort', onAbort);
  }
}

/** Why a signal was aborted: our own word for it, else (a person's cancel carries none) `aborted`. */
export function abortError(signal: AbortSignal): DockerError {
  const reason: unknown = signal.reason;
  return reason instanceof DockerError ? reason : new DockerError('aborted', 'given up');
}
