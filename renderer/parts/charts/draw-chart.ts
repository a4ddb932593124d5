import type uPlot from 'uplot';
import { lonely } from './chart-data.ts';

/** How one chart is drawn; colours and words are asked for at every drawing, since theme and language may change. */
export interface ChartLook {
  /** Number of curves. */
  readonly curves: number;
  /** Colour of a curve (from 0), or of the axes. */
  ink(of: number | 'axis' | 'grid'): string;
  /** Words for a value of the upright axis, and for a time in seconds. */
  value(value: number): string;
  time(seconds: number): string;
  /** Steps that the upright axis may have. */
  readonly steps: readonly number[];
  /** From and to, in seconds. */
  span(): readonly [number, number];
  /** What the full height means, from the greatest value. */
  top(most: number): number;
  /** The pointer is at this place of the data, or not over it. */
  onPointer(place: number | undefined): void;
}

const axisFont = '11px system-ui, sans-serif';

/** Settings for uPlot: no legend and no zoom, the words beside the chart are ours. */
export function chartOptions(look: ChartLook, width: number, height: number): uPlot.Options {
  const axis = { stroke: () => look.ink('axis'), font: axisFont, ticks: { show: false } };
  const grid = { stroke: () => look.ink('grid'), width: 1 };
  return {
    width,
    height,
    legend: { show: false },
    padding: [6, 8, 0, 0],
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 7 } },
    scales: {
      x: { time: true, range: () => [...look.span()] },
      y: { range: (_plot, _least, most) => [0, look.top(most ?? 0)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 20,
        gap: 5,
        space: 64,
        values: (_plot, splits) => splits.map((seconds) => (fits(seconds, look.span()) ? look.time(seconds) : '')),
      },
      {
        ...axis,
        grid,
        size: 58,
        gap: 4,
        space: 24,
        incrs: [...look.steps],
        values: (_plot, splits) => splits.map((value) => look.value(value)),
      },
    ],
    series: [
      {},
      ...Array.from({ length: look.curves }, (_, curve) => ({
        stroke: () => look.ink(curve),
        width: 1.5,
        // One moment alone is a dot: a line needs two.
        points: {
          show: () => false,
          size: 4,
          fill: () => look.ink(curve),
          filter: (plot: uPlot, row: number) => {
            const places = lonely(plot.data[row] as (number | null)[]);
            return places.length > 0 ? places : null;
          },
        },
      })),
    ],
    hooks: {
      setCursor: [
        (plot) =>
          look.onPointer(
            plot.cursor.left !== undefined && plot.cursor.left >= 0 ? (plot.cursor.idx ?? undefined) : undefined,
          ),
      ],
    },
  };
}

/** Whether words in the middle of this time end inside the chart: at the left they would run into the other axis. */
function fits(seconds: number, [from, to]: readonly [number, number]): boolean {
  const part = (seconds - from) / (to - from);
  return part > 0.1 && part < 0.92;
}

/** Steps of the upright axis for percent, and for bytes in powers of 1024. */
export const percentSteps: readonly number[] = [1, 2, 5, 10, 20, 25, 50, 100, 200, 400, 800, 1600, 3200, 6400, 12_800];
export const byteSteps: readonly number[] = Array.from({ length: 50 }, (_, power) => 2 ** power);

/** Whether the page can draw at all: one without a layout engine (in tests) cannot. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('2d') !== null;
}
