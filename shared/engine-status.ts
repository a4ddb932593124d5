import { z } from 'zod';
import { failure } from './failure.ts';
import { engineId } from './ids.ts';

export const engineKinds = ['libvirt', 'docker', 'demo'] as const;

/**
 * - connecting: first try, nothing known yet
 * - live: what the window shows is true now
 * - silent: connected, but it does not answer (hung, stopped); the list is old
 * - reconnecting: it was live and went away; tried again with growing pauses; the list is old
 * - off: never reached; tried again slowly, and at once when the person asks
 */
export const engineStates = ['connecting', 'live', 'silent', 'reconnecting', 'off'] as const;

export const engineStatus = z.strictObject({
  id: engineId,
  kind: z.enum(engineKinds),
  /** Short name for the status bar: `qemu:///system`, `docker`, `podman`. Data from the configuration, not a message. */
  name: z.string(),
  /** Where it is: URI or socket path. */
  address: z.string(),
  /** What answered, for example `libvirt 9.0.0, QEMU 7.2.22` or `Docker 20.10.24 (API 1.41)`. */
  version: z.string().optional(),
  state: z.enum(engineStates),
  /** When it last answered, Unix time in milliseconds. */
  lastContact: z.number().optional(),
  /** When the next try is due, Unix time in milliseconds. */
  nextTry: z.number().optional(),
  failure: failure.optional(),
});
export type EngineStatus = z.infer<typeof engineStatus>;
export type EngineKind = EngineStatus['kind'];
export type EngineState = EngineStatus['state'];
