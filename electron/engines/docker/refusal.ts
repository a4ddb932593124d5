import type { FailureCode, Remedy } from '../../../shared/failure.ts';
import { type Message, say } from '../../../shared/message.ts';

/** What is not done, and why: found out before the engine is asked, or out of what it has answered. */
export class Refusal extends Error {
  readonly code: FailureCode;
  readonly detail: Message;
  readonly remedies: readonly Remedy[];

  /** @param cause the engine's or the system's own error, where there is one: its words are shown under Details */
  constructor(code: FailureCode, detail: Message, remedies: readonly Remedy[] = [], cause?: unknown) {
    super(detail.key, { cause });
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.remedies = remedies;
  }
}

export const otherName: Remedy = { do: 'read', text: say('remedy.otherName') };
export const lookAgain: Remedy = { do: 'read', text: say('remedy.lookAgain') };
