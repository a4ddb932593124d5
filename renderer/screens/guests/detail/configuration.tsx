import { ArrowDown, ArrowUp, Link, Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { ConfigurationText } from '../../../../shared/guest-detail.ts';
import { CopyButton } from '../../../parts/copy-button.tsx';
import { FailureCard } from '../../../parts/failure-card.tsx';
import { Segments } from '../../../parts/segments.tsx';
import { useGuestAnswer, useStores, useText } from '../../../stores/context.tsx';
import { drawnLines, searchLines } from './config-lines.ts';
import { ConfigRawView } from './config-raw-view.tsx';
import { firstOpen, readTree, searchTree } from './config-tree.ts';
import { ConfigTreeView } from './config-tree-view.tsx';
import type { TabProps } from './one-guest.tsx';

/** The texts that define the guest, as a tree or as they are, to search and copy. */
export function Configuration({ guest, stale }: TabProps) {
  const stores = useStores();
  const text = useText();
  const { answer, again } = useGuestAnswer(stores.configuration, guest.id);
  const [of, setOf] = useState<ConfigurationText['of']>();
  const texts = answer.value ?? [];
  const shown = texts.find((one) => one.of === of) ?? texts[0];
  return (
    <div className="configuration">
      {answer.failure && <FailureCard failure={answer.failure} onRetry={again} />}
      {!shown && !answer.failure && <p className="quiet-text">{text.t(nothingYet(answer.reading, stale))}</p>}
      {shown && (
        // The same text keeps its folds and its search while it is asked for again.
        <OneText
          key={`${shown.of} ${shown.language}`}
          shown={shown}
          choice={
            texts.length > 1 && (
              <Segments
                label={text.t('config.which')}
                value={shown.of}
                choices={texts.map((one) => ({ value: one.of, label: text.t(`config.of.${one.of}`) }))}
                onChoose={setOf}
              />
            )
          }
          note={
            stale !== undefined && answer.at !== undefined && text.t('detail.asOf', { time: text.moment(answer.at) })
          }
        />
      )}
    </div>
  );
}

/** Why there is no text: one that could not be asked for may well exist. */
function nothingYet(reading: boolean, stale: TabProps['stale']) {
  if (stale !== undefined) return 'because.engineNotLive';
  return reading ? 'config.reading' : 'config.none';
}

/** The box has this id, so that Ctrl+F anywhere in the pane can go to it. */
export const configSearchId = 'configuration-search';

interface OneTextProps {
  shown: ConfigurationText;
  choice: React.ReactNode;
  note: React.ReactNode;
}

function OneText({ shown, choice, note }: OneTextProps) {
  const text = useText();
  const { language, text: content } = shown;
  // By their content: what was asked for again is mostly the same.
  const root = useMemo(() => readTree({ of: 'only', language, text: content }), [language, content]);
  const lines = useMemo(() => drawnLines(content), [content]);
  const [raw, setRaw] = useState(root === undefined);
  const asTree = !raw && root !== undefined;
  const [open, setOpen] = useState(() => (root ? firstOpen(root) : new Set<string>()));
  const [at, setAt] = useState(root?.path ?? '');
  const [words, setWords] = useState('');
  const [hit, setHit] = useState(0);
  const inTree = useMemo(() => (asTree && words !== '' ? searchTree(root, words) : []), [asTree, root, words]);
  const inLines = useMemo(() => (!asTree && words !== '' ? searchLines(lines, words) : []), [asTree, lines, words]);
  const count = asTree ? inTree.length : inLines.length;
  const place = count === 0 ? 0 : ((hit % count) + count) % count;

  /** Goes to the hit of this number, around the ends. */
  function goTo(next: number, hits = inTree): void {
    setHit(next);
    const found = hits[((next % hits.length) + hits.length) % hits.length];
    if (!asTree || !found) return;
    setOpen(new Set([...open, ...found.above]));
    setAt(found.path);
  }
  function search(next: string): void {
    setWords(next);
    goTo(0, asTree && next !== '' ? searchTree(root, next) : []);
  }
  function pressed(event: KeyboardEvent): void {
    if (event.key !== 'F3') return;
    event.preventDefault();
    goTo(place + (event.shiftKey ? -1 : 1));
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of everything inside
    <div className="configuration-text" onKeyDown={pressed}>
      <div className="configuration-head">
        <Segments
          label={text.t('config.how')}
          value={asTree ? 'tree' : 'raw'}
          choices={[
            { value: 'tree', label: text.t('config.structured') },
            { value: 'raw', label: text.t('config.raw') },
          ]}
          onChoose={(how) => setRaw(how === 'raw')}
        />
        {choice}
        <search className="filter config-search">
          <Search size={14} aria-hidden />
          <input
            id={configSearchId}
            type="text"
            value={words}
            placeholder={text.t('config.search')}
            aria-label={text.t('config.search')}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => search(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') goTo(place + (event.shiftKey ? -1 : 1));
              else if (event.key === 'Escape' && words !== '') search('');
              else return;
              event.preventDefault();
            }}
          />
        </search>
        <span className="quiet-text digits config-count" role="status">
          {words !== '' && text.t('config.found', { place: count === 0 ? 0 : place + 1, count })}
        </span>
        <button
          type="button"
          className="button small icon-only"
          aria-label={text.t('config.previous')}
          title={text.t('config.previous')}
          aria-disabled={count === 0 || undefined}
          onClick={() => goTo(place - 1)}
        >
          <ArrowUp size={14} aria-hidden />
        </button>
        <button
          type="button"
          className="button small icon-only"
          aria-label={text.t('config.next')}
          title={text.t('config.next')}
          aria-disabled={count === 0 || undefined}
          onClick={() => goTo(place + 1)}
        >
          <ArrowDown size={14} aria-hidden />
        </button>
        <span className="config-copies">
          {note && <span className="quiet-text">{note}</span>}
          {asTree && <CopyButton what={at} label={text.t('config.copyPath', { path: at })} icon={Link} />}
          <CopyButton what={content} label={text.t('config.copyAll')} worded />
        </span>
      </div>
      {root === undefined && <p className="quiet-text">{text.t('config.noTree')}</p>}
      {asTree ? (
        <ConfigTreeView root={root} open={open} onOpen={setOpen} at={at} onAt={setAt} words={words} />
      ) : (
        <ConfigRawView lines={lines} words={words} current={words === '' ? undefined : inLines[place]} />
      )}
    </div>
  );
}
