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
  | { readonly about: 'ignored'; readonly task: Task };

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
/** More would cover the list; all of them are in the task list. */
const mostNotices = 3;

export function createNoticesStore(): NoticesStore {
  let lastId = 0;
  return createStore<Notices>((set, get) => ({
    notices: [],
    add(news) {
      lastId += 1;
      const id = lastId;
      set({ notices: [...get().notices.slice(1 - mostNotices), { ...news, id }] });
      if (news.about === 'order' && news.result.failed === 0) setTimeout(() => get().dismiss(id), goodNewsMs);
    },
    dismiss(id) {
      set({ notices: get().notices.filter((notice) => notice.id !== id) });
    },
  }));
}
