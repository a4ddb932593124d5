import type { Failure } from '../../shared/failure.ts';
import type { Reply } from '../../shared/ipc/bridge.ts';
import { type Command, commands } from '../../shared/ipc/commands.ts';
import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import type { Handlers } from './handlers.ts';

/**
 * Makes the one function that answers every command: it checks the name, parses the input, calls the handler and
 * folds whatever happens into a reply. It never rejects.
 * @param report hears of faults of our own, for the log
 */
export function answerCommands(handlers: Handlers, report: (error: unknown) => void) {
  return async (name: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (typeof name !== 'string' || !Object.hasOwn(commands, name)) {
      return { ok: false, failure: badInput(String(name).slice(0, 100), 'There is no such command.') };
    }
    const command = name as Command;
    const parsed = commands[command].input.safeParse(input);
    if (!parsed.success) return { ok: false, failure: badInput(command, parsed.error.message) };
    try {
      // The map's type ties input to handler; the union over all commands is more than TypeScript can follow.
      const handle = handlers[command] as (input: unknown) => unknown;
      return { ok: true, value: await handle(parsed.data) };
    } catch (error) {
      if (error instanceof FailureError) return { ok: false, failure: error.failure };
      report(error);
      return { ok: false, failure: internalFailure(command, error) };
    }
  };
}

function badInput(command: string, text: string): Failure {
  return {
    code: 'bad-input',
    title: say('failure.title.command', { command }),
    detail: say('failure.detail.badInput'),
    remedies: [],
    raw: { source: 'posada', text },
  };
}

function internalFailure(command: string, error: unknown): Failure {
  return {
    code: 'internal',
    title: say('failure.title.command', { command }),
    detail: say('failure.detail.internal'),
    remedies: [{ do: 'retry' }],
    raw: { source: 'posada', text: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  };
}
