interface SparklineProps {
  /** Oldest first; undefined leaves a gap. */
  values: readonly (number | undefined)[];
  /** What the full height means at least; a greater value makes more of it. */
  most: number;
  width?: number;
  height?: number;
}

/** How many of the newest values the small curve shows. */
const shown = 30;

/** A curve of the last values, for the eye beside its figure: newest at the right. */
export function Sparkline({ values, most, width = 44, height = 14 }: SparklineProps) {
  const newest = values.slice(-shown);
  const top = Math.max(most, ...newest.map((value) => value ?? 0));
  const step = width / (shown - 1);
  const begin = shown - newest.length;
  let path = '';
  let drawing = false;
  newest.forEach((value, place) => {
    if (value === undefined) {
      drawing = false;
      return;
    }
    const x = ((begin + place) * step).toFixed(1);
    const y = (height - 1 - (value / top) * (height - 2)).toFixed(1);
    path += `${drawing ? 'L' : 'M'}${x} ${y}`;
    drawing = true;
  });
  return (
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
      <path d={path} />
    </svg>
  );
}
