import { visibleText } from '../text/visible-text.ts';

/**
 * Text that comes from an engine: data, never markup. It has its own writing direction, is cut off with an ellipsis
 * where there is no room, and is whole in its title.
 */
export function EngineText({ text, className = '' }: { text: string; className?: string }) {
  const shown = visibleText(text);
  return (
    <bdi dir="auto" className={`engine-text ${className}`} title={shown}>
      {shown}
    </bdi>
  );
}
