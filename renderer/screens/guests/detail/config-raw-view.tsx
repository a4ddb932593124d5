import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useText } from '../../../stores/context.tsx';
import type { DrawnLine } from './config-lines.ts';
import { FoundText } from './found-text.tsx';

/** Height of a line in CSS pixels, as in theme/panes.css. */
const lineHeight = 18;

interface ConfigRawViewProps {
  lines: readonly DrawnLine[];
  words: string;
  /** Place of the line that was found last: it is brought into view. */
  current: number | undefined;
}

/** The text as it is, with numbers; only the lines on screen are drawn. */
export function ConfigRawView({ lines, words, current }: ConfigRawViewProps) {
  const text = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  const widest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.text.length), 0), [lines]);
  const digits = String(lines.length).length;
  useEffect(() => {
    if (current !== undefined) rows.scrollToIndex(current, { align: 'center' });
  }, [current, rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
    <div ref={scroller} className="config-raw" tabIndex={0} role="document" aria-label={text.t('config.raw')} dir="ltr">
      <div style={{ height: lines.length * lineHeight, width: `calc(${widest + digits}ch + 60px)`, minWidth: '100%' }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            className="config-line"
            data-current={index === current || undefined}
            style={{ transform: `translateY(${start}px)` }}
          >
            <span className="line-number" style={{ width: `${digits + 1}ch` }} aria-hidden>
              {lines[index]?.number}
            </span>
            <code>
              <FoundText text={lines[index]?.text ?? ''} words={words} />
            </code>
          </div>
        ))}
      </div>
    </div>
  );
}
