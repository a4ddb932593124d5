import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { failure } from '../../shared/failure.ts';
import { type Command, commands } from '../../shared/ipc/commands.ts';
import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import { answerCommands } from './answer-commands.ts';
import type { Handlers } from './handlers.ts';

const names = Object.keys(commands) as Command[];

function answering(handle: (input: unknown) => unknown) {
  const handlers = Object.fromEntries(names.map((name) => [name, handle])) as unknown as Handlers;
  const report = vi.fn();
  return { answer: answerCommands(handlers, report), report };
}

describe('every command', () => {
  test.each(names)('%s rejects junk as data, and no handler sees it', async (name) => {
    const handle = vi.fn();
    const { answer, report } = answering(handle);
    const accepts = (input: unknown): boolean => commands[name].input.safeParse(input).success;
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (junk) => {
        fc.pre(!accepts(junk));
        const reply = await answer(name, junk);
        expect(reply.ok).toBe(false);
        if (!reply.ok) expect(failure.safeParse(reply.failure).error).toBeUndefined();
      }),
      { seed: 20261123, numRuns: 100 },
    );
    expect(handle).not.toHaveBeenCalled();
    expect(report).not.toHaveBeenCalled();
  });

  test('names that are no command are refused, those of Object too', async () => {
    const { answer } = answering(() => 1);
    for (const name of ['nothing', 'constructor', '__proto__', 'toString', 7, null, {}]) {
      expect(await answer(name, {})).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    }
  });

  test('a failure of the handler is the reply; a fault of ours is reported and answered as one', async () => {
    const told = { code: 'guest-busy' as const, title: say('failure.title.act'), remedies: [] };
    const failing = answering(() => {
      throw new FailureError(told);
    });
    expect(await failing.answer('inventory.read', {})).toEqual({ ok: false, failure: told });
    const faulty = answering(() => {
      throw new TypeError('undefined is not a guest');
    });
    const reply = await faulty.answer('inventory.read', {});
    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } });
    if (!reply.ok) expect(failure.safeParse(reply.failure).error).toBeUndefined();
    expect(faulty.report).toHaveBeenCalledTimes(1);
  });
});
