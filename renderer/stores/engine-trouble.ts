import type { EngineStatus } from '../../shared/engine-status.ts';

/** A daemon that is only restarted is back before anybody has read a notice. */
export const restartMs = 4000;

/** Whether the person is to be told that the engine cannot be reached. @param now Unix time in milliseconds */
export function inTrouble(engine: EngineStatus, now: number): boolean {
  return engine.failure !== undefined && engine.state !== 'live' && !isBrief(engine, now);
}

function isBrief(engine: EngineStatus, now: number): boolean {
  return engine.state === 'reconnecting' && now - (engine.lastContact ?? 0) < restartMs;
}
