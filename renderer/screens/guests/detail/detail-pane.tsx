import { type KeyboardEvent, memo } from 'react';
import { toggleDetail } from '../../../actions/toggle-detail.ts';
import { PaneDivider } from '../../../parts/pane-divider.tsx';
import { useSelection, useSizes, useStores, useText } from '../../../stores/context.tsx';
import { useChosen } from '../use-chosen.ts';
import { configSearchId } from './configuration.tsx';
import { ManyGuests } from './many-guests.tsx';
import { OneGuest } from './one-guest.tsx';

const detailId = 'detail-pane';

/** Heights in CSS pixels: what the pane needs at least, and what the list above it keeps. */
const least = 120;
const leftForList = 150;
/** Part of the window that the pane has at first, as in theme/detail.css. */
const firstPart = 0.42;

/** What is known of the chosen guest, or of many together, below the list; one line while none is chosen. */
export function DetailPane() {
  const stores = useStores();
  const text = useText();
  const height = useSizes(({ sizes }) => sizes.detailHeight);
  const none = useSelection((selection) => selection.chosen.size === 0);
  return (
    <>
      {!none && (
        <PaneDivider
          paneId={detailId}
          of="detailHeight"
          least={least}
          most={window.innerHeight - leftForList}
          first={Math.round(window.innerHeight * firstPart)}
          label={text.t('detail.height')}
          onFold={() => toggleDetail.run(true, stores)}
        />
      )}
      <section
        id={detailId}
        className="detail"
        data-none={none || undefined}
        aria-label={text.t('detail.title')}
        onKeyDown={findInside}
        style={height === undefined || none ? undefined : { flexBasis: height }}
      >
        <Content />
      </section>
    </>
  );
}

/** Ctrl+F searches the configuration while that is shown, else it filters the list as everywhere. */
function findInside(event: KeyboardEvent): void {
  const box = document.getElementById(configSearchId);
  if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || !(box instanceof HTMLInputElement))
    return;
  event.preventDefault();
  box.focus();
  box.select();
}

/** Apart, so that dragging the pane redraws its frame only. */
const Content = memo(function Content() {
  const text = useText();
  const chosen = useChosen();
  const [first] = chosen;
  if (!first) return <p className="quiet-text detail-none">{text.t('guests.noneSelected')}</p>;
  return chosen.length === 1 ? <OneGuest guest={first} /> : <ManyGuests guests={chosen} />;
});
