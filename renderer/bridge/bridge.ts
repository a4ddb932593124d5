import type { Failure } from '../../shared/failure.ts';
import type { PosadaBridge, Reply } from '../../shared/ipc/bridge.ts';
import type { Command, Input, Output } from '../../shared/ipc/commands.ts';
import type { EventName, EventPayload } from '../../shared/ipc/events.ts';

declare global {
  interface Window {
    /** Put there by the preload script; nothing but bridge/ reads it. */
    readonly posada?: PosadaBridge;
  }
}

/** The typed face of the two channels to main. */
export interface Bridge {
  /** Sends a command. Never rejects: what goes wrong is in the reply. */
  call<C extends Command>(command: C, input: Input<C>): Promise<Reply<Output<C>>>;
  /** Calls `heard` for each event of that name from now on; returns what stops that. */
  listen<E extends EventName>(event: E, heard: (payload: EventPayload<E>) => void): () => void;
}

/**
 * Types the bridge of the preload script by the maps in shared/ipc. Main has checked what it sends, so the casts here
 * are the only ones that the window needs.
 */
export function connectBridge(raw: PosadaBridge): Bridge {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  raw.listen((event, payload) => {
    for (const heard of listeners.get(event) ?? []) heard(payload as never);
  });
  return {
    async call<C extends Command>(command: C, input: Input<C>) {
      try {
        return (await raw.call(command, input)) as Reply<Output<C>>;
      } catch (error) {
        // Main answers with a reply even where it fails; only a refused sender or a dead channel comes here.
        return { ok: false, failure: channelFailure(command, error) };
      }
    },
    listen(event, heard) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all);
      all.add(heard);
      return () => all.delete(heard);
    },
  };
}

function channelFailure(command: string, error: unknown): Failure {
  return {
    code: 'internal',
    title: { key: 'failure.title.command', params: { command } },
    detail: { key: 'failure.detail.internal' },
    remedies: [],
    raw: { source: 'posada', text: error instanceof Error ? error.message : String(error) },
  };
}
