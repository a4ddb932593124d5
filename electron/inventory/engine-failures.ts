import type { Failure } from '../../shared/failure.ts';
import { type Message, say } from '../../shared/message.ts';
import type { EngineInfo } from '../engines/engine.ts';
import { FailureError } from '../engines/failure-error.ts';

/** The failure that an error carries; an error without one is a fault of ours and says so. */
export function failureFrom(error: unknown, title: Message): Failure {
  if (error instanceof FailureError) return error.failure;
  return {
    code: 'internal',
    title,
    detail: say('failure.detail.internal'),
    remedies: [{ do: 'retry' }],
    raw: { source: 'posada', text: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  };
}

/** The engine took the question and has not answered for so long. */
export function hungFailure(engine: EngineInfo, patienceMs: number): Failure {
  return {
    code: 'engine-hung',
    title: say('failure.title.connect', { engine: engine.name }),
    detail: say('failure.detail.hung', { seconds: Math.round(patienceMs / 1000) }),
    remedies: [{ do: 'read', text: say('remedy.waitOrRestartDaemon') }],
    engine: engine.id,
  };
}
