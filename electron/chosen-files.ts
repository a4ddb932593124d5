import type { Action } from '../shared/action.ts';
import type { GuestId } from '../shared/ids.ts';
import { type MainMessageKey, say } from '../shared/message.ts';
import type { Task } from '../shared/task.ts';
import { FailureError } from './engines/failure-error.ts';

/**
 * The files that the person chose in a dialog of the system: the word of the page alone is not enough to write to one.
 * Each is for one guest, the first that is exported there; for that one again too, as after a failure.
 */
export class ChosenFiles {
  readonly #files = new Map<string, GuestId | undefined>();

  /** The person chose it just now, for whichever guest comes next. */
  add(file: string): void {
    this.#files.set(file, undefined);
  }

  /**
   * Lets an action on these guests go ahead if what it writes to was chosen for it.
   * @param tasks all that are known: two exports that run at once would write over each other
   * @throws FailureError
   */
  claim(guests: readonly GuestId[], action: Action, tasks: readonly Task[]): void {
    if (action.verb !== 'export') return;
    const { file } = action;
    const [guest] = guests;
    if (!this.#files.has(file)) throw notThere(file, 'failure.detail.notChosen');
    const owner = this.#files.get(file) ?? guest;
    const busy = tasks.some(
      (task) => task.endedAt === undefined && task.action.verb === 'export' && task.action.file === file,
    );
    if (guests.length > 1 || owner !== guest || busy) throw notThere(file, 'failure.detail.otherExport');
    this.#files.set(file, guest);
  }
}

function notThere(file: string, detail: MainMessageKey): FailureError {
  return new FailureError({
    code: 'bad-input',
    title: say('failure.title.file', { path: file }),
    detail: say(detail),
    remedies: [{ do: 'read', text: say('remedy.chooseFile') }],
  });
}
