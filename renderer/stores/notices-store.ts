import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../shared/failure.ts';
import type { Message } from '../../shared/message.ts';
import type { Task } from '../../shared/task.ts';
import type { Verb } from '../../shared/verbs.ts';

/** What became of one order to several guests. */
export interface OrderResult {
  readonly verb: Verb;
  readonly done: number;
  readonly failed: number;
  readonly cancelled: number;
  /** The ended tasks, one for each guest. */
  readonly ended: readonly Task[];
}

/** Why something cannot be done with some guests, and with how many of them. */
export interface Reason {
  readonly because: Message;
  readonly count: number;
}

/** What a notice tells of. */
export type News =
  | {
      readonly about: 'failure';
      readonly failure: Failure;
      /** Where it has several reasons: they stand in for the failure's own detail. */
      readonly reasons?: readonly Reason[];
    }
  | { readonly about: 'order'; readonly result: OrderResult }
  /** A shut-down that the guest has ignored so far. */
  | { readonly about: 'ignored'; readonly task: Task }
  /** What was broken off is at its end. Nobody may have been looking: it stays until it is dismissed. */
  | { readonly about: 'recovered'; readonly task: Task };

/** Something that the person is told without having to look for it. */
export type Notice = News & { readonly id: number };

export interface Notices {
  /** Newest last. */
  readonly notices: readonly Notice[];
  add(news: News): void;
  dismiss(id: number): void;
}
export type NoticesStore = StoreApi<Notices>;

/** What went well goes away by itself; what failed stays until it is dismissed. */
const goodNewsMs = 8000;
/** More would cover the list. */
export const noticesShown = 3;
/** A flood that nobody reads does not fill the memory; all of them are in the task list. */
const mostUnread = 50;

export function createNoticesStore(): NoticesStore {
  let lastId = 0;
  return createStore<Notices>((set, get) => ({
    notices: [],
    add(news) {
      lastId += 1;
      const id = lastId;
      const notice = { ...news, id };
      set({ notices: withRoom([...get().notices, notice]) });
      if (isGood(notice)) setTimeout(() => get().dismiss(id), goodNewsMs);
    },
    dismiss(id) {
      set({ notices: get().notices.filter((notice) => notice.id !== id) });
    },
  }));
}

function isGood(notice: Notice): boolean {
  return notice.about === 'order' && notice.result.failed === 0;
}

/** Where there are more than are shown, older good news goes; what failed stays until it is dismissed. */
function withRoom(notices: readonly Notice[]): Notice[] {
  let over = notices.length - noticesShown;
  const left = notices.filter((notice, place) => {
    const goes = over > 0 && isGood(notice) && place < notices.length - 1;
    if (goes) over -= 1;
    return !goes;
  });
  return left.slice(-mostUnread);
}
