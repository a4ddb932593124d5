import { Layers, LoaderCircle, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Guest } from '../../../../shared/guest.ts';
import { snapshotsPaneId, snapshotsShown, toggleSnapshots } from '../../../actions/toggle-snapshots.ts';
import { EngineText } from '../../../parts/engine-text.tsx';
import { FailureCard } from '../../../parts/failure-card.tsx';
import { PaneDivider } from '../../../parts/pane-divider.tsx';
import { useGuestAnswer, useInventory, useSizes, useStores, useText } from '../../../stores/context.tsx';
import { useChosen } from '../use-chosen.ts';
import { SnapshotTree } from './snapshot-tree.tsx';
import { TakeButton } from './take-button.tsx';

/** Widths in CSS pixels: what the pane needs at least, what the list beside it keeps, and what it has at first. */
const least = 240;
const leftForList = 560;
const firstPart = 0.24;
const firstLeast = 300;
const firstMost = 420;

/** The snapshots of the guest that is chosen, beside the list; nothing while none or many are. */
export function SnapshotsPane() {
  const shown = useSizes(snapshotsShown);
  const chosen = useChosen();
  const [guest] = chosen.length === 1 ? chosen : [];
  return shown && guest ? <Pane guest={guest} /> : null;
}

function Pane({ guest }: { guest: Guest }) {
  const stores = useStores();
  const text = useText();
  const kept = useSizes(({ sizes }) => sizes.snapshotsWidth);
  const room = useWindowWidth();
  const most = Math.max(least, room - leftForList);
  const first = Math.min(firstMost, Math.max(firstLeast, Math.round(room * firstPart)));
  return (
    <>
      <PaneDivider
        paneId={snapshotsPaneId}
        of="snapshotsWidth"
        least={least}
        most={most}
        first={first}
        label={text.t('snapshots.width')}
        onFold={() => toggleSnapshots.run(true, stores)}
      />
      <section
        id={snapshotsPaneId}
        className="side-pane snapshots"
        tabIndex={-1}
        aria-label={text.t('snapshots.title', { name: guest.name })}
        style={{ flexBasis: Math.max(least, Math.min(most, kept ?? first)) }}
        onKeyDown={(event) => {
          // These keys are for what is in here: from elsewhere in the pane they must not reach the guest.
          if (event.key === 'F2' || event.key === 'Delete') event.preventDefault();
        }}
      >
        <header className="side-head">
          <h2>
            <span className="quiet-text">{text.t('snapshots.heading')}</span> <EngineText text={guest.name} />
          </h2>
          <TakeButton guest={guest} />
        </header>
        <Content key={guest.id} guest={guest} />
      </section>
    </>
  );
}

/** What is known of them: never a blank. */
function Content({ guest }: { guest: Guest }) {
  const { snapshots } = useStores();
  const text = useText();
  const { answer, again } = useGuestAnswer(snapshots, guest.id);
  const live = useInventory((inventory) => inventory.engines.get(guest.engine)?.state === 'live');
  const { value, failure, at } = answer;
  if (failure?.code === 'not-supported') {
    return (
      <div className="side-empty" role="status">
        <Layers size={24} aria-hidden />
        <p>{text.t('snapshots.unsupported')}</p>
        {failure.detail && <p className="quiet-text">{text.message(failure.detail)}</p>}
      </div>
    );
  }
  return (
    <>
      {failure && live && (
        <div className="side-failure">
          <FailureCard failure={failure} onRetry={again} />
        </div>
      )}
      {!live && value && at !== undefined && (
        <p className="side-note quiet-text" role="status">
          {text.t('detail.stale')} {text.t('detail.asOf', { time: text.moment(at) })}
        </p>
      )}
      {value ? <SnapshotTree guest={guest} all={value} live={live} /> : <Waiting live={live} failed={!!failure} />}
    </>
  );
}

/** Nothing is known yet. */
function Waiting({ live, failed }: { live: boolean; failed: boolean }) {
  const text = useText();
  if (!live) {
    return (
      <div className="side-empty" role="status">
        <Unplug size={24} aria-hidden />
        <p className="quiet-text">{text.t('because.engineNotLive')}</p>
      </div>
    );
  }
  if (failed) return null;
  return (
    <div className="side-empty" role="status">
      <LoaderCircle size={20} aria-hidden className="spin" />
      <p className="quiet-text">{text.t('config.reading')}</p>
    </div>
  );
}

function useWindowWidth(): number {
  const [width, setWidth] = useState(window.innerWidth);
  useEffect(() => {
    const resized = (): void => setWidth(window.innerWidth);
    window.addEventListener('resize', resized);
    return () => window.removeEventListener('resize', resized);
  }, []);
  return width;
}
