import type { Command, Output, Parsed } from '../../shared/ipc/commands.ts';

/** One function a command: parsed input in, output out; it rejects with a FailureError. */
export type Handlers = { [C in Command]: (input: Parsed<C>) => Promise<Output<C>> | Output<C> };
