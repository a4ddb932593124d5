import { expect, test } from 'vitest';
import type { Failure } from '../../shared/failure.ts';
import { say } from '../../shared/message.ts';
import { FailureError } from '../engines/failure-error.ts';
import { JournalError } from '../journal/journal-file.ts';
import { CancelledError, HalfDoneError } from '../journal/perform.ts';
import { brokenEngine } from '../testing/scripted-engine.ts';
import { operationError } from './broken-off.ts';

const title = say('failure.title.act', { verb: 'verb.takeSnapshot', name: 'web' });
const failureOf = (error: unknown): Failure => (operationError(error, title) as FailureError).failure;

function refused(text: string): FailureError {
  return new FailureError({
    ...{
      code: 'no-resources',
      title: say('failure.title.command', { command: text }),
      raw: { source: 'libvirt', text },
    },
    remedies: [{ do: 'retry' }, { do: 'read', text: say('remedy.freeSpace') }],
  });
}

test('what was refused and taken back passes as it is', () => {
  const error = refused('no space');
  expect(operationError(error, title)).toBe(error);
});

test('a cancel is one', () => {
  expect(failureOf(new CancelledError())).toMatchObject({ code: 'cancelled', title });
});

test('what is half-done names the step, what stopped it first and then, and what to do, not to try the same again', () => {
  expect(failureOf(new HalfDoneError('overlay', refused('disk is full'), refused('disk is gone')))).toEqual({
    ...{ code: 'no-resources', title, detail: say('failure.detail.halfDone', { step: 'overlay' }) },
    remedies: [
      { do: 'read', text: say('remedy.freeSpace') },
      { do: 'read', text: say('remedy.halfDone') },
    ],
    raw: { source: 'libvirt', text: 'disk is full\ndisk is gone' },
  });
  const once = refused('disk is full');
  expect(failureOf(new HalfDoneError('overlay', once, once)).raw?.text).toBe('disk is full');
  expect(failureOf(new HalfDoneError('overlay', new CancelledError(), once)).raw?.text).toBe('disk is full');
});

test.each([
  ['at once', brokenEngine()],
  ['while it was taken back', new HalfDoneError('overlay', refused('disk is full'), brokenEngine())],
])('an engine that was lost %s finishes it or takes it back when it is there again', (_, error) => {
  expect(failureOf(error)).toEqual({
    ...{ code: 'engine-lost', title, detail: say('failure.detail.brokenOff') },
    remedies: [{ do: 'read', text: say('remedy.engineBack') }],
  });
});

test.each([
  ['begin', 'ENOSPC', 'journalNotBegun', "df -h '/home/ä b'"],
  ['write', 'EDQUOT', 'journalNotWritten', "df -h '/home/ä b'"],
  ['begin', 'EACCES', 'journalNotBegun', "ls -ld '/home/ä b'"],
] as const)('a journal that fails at its %s by %s says where, and how to look', (at, code, detail, command) => {
  const cause = Object.assign(new Error(`${code}: it failed`), { code });
  expect(failureOf(new JournalError('/home/ä b/task.jsonl', at, cause))).toMatchObject({
    ...{ code: 'no-resources', title, detail: { key: `failure.detail.${detail}`, params: { path: '/home/ä b' } } },
    remedies: [{ do: 'run', command }, { do: 'retry' }],
    raw: { source: 'system', code, text: `${code}: it failed` },
  });
});
