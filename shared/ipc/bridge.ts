import type { Failure } from '../failure.ts';

/** Nothing is thrown across IPC: Electron keeps only the message of a thrown error. */
export type Reply<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** The two channels: every command goes over the first, every event over the second. */
export const commandChannel = 'posada:command';
export const eventChannel = 'posada:event';

/**
 * What the preload script puts on `window.posada`. It never changes when a command is added. Names and values are
 * checked in main; the typed face of it is renderer/bridge/.
 */
export interface PosadaBridge {
  call(command: string, input: unknown): Promise<Reply<unknown>>;
  /** Calls `heard` for every event of any name; returns what stops that. */
  listen(heard: (event: string, payload: unknown) => void): () => void;
}
