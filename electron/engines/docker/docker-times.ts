/** How long things may take, all in milliseconds. */
export interface DockerTimes {
  readonly ping: number;
  readonly version: number;
  readonly list: number;
  readonly inspect: number;
  readonly stats: number;
  /** How long an event stream may take to begin. */
  readonly eventHead: number;
  /** A round of samples ends after this; what comes later is given with the next round. */
  readonly sampleRound: number;
  /** Pauses before each next try to follow the events; the last one repeats. */
  readonly eventPauses: readonly number[];
}

/** A verb has no bound of its own: a stop waits for the container, however long that is allowed to take. */
export const usualTimes: DockerTimes = {
  ping: 5000,
  version: 5000,
  list: 30_000,
  inspect: 10_000,
  stats: 10_000,
  eventHead: 5000,
  sampleRound: 1500,
  eventPauses: [100, 250, 500, 1000, 2000, 5000],
};
