import { Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Guest } from '../../../shared/guest.ts';
import type { GuestSample } from '../../../shared/metrics.ts';
import { useAppFacts, useMetrics, useStores, useText } from '../../stores/context.tsx';
import { chartSpan, keepForCharts } from '../../stores/metrics-store.ts';
import type { Text } from '../../text/make-text.ts';
import { type Curves, curvesOf, type Figure, nearest } from './chart-data.ts';
import { byteSteps, percentSteps } from './draw-chart.ts';
import { LineChart } from './line-chart.tsx';
import { usePageColours } from './use-page-colours.ts';

interface Chart {
  readonly id: 'cpu' | 'memory' | 'disk' | 'network';
  readonly figures: readonly Figure[];
  readonly steps: readonly number[];
  value(value: number, text: Text): string;
  /** The same for the axis, if that needs other words. */
  axis?(value: number, text: Text): string;
  /** What the full height means at least. */
  least(guest: Guest): number;
}

const perSecond = (value: number, text: Text): string => text.t('host.perSecond', { amount: text.bytes(value) });

const charts: readonly Chart[] = [
  {
    ...{ id: 'cpu', figures: ['cpu'], steps: percentSteps },
    value: (value, text) => text.percent(value),
    axis: (value, text) => text.t('charts.percent', { value }),
    least: () => 5,
  },
  {
    ...{ id: 'memory', figures: ['memory'], steps: byteSteps },
    value: (value, text) => text.bytes(value),
    least: (guest) => guest.memoryCurrent ?? guest.memoryLimit ?? 1024,
  },
  { ...{ id: 'disk', figures: ['diskRead', 'diskWrite'], steps: byteSteps }, value: perSecond, least: () => 1024 },
  {
    ...{ id: 'network', figures: ['networkReceive', 'networkSend'], steps: byteSteps },
    value: perSecond,
    least: () => 1024,
  },
];

const none: readonly GuestSample[] = [];
const noCurves: Curves = { times: [], rows: [] };

/** CPU, memory, disk and network of one guest over the last minutes, with one cursor over all of them. */
export function GuestCharts({ guest, old }: { guest: Guest; old: boolean }) {
  const stores = useStores();
  const text = useText();
  const live = useMetrics((metrics) => metrics.samples.get(guest.id)) ?? none;
  const language = useAppFacts((facts) => facts.language);
  const colours = usePageColours();
  const [held, setHeld] = useState<readonly GuestSample[]>();
  const [at, setAt] = useState<number>();
  useEffect(() => {
    keepForCharts(stores.metrics, guest.id);
    stores.metricsWatch.charted(guest.id);
    return () => stores.metricsWatch.charted(undefined);
  }, [stores, guest.id]);

  const samples = held ?? live;
  const curves = useMemo(() => charts.map(({ figures }) => curvesOf(samples, figures)), [samples]);
  const newest = samples.at(-1);
  const place = at === undefined ? samples.length - 1 : nearest(samples, at * 1000);
  const moment = samples[place];
  const span = (): readonly [number, number] => {
    const to = newest?.at ?? Date.now();
    return [(to - chartSpan) / 1000, to / 1000];
  };
  const words = (chart: Chart, figure: Figure): string => {
    const value = moment?.[figure];
    return value === undefined ? text.t('measure.none') : chart.value(value, text);
  };

  if (!newest) return <p className="quiet-text charts-none">{text.t(old ? 'charts.old' : 'charts.none')}</p>;
  return (
    <section className="charts" aria-label={text.t('charts.title')}>
      <div className="charts-head">
        <span className="quiet-text digits">
          {at === undefined || !moment ? text.t('charts.span') : text.clock(moment.at)}
          {held && ` · ${text.t('charts.held')}`}
        </span>
        <button
          type="button"
          className="button small quiet"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held ? undefined : live)}
        >
          {held ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
          <span>{text.t(held ? 'charts.goOn' : 'charts.hold')}</span>
        </button>
      </div>
      <div className="chart-grid">
        {charts.map((chart, index) => (
          <LineChart
            key={chart.id}
            label={text.t(`charts.${chart.id}`)}
            values={chart.figures.map((figure) => ({
              ...(chart.figures.length > 1 && { name: text.t(`figure.${figure}`) }),
              value: words(chart, figure),
            }))}
            curves={curves[index] ?? noCurves}
            look={{
              curves: chart.figures.length,
              value: (value) => (chart.axis ?? chart.value)(value, text),
              time: (seconds) => text.time(seconds * 1000),
              steps: chart.steps,
              span,
              top: (most) => Math.max(chart.least(guest), most * 1.1),
            }}
            at={at}
            onAt={setAt}
            place={place}
            moments={samples.length}
            spoken={[
              moment ? text.clock(moment.at) : '',
              ...chart.figures.map((figure) =>
                chart.figures.length > 1
                  ? `${text.t(`figure.${figure}`)} ${words(chart, figure)}`
                  : words(chart, figure),
              ),
            ].join(', ')}
            onMove={(to) => setAt(to === undefined ? undefined : (samples[to]?.at ?? 0) / 1000)}
            theme={`${colours} ${language}`}
          />
        ))}
      </div>
    </section>
  );
}
