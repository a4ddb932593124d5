import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GuestId } from '../../shared/ids.ts';
import type { Message } from '../../shared/message.ts';
import type { SnapshotId } from '../../shared/snapshot.ts';
import type { AskingVerb, PlainVerb, SnapshotVerb } from '../../shared/verbs.ts';

/** Verbs of a snapshot that ask the person for more first. */
export type AskingSnapshotVerb = Exclude<SnapshotVerb, 'protectSnapshot' | 'unprotectSnapshot'>;

export const detailTabs = ['overview', 'events', 'configuration'] as const;
export type DetailTab = (typeof detailTabs)[number];

/** What is open in the window besides its screen. */
export interface View {
  /** The screen that is shown, by its id in app.tsx. */
  readonly screen: string;
  /** A verb that waits for the person's yes. */
  readonly confirm: { readonly verb: PlainVerb; readonly guests: readonly GuestId[] } | undefined;
  /** A verb that asks for more: its form is open. */
  readonly form:
    | {
        readonly verb: AskingVerb;
        readonly guests: readonly GuestId[];
        /** Why it is this form and not the one that was asked for. */
        readonly because?: Message;
      }
    | undefined;
  /** The same for a verb of one snapshot. */
  readonly snapshotForm:
    | { readonly verb: AskingSnapshotVerb; readonly guest: GuestId; readonly snapshot: SnapshotId }
    | undefined;
  readonly keysShown: boolean;
  /** What a diagnostics bundle holds is shown, before one is written. */
  readonly diagnosticsOpen: boolean;
  readonly paletteOpen: boolean;
  /** Main wants to know whether to quit although tasks run. */
  readonly quitAsked: boolean;
  /** Ids of palette entries that were run lately, newest first. */
  readonly recent: readonly string[];
  /** Whether the pane with the facts of the chosen guest is unfolded. */
  readonly detailOpen: boolean;
  /** What of the chosen guest is shown; the next one that is chosen shows the same. */
  readonly detailTab: DetailTab;
}
export type ViewStore = StoreApi<View>;

export function createViewStore(): ViewStore {
  return createStore<View>(() => ({
    screen: 'guests',
    confirm: undefined,
    form: undefined,
    snapshotForm: undefined,
    keysShown: false,
    diagnosticsOpen: false,
    paletteOpen: false,
    quitAsked: false,
    recent: [],
    // Whatever the height: a window that is not shown yet has none.
    detailOpen: true,
    detailTab: 'overview',
  }));
}
