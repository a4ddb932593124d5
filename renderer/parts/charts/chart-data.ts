import type { GuestSample } from '../../../shared/metrics.ts';

/** The figures that a chart may draw. */
export type Figure = 'cpu' | 'memory' | 'diskRead' | 'diskWrite' | 'networkReceive' | 'networkSend';

/** What is drawn: moments with their values; a moment without any is where nothing was measured. */
export interface Curves {
  /** Unix time in seconds, as uPlot counts. */
  readonly times: number[];
  /** One row for each figure; null leaves a gap. */
  readonly rows: (number | null)[][];
}

/** Two moments that are so many times as far apart as their neighbours have something missing between them. */
const gapFactor = 3;
/** A measurement may be this late without anything missing, in milliseconds. */
const patience = 2500;

/** The curves of some figures of one guest; what was not measured is a gap, never a straight line. */
export function curvesOf(samples: readonly GuestSample[], figures: readonly Figure[]): Curves {
  const times: number[] = [];
  const rows: (number | null)[][] = figures.map(() => []);
  samples.forEach((sample, place) => {
    const before = samples[place - 1];
    if (before && isGap(samples, place)) {
      times.push((before.at + sample.at) / 2000);
      for (const row of rows) row.push(null);
    }
    times.push(sample.at / 1000);
    figures.forEach((figure, index) => {
      rows[index]?.push(sample[figure] ?? null);
    });
  });
  return { times, rows };
}

/** Whether moments are missing before this one. */
function isGap(samples: readonly GuestSample[], place: number): boolean {
  const step = (at: number): number => (samples[at]?.at ?? 0) - (samples[at - 1]?.at ?? 0);
  const around = [place > 1 ? step(place - 1) : 0, place + 1 < samples.length ? step(place + 1) : 0];
  return step(place) > gapFactor * Math.max(patience / gapFactor, ...around);
}

/** Places of moments that have a value but no neighbour to draw a line to. */
export function lonely(row: readonly (number | null | undefined)[]): number[] {
  return row.flatMap((value, place) =>
    (value ?? null) !== null && (row[place - 1] ?? null) === null && (row[place + 1] ?? null) === null ? [place] : [],
  );
}

/** The sample nearest to a time, in milliseconds. */
export function nearest(samples: readonly GuestSample[], at: number): number {
  let best = 0;
  samples.forEach((sample, place) => {
    if (Math.abs(sample.at - at) <= Math.abs((samples[best]?.at ?? 0) - at)) best = place;
  });
  return best;
}
