import path from 'node:path';
import type { Failure, Remedy } from '../../shared/failure.ts';
import { type Message, say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import { runRemedy, shellWord } from '../engines/shell.ts';
import { failureFrom } from '../inventory/engine-failures.ts';
import { JournalError } from '../journal/journal-file.ts';
import { CancelledError, HalfDoneError, isBrokenByLoss } from '../journal/perform.ts';

/**
 * What a person is told of an operation that has not come to its end: what state it is in now, and who goes on from
 * there. The engine's own words stay as raw detail.
 * @param error what perform() or recover() threw
 * @param title what was wanted
 * @returns the same error where the operation was simply refused, and all of it was taken back
 */
export function operationError(error: unknown, title: Message): unknown {
  if (error instanceof CancelledError) {
    return new FailureError({ code: 'cancelled', title, detail: say('failure.detail.cancelled'), remedies: [] });
  }
  if (isBrokenByLoss(error)) {
    const { code, raw, engine } = causeOf(error, title);
    return new FailureError({
      ...{ code, title, detail: say('failure.detail.brokenOff') },
      remedies: [{ do: 'read', text: say('remedy.engineBack') }],
      ...(engine && { engine }),
      ...(raw && { raw }),
    });
  }
  if (error instanceof HalfDoneError) return new FailureError(halfDone(error, title));
  if (error instanceof JournalError) return new FailureError(notWritten(error, title));
  return error;
}

function halfDone(error: HalfDoneError, title: Message): Failure {
  const { code, raw, remedies } = causeOf(error, title);
  const { first: why, cause } = error;
  const said = why !== undefined && why !== cause && !(why instanceof CancelledError);
  const first = said ? failureFrom(why, title).raw : undefined;
  return {
    code: code === 'cancelled' ? 'refused' : code,
    title,
    detail: say('failure.detail.halfDone', { step: error.step }),
    remedies: [...remedies.filter((remedy) => remedy.do !== 'retry'), { do: 'read', text: say('remedy.halfDone') }],
    ...(raw && { raw: first ? { ...raw, text: `${first.text}\n${raw.text}` } : raw }),
  };
}

/** What stopped it in the end. */
function causeOf(error: unknown, title: Message): Failure {
  const cause = error instanceof HalfDoneError ? error.cause : error;
  return cause instanceof JournalError ? notWritten(cause, title) : failureFrom(cause, title);
}

function notWritten({ path: file, at, cause }: JournalError, title: Message): Failure {
  const { code = '', message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  const folder = path.dirname(file);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const look: Remedy = full
    ? runRemedy(`df -h ${shellWord(folder)}`, say('remedy.freeSpace'))
    : runRemedy(`ls -ld ${shellWord(folder)}`, say('remedy.ownFolder'));
  return {
    code: 'no-resources',
    title,
    detail: say(at === 'begin' ? 'failure.detail.journalNotBegun' : 'failure.detail.journalNotWritten', {
      path: folder,
    }),
    remedies: [look, { do: 'retry' }],
    raw: { source: 'system', ...(code && { code }), text: message ?? String(cause) },
  };
}
