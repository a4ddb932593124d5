import { inspect } from 'node:util';
import type { Failure } from '../../shared/failure.ts';
import type { Message } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';

/** Longer texts of engines say nothing more. */
const mostText = 2000;

/**
 * A failure in one line of the log: its code, what it is about as a key, and the engine's own text.
 * @param names of guests, beside those that the failure itself tells: they are no part of a log, and are left out of the
 *   engine's text
 */
export function failureLine({ code, title, detail, raw }: Failure, names: readonly string[] = []): string {
  const known = [...names, ...namesIn(title), ...namesIn(detail)];
  const engine =
    raw && `${raw.source}${raw.code === undefined ? '' : ` ${raw.code}`}: ${withoutNames(raw.text, known)}`;
  return [code, detail?.key, engine?.slice(0, mostText)].filter(Boolean).join(' · ');
}

/** The names that a sentence has. */
export function namesIn(message: Message | undefined): string[] {
  const { name } = message?.params ?? {};
  return typeof name === 'string' ? [name] : [];
}

/** What was thrown, for the log; an engine's failure shortly, anything else with its stack. */
export function errorText(error: unknown): string {
  if (error instanceof FailureError) return failureLine(error.failure);
  return typeof error === 'string' ? error : inspect(error, { depth: 3, breakLength: 120 });
}

/** Names of guests, longest first so that one that is part of another leaves nothing behind; ids of any engine too. */
export function withoutNames(text: string, names: readonly string[]): string {
  let left = text;
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    if (name.length > 0) left = left.replaceAll(name, '‹guest›');
  }
  return left
    .replace(/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '‹id›')
    .replace(/\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b/g, '‹id›');
}
