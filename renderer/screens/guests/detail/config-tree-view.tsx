import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useText } from '../../../stores/context.tsx';
import { type ConfigNode, treeRows } from './config-tree.ts';
import { FoundText } from './found-text.tsx';

/** Height of a row and width of a step to the right in CSS pixels, as in theme/panes.css. */
const rowHeight = 22;
const indent = 16;

interface ConfigTreeViewProps {
  root: ConfigNode;
  open: ReadonlySet<string>;
  onOpen: (open: ReadonlySet<string>) => void;
  /** Path of the node where the keyboard is. */
  at: string;
  onAt: (path: string) => void;
  words: string;
}

/** The configuration as a tree. Only rows on screen are drawn; the tree itself has the keyboard. */
export function ConfigTreeView({ root, open, onOpen, at, onAt, words }: ConfigTreeViewProps) {
  const text = useText();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(root, open), [root, open]);
  const here = Math.max(
    0,
    rows.findIndex(({ node }) => node.path === at),
  );
  const drawn = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => drawn.scrollToIndex(here, { align: 'auto' }), [here, drawn]);

  function toggle(path: string, wanted = !open.has(path)): void {
    onOpen(new Set(wanted ? [...open, path] : [...open].filter((other) => other !== path)));
  }
  function pressed(event: KeyboardEvent): void {
    const row = rows[here];
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const { path, children } = row.node;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 };
    const goal = { ...steps, PageDown: here + page, PageUp: here - page }[event.key];
    if (goal !== undefined) go(goal);
    else if (event.key === 'ArrowRight') {
      if (children.length > 0 && !open.has(path)) toggle(path, true);
      else if (children.length > 0) go(here + 1);
    } else if (event.key === 'ArrowLeft') {
      if (open.has(path)) toggle(path, false);
      else go(rows.findLastIndex(({ level }, place) => place < here && level < row.level));
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (children.length > 0) toggle(path);
    } else return;
    event.preventDefault();
  }
  function go(place: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, place))];
    if (row) onAt(row.node.path);
  }

  const items = drawn.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="tree"
      className="config-tree"
      aria-label={text.t('config.structured')}
      aria-activedescendant={items.some(({ index }) => index === here) ? `${id}-${here}` : undefined}
      tabIndex={0}
      dir="ltr"
      onKeyDown={pressed}
    >
      <div role="presentation" style={{ height: rows.length * rowHeight }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const { node, level, place, siblings } = row;
          const branch = node.children.length > 0;
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the tree around it has the keyboard
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keyboard
            <div
              key={node.path}
              id={`${id}-${index}`}
              role="treeitem"
              className="config-node"
              aria-level={level}
              aria-posinset={place}
              aria-setsize={siblings}
              aria-expanded={branch ? open.has(node.path) : undefined}
              aria-selected={index === here}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: 4 + (level - 1) * indent }}
              onClick={() => {
                onAt(node.path);
                if (branch) toggle(node.path);
              }}
            >
              {branch ? <ChevronRight size={14} aria-hidden className="twist" /> : <span className="twist" />}
              <code className="node-name">
                <FoundText text={node.name === '' ? text.t('config.root') : node.name} words={words} />
              </code>
              {node.note !== '' && (
                <code className="node-note">
                  <FoundText text={node.note} words={words} />
                </code>
              )}
              {node.value !== undefined && (
                <code className="node-value">
                  <FoundText text={node.value} words={words} />
                </code>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
