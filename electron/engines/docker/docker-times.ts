/** How long things may take, all in milliseconds. */
export interface DockerTimes {
  readonly list: number;
  readonly inspect: number;
  /** What makes the engine walk through files: sizes of layers and volumes. */
  readonly measure: number;
  readonly stats: number;
  /** How long an event stream may take to begin. */
  readonly eventHead: number;
  /** A round of samples ends after this; what comes later is given with the next round. */
  readonly sampleRound: number;
  /** How often an engine over a network is listed again although no event says so. */
  readonly relist: number;
  /** Pauses before each next try to follow the events; the last one repeats. */
  readonly eventPauses: readonly number[];
}

/**
 * A verb has no bound of its own: a stop waits for the container, however long that is allowed to take. Nor have the
 * questions for a sign of life (ping, version): a daemon that hangs may come back, and giving up on it would end what it
 * was asked to do. Its owner says meanwhile that it is silent; a socket that dies ends them.
 */
export const usualTimes: DockerTimes = {
  list: 30_000,
  inspect: 10_000,
  measure: 20_000,
  stats: 10_000,
  eventHead: 5000,
  sampleRound: 1500,
  relist: 60_000,
  eventPauses: [100, 250, 500, 1000, 2000, 5000],
};
