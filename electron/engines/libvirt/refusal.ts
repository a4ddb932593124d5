import type { FailureCode, Remedy } from '../../../shared/failure.ts';
import type { Message } from '../../../shared/message.ts';

/** What we do not do, and why: found out before libvirt is asked, or out of what it has answered. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: FailureCode;
  readonly detail: Message;
  readonly remedies: readonly Remedy[];

  /** @param cause libvirt's own error, where there is one: its words are shown under Details */
  constructor(code: FailureCode, detail: Message, remedies: readonly Remedy[] = [], cause?: unknown) {
    super(detail.key, { cause });
    this.code = code;
    this.detail = detail;
    this.remedies = remedies;
  }
}
