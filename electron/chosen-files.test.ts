import { describe, expect, test } from 'vitest';
import type { Action } from '../shared/action.ts';
import type { GuestId, TaskId } from '../shared/ids.ts';
import { say } from '../shared/message.ts';
import type { Task } from '../shared/task.ts';
import { ChosenFiles } from './chosen-files.ts';
import { FailureError } from './engines/failure-error.ts';

const db = 'docker:a/db' as GuestId;
const web = 'docker:a/web' as GuestId;
const toFile = (file: string): Action => ({ verb: 'export', file });

/** The key of the reason why it is refused; undefined where it is not. */
function refusal(files: ChosenFiles, guests: readonly GuestId[], action: Action, tasks: readonly Task[] = []) {
  try {
    files.claim(guests, action, tasks);
    return undefined;
  } catch (error) {
    if (error instanceof FailureError) return error.failure.detail?.key;
    throw error;
  }
}

function taskOn(guest: GuestId, action: Action, endedAt?: number): Task {
  return {
    ...{ id: 'task' as TaskId, guest, guestName: 'db', action, label: say('verb.export'), state: 'running' },
    ...{ startedAt: 0, cancellable: true, commands: [], ...(endedAt !== undefined && { endedAt }) },
  };
}

describe('an export', () => {
  test('goes to no file that the person has not chosen', () => {
    const files = new ChosenFiles();
    expect(refusal(files, [db], toFile('/home/me/.bashrc'))).toBe('failure.detail.notChosen');
    files.add('/tmp/db.tar');
    expect(refusal(files, [db], toFile('/home/me/.bashrc'))).toBe('failure.detail.notChosen');
    expect(refusal(files, [db], toFile('/tmp/db.tar'))).toBeUndefined();
  });

  test('may be tried again, but another guest does not go to its file, until it is chosen anew', () => {
    const files = new ChosenFiles();
    files.add('/tmp/db.tar');
    for (let times = 0; times < 2; times += 1) expect(refusal(files, [db], toFile('/tmp/db.tar'))).toBeUndefined();
    expect(refusal(files, [web], toFile('/tmp/db.tar'))).toBe('failure.detail.otherExport');
    files.add('/tmp/db.tar');
    expect(refusal(files, [web], toFile('/tmp/db.tar'))).toBeUndefined();
  });

  test('of several to one file, or while another writes to it, is refused', () => {
    const files = new ChosenFiles();
    files.add('/tmp/db.tar');
    expect(refusal(files, [db, web], toFile('/tmp/db.tar'))).toBe('failure.detail.otherExport');
    const open = taskOn(db, toFile('/tmp/db.tar'));
    expect(refusal(files, [web], toFile('/tmp/db.tar'), [open])).toBe('failure.detail.otherExport');
    expect(refusal(files, [web], toFile('/tmp/db.tar'), [taskOn(db, open.action, 1)])).toBeUndefined();
  });
});

test('other verbs need no file', () => {
  expect(refusal(new ChosenFiles(), [db, web], { verb: 'start' })).toBeUndefined();
});
