import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type uPlot from 'uplot';
import type { Curves } from './chart-data.ts';
import { type ChartLook, canDraw, chartOptions } from './draw-chart.ts';
import 'uplot/dist/uPlot.min.css';

interface LineChartProps {
  /** What is drawn, and its values in words at the cursor or now. */
  label: string;
  values: readonly { readonly name?: string; readonly value: string }[];
  curves: Curves;
  /** What is drawn and how; read anew at every drawing. */
  look: Omit<ChartLook, 'ink' | 'onPointer'>;
  /** Time at the cursor in seconds; undefined: it is nowhere. */
  at: number | undefined;
  onAt: (seconds: number | undefined) => void;
  /** Place of the cursor among the moments, and how many there are: for the keyboard. */
  place: number;
  moments: number;
  /** Everything in words, for readers. */
  spoken: string;
  onMove: (place: number | undefined) => void;
  /** Changes when colours or words do: it is drawn anew. */
  theme: string;
}

/** One chart: its name and values above, curves below. Arrow keys move the cursor from moment to moment. */
export function LineChart(props: LineChartProps) {
  const { label, values, place, moments, spoken, onMove } = props;
  const id = useId();
  const box = useDrawing(props);

  function pressed(event: KeyboardEvent): void {
    const steps = { ArrowLeft: place - 1, ArrowRight: place + 1, PageUp: place - 10, PageDown: place + 10 };
    const ends = { Home: 0, End: moments - 1 };
    const goal = { ...steps, ...ends }[event.key];
    if (event.key === 'Escape') onMove(undefined);
    else if (goal === undefined) return;
    else onMove(Math.max(0, Math.min(moments - 1, goal)));
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="chart">
      <p className="chart-head" id={id}>
        <span className="chart-name">{label}</span>
        {values.map(({ name, value }, curve) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: curves have a fixed order
          <span key={curve} className="chart-value" data-curve={curve}>
            <span className="chart-ink" aria-hidden />
            {name && <span className="quiet-text">{name}</span>}
            <span className="digits">{value}</span>
          </span>
        ))}
      </p>
      <div
        ref={box}
        className="chart-box"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, moments - 1)}
        aria-valuenow={place}
        aria-valuetext={spoken}
        onKeyDown={pressed}
        onBlur={() => onMove(undefined)}
        onPointerLeave={() => onMove(undefined)}
      />
    </div>
  );
}

/** Draws the curves into the returned box, in its size, and follows what changes. */
function useDrawing({ curves, look, at, onAt, theme }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const now = useRef({ curves, look, onAt });
  now.current = { curves, look, onAt };

  useEffect(() => {
    const holder = box.current;
    if (!holder || !canDraw()) return;
    let gone = false;
    let observer: ResizeObserver | undefined;
    // Loaded with the first chart, not with the window.
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return;
      const made = new Plot(
        chartOptions(
          {
            ...now.current.look,
            ink: (of) => inkOf(holder, of),
            value: (value) => now.current.look.value(value),
            time: (seconds) => now.current.look.time(seconds),
            span: () => now.current.look.span(),
            top: (most) => now.current.look.top(most),
            onPointer: (place) => {
              // Only the chart under the pointer says where it is; the others follow.
              if (holder.matches(':hover'))
                now.current.onAt(place === undefined ? undefined : now.current.curves.times[place]);
            },
          },
          holder.clientWidth,
          holder.clientHeight,
        ),
        [now.current.curves.times, ...now.current.curves.rows],
        holder,
      );
      plot.current = made;
      observer = new ResizeObserver(() => made.setSize({ width: holder.clientWidth, height: holder.clientHeight }));
      observer.observe(holder);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, []);

  useEffect(() => plot.current?.setData([curves.times, ...curves.rows]), [curves]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when the theme changes
  useEffect(() => plot.current?.redraw(false, true), [theme]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same time moves over the chart as time goes on
  useEffect(() => {
    const made = plot.current;
    if (!made || box.current?.matches(':hover')) return;
    made.setCursor({ left: at === undefined ? -10 : made.valToPos(at, 'x'), top: 0 });
  }, [at, curves]);
  return box;
}

/** Colours come from the tokens of the theme, as an element has them: a canvas knows no custom properties. */
function inkOf(holder: HTMLElement, of: number | 'axis' | 'grid'): string {
  const marks = holder.parentElement?.querySelectorAll<HTMLElement>('.chart-ink');
  const element = typeof of === 'number' ? (marks?.[of] ?? holder) : holder;
  return getComputedStyle(element)[of === 'grid' ? 'outlineColor' : 'color'];
}
